import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import type { SynthError } from "../../src/core/errors.js";
import { readTable } from "../../src/io/read-table.js";
import { makeCellFormatter } from "../../src/table/format-cell.js";
import type { Table } from "../../src/table/table.js";

const folder = mkdtempSync(join(tmpdir(), "synth-jsonl-"));

describe("readTable on JSON lines", () => {
  it("takes the keys of all rows as columns, in order of first appearance; null and absent are missing", async () => {
    const table = await read('{"b":1,"a":"x"}\n\n{"a":null,"c":true,"b":2.50}\n{"c":false,"none":null}\n');
    expect(spell(table)).toEqual({
      b: ["1", "2.5", ""],
      a: ["x", "", ""],
      c: ["", "true", "false"],
      none: ["", "", ""],
    });
    expect(table.columns.map(({ kind }) => kind)).toEqual(["number", "text", "boolean", "text"]);
  });

  it("keeps texts that look like numbers, long integers, escapes, and keys of any name", async () => {
    const table = await read(
      '{"zip":"01234","count":"12","id":9007199254740993,"__proto__":"a\\u00e9\\n\\"b\\"","constructor":1}\n' +
        '{"zip":"20001","count":"7","id":2,"__proto__":"","constructor":2}',
    );
    expect(spell(table)).toEqual({
      zip: ["01234", "20001"],
      count: ["12", "7"],
      id: ["9007199254740993", "2"],
      ["__proto__"]: ['aé\n"b"', ""],
      constructor: ["1", "2"],
    });
    expect(table.columns.map(({ kind }) => kind)).toEqual(["text", "text", "text", "text", "number"]);
  });

  it("reads dates, money and booleans that are written as texts", async () => {
    const table = await read('{"d":"1950-02-01","m":"$1,200.50","b":"yes"}\n{"d":"2020-12-31","m":"$3.00","b":"no"}\n');
    expect(table.columns.map(({ kind }) => kind)).toEqual(["date", "number", "boolean"]);
    expect(spell(table).m).toEqual(["$1,200.50", "$3.00"]);
  });

  it("reads lines of any end and length, cut anywhere by the pieces of the file", async () => {
    const long = "é".repeat(90_000);
    const table = await read(`{"a":"${long}","b":1}\r\n`.repeat(20));
    expect([table.rowCount, spell(table).a![19]]).toEqual([20, long]);
  });

  const BAD = [
    ["", "E_DATA_EMPTY_FILE", undefined],
    ['{"a":1}\n[1]\n', "E_DATA_JSON", "row 2"],
    ['{"a":1}\n{"a":1\n', "E_DATA_JSON", "row 2"],
    ['{"a":1} {"a":2}\n', "E_DATA_JSON", "row 1"],
    ['{"a":secret}\n', "E_DATA_JSON", "row 1"],
    ['{"a":"\\x"}\n', "E_DATA_JSON", "row 1"],
    ['{"a":1}\n{"b":{"secret":1}}\n', "E_DATA_JSON_NESTED", 'column "b", row 2'],
    ['{"a":["secret"]}\n', "E_DATA_JSON_NESTED", 'column "a", row 1'],
    ['{" ":1}\n', "E_DATA_BLANK_COLUMN", "row 1"],
    ["{}\n{}\n", "E_DATA_NO_COLUMNS", undefined],
    [`{"a":"${"x".repeat(100_001)}"}\n`, "E_DATA_LONG_CELL", 'column "a", row 1'],
  ] as const;

  for (const [text, code, where] of BAD) {
    it(`refuses ${text.slice(0, 30)}: ${code}`, async () => {
      const error = (await read(text).catch((cause: unknown) => cause)) as SynthError;
      expect(error).toMatchObject({ kind: "data", code });
      if (where !== undefined) expect(error.where).toBe(where);
      expect(`${error.message} ${error.hint}`).not.toContain("secret");
    });
  }
});

async function read(text: string): Promise<Table> {
  const path = join(folder, "table.jsonl");
  writeFileSync(path, text);
  return readTable(path);
}

function spell(table: Table): Record<string, string[]> {
  return Object.fromEntries(
    table.columns.map((column) => [
      column.name,
      Array.from({ length: table.rowCount }, (_, row) => makeCellFormatter(column)(row)),
    ]),
  );
}
