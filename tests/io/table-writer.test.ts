import { mkdtempSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { PassThrough } from "node:stream";
import { gunzipSync } from "node:zlib";
import { DuckDBInstance } from "@duckdb/node-api";
import { tableFromIPC } from "apache-arrow";
import fc from "fast-check";
import { beforeEach, describe, expect, it } from "vitest";
import { GROUP_ROWS } from "../../src/io/row-groups.js";
import { openTableWriter, type TableWriterOptions } from "../../src/io/table-writer.js";
import { makeTable, type Table, takeRows } from "../../src/table/table.js";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "synth-writer-"));
});

const NAMES = ["t.csv", "t.tsv", "t.csv.gz", "t.jsonl", "t.jsonl.gz", "t.arrow", "t.arrows", "t.parquet"];

describe("openTableWriter", () => {
  for (const name of NAMES) {
    it(`writes the same bytes to ${name} wherever the rows are cut`, { timeout: 30_000 }, async () => {
      const table = mixedTable(GROUP_ROWS + 1000);
      await write(table, join(folder, name), [table.rowCount]);
      const whole = readFileSync(join(folder, name));
      const cut = fc.integer({ min: 1, max: GROUP_ROWS });
      await fc.assert(
        fc.asyncProperty(fc.array(cut, { minLength: 1, maxLength: 6 }), async (cuts) => {
          await write(table, join(folder, name), cuts);
          expect(readFileSync(join(folder, name)).equals(whole)).toBe(true);
        }),
        { numRuns: 3 },
      );
    });
  }

  it("does not show pieces' own dictionaries: the same texts coded otherwise give the same bytes", async () => {
    const text = (dictionary: string[], codes: number[]) =>
      makeTable([{ kind: "text", name: "t", missingText: "", codes: Int32Array.from(codes), dictionary }]);
    for (const name of ["a.arrow", "a.parquet"]) {
      await write(text(["x", "y"], [0, 1, -1]), join(folder, name), [3]);
      const writer = await openTableWriter(join(folder, `2${name}`));
      await writer.write(text(["y", "x"], [1]));
      await writer.write(text(["z", "y"], [1, -1]));
      await writer.close();
      expect(readFileSync(join(folder, `2${name}`))).toEqual(readFileSync(join(folder, name)));
    }
  });

  it("lets the file appear only when it is closed, and leaves no trace when it is discarded", async () => {
    for (const name of NAMES) {
      const path = join(folder, name);
      writeFileSync(path, "old");
      const writer = await openTableWriter(path);
      await writer.write(mixedTable(10));
      expect(readFileSync(path, "utf8")).toBe("old");
      await writer.discard();
      expect(readFileSync(path, "utf8")).toBe("old");
      const second = await openTableWriter(path);
      await second.write(mixedTable(10));
      await second.close();
      await second.discard();
      expect(readFileSync(path, "utf8")).not.toBe("old");
    }
    expect(readdirSync(folder).sort()).toEqual([...NAMES].sort());
  });

  it("writes to a stream for the path -, in the format that is asked for", async () => {
    const output = new PassThrough();
    const parts: Buffer[] = [];
    output.on("data", (part: Buffer) => parts.push(part));
    await write(mixedTable(2), "-", [1], { output, format: "tsv" });
    expect(Buffer.concat(parts).toString().split("\n")[0]).toBe("whole\tdecimal\ttext\tflag\tday\ttime");
    expect(output.writableEnded).toBe(false);
    await expect(openTableWriter("-")).rejects.toMatchObject({ code: "E_USAGE_STREAM" });
  });

  it("refuses pieces of other columns, an unknown format, gzip of binary formats", async () => {
    const writer = await openTableWriter(join(folder, "a.csv"));
    await writer.write(mixedTable(2));
    const { columns } = mixedTable(2);
    await expect(writer.write(makeTable(columns.slice(1)))).rejects.toMatchObject({ code: "E_USAGE_COLUMNS" });
    await writer.discard();
    await expect(openTableWriter(join(folder, "a.xlsx"))).rejects.toMatchObject({ code: "E_FILE_FORMAT" });
    await expect(openTableWriter(join(folder, "a.parquet.gz"))).rejects.toMatchObject({ code: "E_FILE_FORMAT" });
    const odd = openTableWriter(join(folder, "a"), { format: "xml" as "csv" });
    await expect(odd).rejects.toMatchObject({ code: "E_USAGE_FORMAT" });
    expect(readdirSync(folder)).toEqual([]);
  });

  it("names the column whose later numbers do not fit its type", async () => {
    const writer = await openTableWriter(join(folder, "a.parquet"));
    const numbers = (values: Float64Array) =>
      makeTable([{ kind: "number", name: "n", missingText: "", values, format: { decimals: 0 } }]);
    await writer.write(numbers(new Float64Array(GROUP_ROWS)));
    await writer.write(numbers(Float64Array.of(1e300)));
    await expect(writer.close()).rejects.toMatchObject({ code: "E_DATA_NUMBER_RANGE", where: 'column "n"' });
    await writer.discard();
    expect(readdirSync(folder)).toEqual([]);
  });

  it("writes one JSON object a line, numbers as the column shows them, missing values null", async () => {
    await write(mixedTable(3), join(folder, "a.jsonl"), [3]);
    expect(readFileSync(join(folder, "a.jsonl"), "utf8").split("\n")).toEqual([
      '{"whole":-3,"decimal":0.0,"text":"é \\"0\\"","flag":"no","day":"1890-01-02","time":"1969-12-31 23:59:59.999"}',
      '{"whole":null,"decimal":0.5,"text":"é \\"1\\"","flag":"yes","day":"1890-01-03","time":"1970-01-01 00:00:00.000"}',
      '{"whole":-1,"decimal":1.0,"text":null,"flag":null,"day":null,"time":"1970-01-01 00:00:00.001"}',
      "",
    ]);
  });
});

describe("what openTableWriter writes", () => {
  const table = mixedTable(GROUP_ROWS + 5);
  const facts = [
    65_541,
    sumOver(
      rowsWhere((row) => row % 11 !== 1),
      -3,
    ),
    sumOver(
      rowsWhere(() => true),
      0,
    ) / 2,
  ];

  it("is read back by DuckDB: Parquet, CSV, compressed CSV, JSON lines", { timeout: 30_000 }, async () => {
    const connection = await (await DuckDBInstance.create()).connect();
    for (const name of ["t.parquet", "t.csv", "t.csv.gz", "t.jsonl", "t.jsonl.gz"]) {
      const path = join(folder, name);
      await write(table, path, [40_000]);
      const source = name.includes("json") ? `read_json_auto('${path}')` : `'${path}'`;
      const query =
        "select count(*)::int n, sum(whole)::double w, sum(decimal)::double d, count(text)::int t, " +
        "sum(case when flag::varchar in ('true', 'yes') then 1 else 0 end)::int f, min(day)::date::varchar a, " +
        `max(day)::date::varchar b, min(time)::varchar c, max(time)::varchar e from ${source}`;
      const [row] = (await connection.runAndReadAll(query)).getRowObjectsJson();
      expect([name, ...Object.values(row!)]).toEqual([
        name,
        ...facts,
        rowsWhere((row) => row % 3 !== 2).length,
        rowsWhere((row) => row % 3 === 1).length,
        "1890-01-02",
        "1899-12-20",
        "1969-12-31 23:59:59.999",
        "1970-01-01 00:01:05.539",
      ]);
    }
    connection.closeSync();
  });

  it("has the types that other programs expect: Parquet by DuckDB, Arrow by apache-arrow", async () => {
    const connection = await (await DuckDBInstance.create()).connect();
    await write(mixedTable(5), join(folder, "t.parquet"), [5]);
    const described = await connection.runAndReadAll(`describe select * from '${join(folder, "t.parquet")}'`);
    const types = "BIGINT DOUBLE VARCHAR BOOLEAN DATE TIMESTAMP";
    expect(
      described
        .getRowObjectsJson()
        .map((row) => String(row.column_type))
        .join(" "),
    ).toBe(types);
    connection.closeSync();
    await write(mixedTable(5), join(folder, "t.arrow"), [5]);
    const { fields } = tableFromIPC(readFileSync(join(folder, "t.arrow"))).schema;
    expect(fields.map(({ type }) => String(type)).join(" ")).toBe(
      "Int64 Float64 Utf8 Bool Date32<DAY> Timestamp<MILLISECOND>",
    );
  });

  it("has times of day and durations as texts in their own format: Parquet by DuckDB, Arrow by apache-arrow", async () => {
    const values = Float64Array.of(52_200_000, Number.NaN);
    const times = makeTable([
      { kind: "date", name: "time", missingText: "", values, format: "h:mm A" },
      { kind: "date", name: "duration", missingText: "", values, format: "PTnHnMnS" },
    ]);
    await write(times, join(folder, "times.parquet"), [1]);
    await write(times, join(folder, "times.arrow"), [1]);
    const connection = await (await DuckDBInstance.create()).connect();
    const read = await connection.runAndReadAll(`select * from '${join(folder, "times.parquet")}'`);
    const rows = [
      { time: "2:30 PM", duration: "PT14H30M" },
      { time: null, duration: null },
    ];
    expect(read.getRowObjectsJson()).toEqual(rows);
    connection.closeSync();
    expect(
      tableFromIPC(readFileSync(join(folder, "times.arrow")))
        .toArray()
        .map((row) => row.toJSON()),
    ).toEqual(rows);
  });

  it("is read back by apache-arrow, batches and all", async () => {
    for (const name of ["t.arrow", "t.arrows"]) {
      await write(table, join(folder, name), [40_000]);
      const arrow = tableFromIPC(readFileSync(join(folder, name)));
      expect([arrow.numRows, arrow.batches.length]).toEqual([65_541, 2]);
      expect(arrow.getChild("text")!.get(65_536)).toBe('é "536"');
      expect(arrow.getChild("whole")!.get(12)).toBe(null);
      expect(arrow.getChild("whole")!.get(65_540)).toBe(65_537n);
    }
  });

  it("is compressed by gzip where the name ends so", async () => {
    await write(mixedTable(5), join(folder, "t.csv.gz"), [5]);
    await write(mixedTable(5), join(folder, "t.csv"), [5]);
    expect(gunzipSync(readFileSync(join(folder, "t.csv.gz")))).toEqual(readFileSync(join(folder, "t.csv")));
  });
});

function rowsWhere(isIn: (row: number) => boolean): number[] {
  return Array.from({ length: 65_541 }, (_, row) => row).filter(isIn);
}

function sumOver(rows: readonly number[], shift: number): number {
  return rows.reduce((sum, row) => sum + row + shift, 0);
}

/** Every kind of column, with missing values and dates before 1970. */
function mixedTable(rowCount: number): Table {
  const rows = Array.from({ length: rowCount }, (_, row) => row);
  const numbers = (numberAt: (row: number) => number) => Float64Array.from(rows, numberAt);
  const dictionary = Array.from({ length: 1000 }, (_, level) => `é "${level}"`);
  const missingText = "";
  return makeTable([
    {
      kind: "number",
      name: "whole",
      missingText,
      values: numbers((row) => (row % 11 === 1 ? Number.NaN : row - 3)),
      format: { decimals: 0 },
    },
    {
      kind: "number",
      name: "decimal",
      missingText,
      values: numbers((row) => row / 2),
      format: { decimals: 1, minDecimals: 1 },
    },
    {
      kind: "text",
      name: "text",
      missingText,
      codes: Int32Array.from(rows, (row) => (row % 3 === 2 ? -1 : row % 1000)),
      dictionary,
    },
    {
      kind: "boolean",
      name: "flag",
      missingText,
      codes: Int32Array.from(rows, (row) => [0, 1, -1][row % 3]!),
      dictionary: ["no", "yes"],
    },
    {
      kind: "date",
      name: "day",
      missingText,
      values: numbers((row) => (row % 3 === 2 ? Number.NaN : Date.UTC(1890, 0, 2 + (row % 3640)))),
      format: "YYYY-MM-DD",
    },
    { kind: "date", name: "time", missingText, values: numbers((row) => row - 1), format: "YYYY-MM-DD HH:mm:ss.SSS" },
  ]);
}

/** Writes the rows in pieces of the given sizes, and the rest in one. */
async function write(
  table: Table,
  path: string,
  sizes: readonly number[],
  options?: TableWriterOptions,
): Promise<void> {
  const writer = await openTableWriter(path, options);
  for (let from = 0, piece = 0; from < table.rowCount; piece++) {
    const size = Math.min(sizes[piece] ?? table.rowCount, table.rowCount - from);
    await writer.write(
      takeRows(
        table,
        Uint32Array.from({ length: size }, (_, row) => from + row),
      ),
    );
    from += size;
  }
  await writer.close();
}
