import { mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import type { ReadTableOptions } from "../../src/io/read-options.js";
import { readTable } from "../../src/io/read-table.js";
import { writeTable } from "../../src/io/write-table.js";
import { makeTable, type Table } from "../../src/table/table.js";

const folder = mkdtempSync(join(tmpdir(), "synth-csv-details-"));

describe("encodings of delimited text", () => {
  it("are found: UTF-16 of both orders by the mark, Windows-1252 where it is not UTF-8, said", async () => {
    const text = "näme,x\nÄrzte €,1\nb,2\n";
    const little = Buffer.from(`\ufeff${text}`, "utf16le");
    expect(await texts(little)).toEqual([["näme", "x"], ["Ärzte €", "b"], []]);
    expect(await texts(Buffer.from(little).swap16())).toEqual([["näme", "x"], ["Ärzte €", "b"], []]);
    expect(await texts(Buffer.from(`\ufeff${text}`))).toEqual([["näme", "x"], ["Ärzte €", "b"], []]);
    const windows = Buffer.from(text.replace("€", "\u0080"), "latin1");
    expect(await texts(windows)).toEqual([["näme", "x"], ["Ärzte €", "b"], ["N_ENCODING"]]);
  });

  it("may show only far behind the beginning, at any cut of the file's pieces", async () => {
    const lines = "abc,12\n".repeat(30_000);
    for (const shift of ["", "x", "xy"]) {
      const file = Buffer.concat([Buffer.from(`a,b\n${lines}${shift}`), Buffer.of(0xe9), Buffer.from(`,1\n${lines}`)]);
      const { table, codes } = await read(file);
      expect([table.rowCount, codes]).toEqual([60_001, ["N_ENCODING"]]);
      expect(table.columns[0]).toMatchObject({ dictionary: ["abc", `${shift}é`] });
    }
  });
});

describe("cells of delimited text", () => {
  it("are quoted where the delimiter or a quote is in a level, a number, a date or what stands for a missing value", async () => {
    const values = Float64Array.of(1234, 5, Number.NaN);
    const table = makeTable([
      { kind: "number", name: "money", missingText: "", values, format: { decimals: 0, prefix: "$", thousands: "," } },
      { kind: "number", name: "plain", missingText: "n,a", values, format: { decimals: 1, minDecimals: 1 } },
      { kind: "date", name: "day", missingText: "", values, format: "MMM D, YYYY" },
      { kind: "text", name: "level", missingText: "", codes: Int32Array.of(1, 1, 0), dictionary: ["a", 'b, "c"'] },
    ]);
    const written = async (extension: string) => {
      await writeTable(table, join(folder, `quoted${extension}`));
      return readFileSync(join(folder, `quoted${extension}`), "utf8")
        .split("\n")
        .slice(1, 4);
    };
    expect(await written(".csv")).toEqual([
      '"$1,234",1234.0,"Jan 1, 1970","b, ""c"""',
      '$5,5.0,"Jan 1, 1970","b, ""c"""',
      ',"n,a",,a',
    ]);
    expect((await written(".tsv"))[0]).toBe('$1,234\t1234.0\tJan 1, 1970\t"b, ""c"""');
  });
});

describe("the dialect of delimited text", () => {
  it("is said where it is not the standard, and not where it is", async () => {
    expect((await read("a,b\nx,1\ny,2\n")).notices).toEqual([]);
    expect((await read("a\tb\nx\t1\ny\t2\n", ".tsv")).notices).toEqual([]);
    expect((await read("a;b\nx;1\ny;2\n")).notices).toEqual([
      "read as: semicolon-separated, UTF-8, header on the first line",
    ]);
  });

  it("may have single quotes; apostrophes are none", async () => {
    const { table, notices } = await read("a,b\n'x, ''y''',1\n'z\nz',2\n");
    expect(table.columns[0]).toMatchObject({ dictionary: ["x, 'y'", "z\nz"] });
    expect(notices).toEqual(["read as: comma-separated, single quotes, UTF-8, header on the first line"]);
    expect((await read("a,b\n'tis,1\ndon't,2\n")).table.columns[0]).toMatchObject({ dictionary: ["'tis", "don't"] });
  });

  it("may lack a header, which is said, and --no-header numbers the columns", async () => {
    const text = "1,x,2020-01-01\n2,y,2020-01-02\n3,x,2020-01-03\n";
    expect((await read(text)).codes).toEqual(["N_NO_HEADER"]);
    expect((await read("a,x,b\n1,x,2\n")).codes).toEqual([]);
    const { table } = await read(text, ".csv", { header: false });
    expect(table.columns.map(({ name, kind }) => `${name} ${kind}`)).toEqual([
      "column_1 number",
      "column_2 text",
      "column_3 date",
    ]);
    expect(table.rowCount).toBe(3);
  });
});

describe("decimal commas", () => {
  it("are kept on writing, and settle columns of the same file that could be read both ways", async () => {
    const text = "a;b;c\n1.234,50;1.234;x\n2,25;12.345;y\n";
    const { table } = await read(text);
    expect(numbers(table, 0)).toEqual([1234.5, 2.25]);
    expect(numbers(table, 1)).toEqual([1234, 12345]);
    await writeTable(table, join(folder, "comma.tsv"));
    const again = await readTable(join(folder, "comma.tsv"));
    expect(numbers(again, 0)).toEqual([1234.5, 2.25]);
    expect(again.columns[0]).toMatchObject({ format: { decimalMark: "," } });
  });

  it("are not assumed where another column has a decimal point", async () => {
    expect(numbers((await read("a;b\n1.234;1.5\n2.345;2.5\n")).table, 0)).toEqual([1.234, 2.345]);
  });
});

function numbers(table: Table, column: number): number[] {
  const found = table.columns[column]!;
  return found.kind === "number" ? [...found.values] : [];
}

async function texts(content: Uint8Array): Promise<unknown[]> {
  const { table, codes } = await read(content);
  const first = table.columns[0]!;
  return [table.columns.map(({ name }) => name), first.kind === "text" ? first.dictionary : first, codes];
}

async function read(content: string | Uint8Array, extension = ".csv", options: ReadTableOptions = {}) {
  const path = join(folder, `table${extension}`);
  writeFileSync(path, content);
  const notices: string[] = [];
  const codes: string[] = [];
  const table = await readTable(path, {
    ...options,
    onProgress: (event) => {
      if (event.kind !== "notice") return;
      notices.push(event.message);
      codes.push(event.code);
    },
  });
  return { table, notices, codes };
}
