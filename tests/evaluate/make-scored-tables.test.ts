import { describe, expect, it } from "vitest";
import { makeScoredTables } from "../../src/evaluate/make-scored-tables.js";
import { inferSchema } from "../../src/schema/infer-schema.js";
import { makeTable } from "../../src/table/table.js";
import { numbers, people, scored, texts } from "./planted.js";

describe("makeScoredTables", () => {
  it("gives a category one code in all tables, whatever their dictionaries' order", () => {
    const table = (...values: (string | null)[]) => makeTable([texts("a", values)]);
    const { train, synthetic, holdout, columns } = scored(
      table("x", "y", "x", "y"),
      table("z", null, "y", "x"),
      table("y", "w", "x", "y"),
    );
    expect(columns[0]!.dictionary).toEqual(["x", "y", "z", "w"]);
    expect(train.columns[0]).toMatchObject({ codes: Int32Array.of(0, 1, 0, 1), levels: 4 });
    expect(synthetic.columns[0]).toMatchObject({ codes: Int32Array.of(2, -1, 1, 0), levels: 4 });
    expect(holdout!.columns[0]).toMatchObject({ codes: Int32Array.of(1, 3, 0, 1), levels: 4 });
  });

  it("leaves out identifiers, free text and constants, and says why", () => {
    const rows = [...Array(60).keys()];
    const table = makeTable([
      texts(
        "id",
        rows.map((row) => `key-${row}`),
      ),
      texts(
        "note",
        rows.map((row) => `a sentence of row ${row}`),
      ),
      numbers(
        "always",
        rows.map(() => 3),
      ),
      numbers(
        "amount",
        rows.map((row) => (row % 7) + 0.5),
        1,
      ),
    ]);
    const { tables, omitted } = makeScoredTables({ train: table, synthetic: table }, inferSchema(table));
    expect(tables.columns.map((column) => column.name)).toEqual(["amount"]);
    expect(omitted).toEqual([
      { name: "id", reason: expect.stringContaining("identifier") },
      { name: "note", reason: expect.stringContaining("free text") },
      { name: "always", reason: expect.stringContaining("constant") },
    ]);
  });

  it("refuses tables of which nothing can be scored, and lacking or differing columns", () => {
    const constant = makeTable([numbers("n", [1, 1, 1])]);
    const schema = inferSchema(people(100, "x"));
    expect(() => scored(constant, constant)).toThrow(expect.objectContaining({ code: "E_EVALUATE_NO_COLUMN" }));
    const tables = { train: people(100, "x"), synthetic: constant };
    expect(() => makeScoredTables(tables, schema)).toThrow(
      expect.objectContaining({ code: "E_EVALUATE_COLUMN", message: expect.stringContaining('"age"') }),
    );
    const number = makeTable([numbers("a", [1, 2, 3, 1])]);
    const text = makeTable([texts("a", ["x", "y", "x", "y"])]);
    expect(() => scored(number, text)).toThrow(expect.objectContaining({ code: "E_EVALUATE_COLUMN" }));
  });
});
