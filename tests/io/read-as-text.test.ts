import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import type { ProgressEvent } from "../../src/core/progress.js";
import { makeCellColumnBuilder } from "../../src/io/cell-column-builder.js";
import type { ReadTableOptions } from "../../src/io/read-options.js";
import { readTable } from "../../src/io/read-table.js";
import type { Table } from "../../src/table/table.js";

const folder = mkdtempSync(join(tmpdir(), "synth-as-text-"));

const CSV = "code,age,mixed,day,flag,empty\n007,39,1,2020-01-31,yes,\n7,?,two,2020-02-01,no,NA\n1.50, 40 ,3.10,,yes,\n";

describe("readTable with asText", () => {
  it("keeps every cell of delimited text as it is written, missing spellings set aside", async () => {
    expect(spell(await read("a.csv", CSV, { asText: true }))).toEqual({
      code: ["007", "7", "1.50"],
      age: ["39", null, " 40 "],
      mixed: ["1", "two", "3.10"],
      day: ["2020-01-31", "2020-02-01", null],
      flag: ["yes", "no", "yes"],
      empty: [null, null, null],
    });
  });

  it("keeps JSON's numbers and booleans as they are spelled", async () => {
    const lines = '{"n":1.50,"b":true,"t":"007"}\n{"n":null,"b":false}\n{"n":2e3,"b":true,"t":"NA"}\n';
    expect(spell(await read("a.jsonl", lines, { asText: true }))).toEqual({
      n: ["1.50", null, "2e3"],
      b: ["true", "false", "true"],
      t: ["007", null, null],
    });
  });

  it("reads a cell the same whatever the other rows are, and tells nothing of them", async () => {
    const events: ProgressEvent[] = [];
    const options = { asText: true, onProgress: (event: ProgressEvent) => events.push(event) };
    const whole = await read("b.csv", CSV, options);
    const lines = CSV.trimEnd().split("\n");
    for (const [row, line] of lines.slice(1).entries()) {
      const alone = spell(await read("c.csv", `${lines[0]}\n${line}\n`, options));
      for (const [name, cells] of Object.entries(spell(whole))) expect(alone[name]).toEqual([cells[row]]);
    }
    expect(events.filter(({ kind }) => kind === "notice")).toEqual([]);
    expect(whole.columns.map(({ missingText }) => missingText)).toEqual(["", "", "", "", "", ""]);
  });

  it("takes the spellings of a missing value that are given, and spells it as the first of them", async () => {
    const table = await read("d.csv", "a\n-9\n?\n", { asText: true, missing: ["-9"] });
    expect(spell(table)).toEqual({ a: [null, "?"] });
    expect(table.columns[0]!.missingText).toBe("-9");
  });

  it("spells numbers again where a column has too many to keep as texts", () => {
    const builder = makeCellColumnBuilder("x", 3);
    const cells = ["1.50", "2", "-3.0", "4.250", "5", "n/a", "6x"];
    cells.forEach((cell, slot) => {
      builder.set(slot, cell, slot + 1);
    });
    const { column } = builder.finish(undefined).infer({ asText: true });
    expect(spell({ rowCount: cells.length, columns: [column] })).toEqual({
      x: cells.map((c) => (c === "n/a" ? null : c)),
    });
  });
});

function read(name: string, text: string, options: ReadTableOptions): Promise<Table> {
  const path = join(folder, name);
  writeFileSync(path, text);
  return readTable(path, options);
}

/** The texts by column, null where missing; every column must hold texts. */
function spell(table: Table): Record<string, (string | null)[]> {
  return Object.fromEntries(
    table.columns.map((column) => {
      if (column.kind !== "text") throw new Error(`"${column.name}" is no text`);
      return [column.name, Array.from(column.codes, (code) => (code < 0 ? null : column.dictionary[code]!))];
    }),
  );
}
