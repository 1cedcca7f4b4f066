import { describe, expect, it } from "vitest";
import { makeRandom } from "../../../../src/core/random.js";
import { drawCanaries } from "../../../../src/evaluate/privacy/canary/draw-canaries.js";
import { type Column, columnLength } from "../../../../src/table/column.js";
import { makeTable, type Table } from "../../../../src/table/table.js";
import { drawPeople, numbers, PEOPLE_COLUMNS, texts } from "../tables.js";

const range = (from: number, to: number) => Array.from({ length: to - from }, (_, i) => from + i);
const cell = (column: Column, row: number) =>
  "codes" in column ? (column.dictionary[column.codes[row]!] ?? null) : column.values[row]!;
const rowsOf = (table: Table) =>
  range(0, table.rowCount).map((row) => JSON.stringify(table.columns.map((column) => cell(column, row))));
const alone = (names: readonly string[]) => names.map((name) => [name]);

describe("drawCanaries", () => {
  const people = drawPeople(300, makeRandom(1));

  it("makes records of real values that no row has, all different", () => {
    const drawn = drawCanaries(
      people,
      { blocks: alone(PEOPLE_COLUMNS), minCategoryCount: 5, least: 200, most: 200 },
      makeRandom(2),
    );
    expect(drawn.rowCount).toBe(200);
    expect(drawn.columns.map(({ name }) => name)).toEqual(PEOPLE_COLUMNS);
    expect(new Set(rowsOf(drawn)).size).toBe(200);
    const real = new Set(rowsOf(people));
    expect(rowsOf(drawn).filter((row) => real.has(row))).toEqual([]);
    for (const [at, column] of drawn.columns.entries()) {
      const values = new Set(range(0, 300).map((row) => cell(people.columns[at]!, row)));
      expect(range(0, columnLength(column)).every((row) => values.has(cell(column, row)))).toBe(true);
    }
  });

  it("leaves out categories that few rows have", () => {
    const rare = makeTable([
      texts(
        "kind",
        range(0, 100).map((row) => (row < 4 ? "rare" : row < 10 ? "less rare" : `often ${row % 3}`)),
      ),
      numbers("size", range(0, 100)),
    ]);
    const drawn = drawCanaries(
      rare,
      { blocks: [["kind"], ["size"]], minCategoryCount: 5, least: 300, most: 300 },
      makeRandom(3),
    );
    const kinds = new Set(range(0, 300).map((row) => cell(drawn.columns[0]!, row)));
    expect([...kinds].sort()).toEqual(["less rare", "often 0", "often 1", "often 2"]);
  });

  it("draws columns of one block from one row", () => {
    const tied = makeTable([
      numbers("a", range(0, 50)),
      numbers(
        "twice a",
        range(0, 50).map((value) => 2 * value),
      ),
      numbers("b", range(0, 50)),
    ]);
    const drawn = drawCanaries(
      tied,
      { blocks: [["a", "twice a"], ["b"]], minCategoryCount: 1, least: 100, most: 100 },
      makeRandom(4),
    );
    for (const row of range(0, 100))
      expect(cell(drawn.columns[1]!, row)).toBe(2 * (cell(drawn.columns[0]!, row) as number));
  });

  it("says so where nothing can be combined anew", () => {
    const full = makeTable([numbers("a", [0, 0, 1, 1]), numbers("b", [0, 1, 0, 1])]);
    const draw = (blocks: string[][]) => () =>
      drawCanaries(full, { blocks, minCategoryCount: 1, least: 1, most: 1 }, makeRandom(5));
    expect(draw([["a"], ["b"]])).toThrow(expect.objectContaining({ kind: "data", code: "E_CANARY_COMBINATIONS" }));
    expect(draw([["a", "b"]])).toThrow(expect.objectContaining({ kind: "data", code: "E_CANARY_COLUMNS" }));
  });

  it("makes as many as there are, where they are enough", () => {
    const nearlyFull = makeTable([numbers("a", [0, 0, 1, 2]), numbers("b", [0, 1, 0, 2])]);
    const plan = { blocks: [["a"], ["b"]], minCategoryCount: 1, least: 5, most: 100 };
    expect(rowsOf(drawCanaries(nearlyFull, plan, makeRandom(6))).sort()).toEqual([
      "[0,2]",
      "[1,1]",
      "[1,2]",
      "[2,0]",
      "[2,1]",
    ]);
    expect(() => drawCanaries(nearlyFull, { ...plan, least: 6 }, makeRandom(6))).toThrow(/no 6 combinations/);
  });
});
