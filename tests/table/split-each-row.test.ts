import { describe, expect, it } from "vitest";
import { makeRandom } from "../../src/core/random.js";
import { splitEachRow } from "../../src/table/split-each-row.js";
import { makeTable, type Table, takeRows } from "../../src/table/table.js";
import { drawPeople, numbers, texts } from "../evaluate/privacy/tables.js";

const random = () => makeRandom(7).fork("holdout");

/** Rows as texts, in order. */
function rowsOf(table: Table): string[] {
  return Array.from({ length: table.rowCount }, (_, row) =>
    table.columns
      .map((column) => ("codes" in column ? (column.dictionary[column.codes[row]!] ?? null) : column.values[row]!))
      .join("|"),
  );
}

describe("splitEachRow", () => {
  it("moves no other row when one is taken out, wherever it stands", () => {
    const table = drawPeople(200, makeRandom(1));
    const all = splitEachRow(table, 0.3, random());
    for (const gone of [0, 57, 199]) {
      const left = takeRows(
        table,
        Array.from({ length: 200 }, (_, row) => row).filter((row) => row !== gone),
      );
      const parts = splitEachRow(left, 0.3, random());
      const removed = rowsOf(takeRows(table, [gone]))[0]!;
      const without = (rows: string[]) => rows.filter((row) => row !== removed);
      expect(without(rowsOf(parts.train))).toEqual(without(rowsOf(all.train)));
      expect(without(rowsOf(parts.holdout))).toEqual(without(rowsOf(all.holdout)));
      expect(parts.train.rowCount + parts.holdout.rowCount).toBe(199);
    }
  });

  it("moves one row of equal ones when one is taken out, and does not put all of them on one side", () => {
    const equal = (count: number) =>
      makeTable([texts("a", new Array(count).fill("x")), numbers("b", new Array(count).fill(1))]);
    const sizes = [99, 100].map((count) => splitEachRow(equal(count), 0.5, random()).holdout.rowCount);
    expect(sizes[1]! - sizes[0]!).toBeLessThanOrEqual(1);
    expect(sizes[1]! - sizes[0]!).toBeGreaterThanOrEqual(0);
    // Binomial(100, .5): beyond 3.9 standard deviations with probability 1e-4.
    expect(Math.abs(sizes[1]! - 50)).toBeLessThan(20);
  });

  it("sets about the share aside, another part for another seed, the same for the same", () => {
    const table = drawPeople(2000, makeRandom(2));
    const { train, holdout } = splitEachRow(table, 0.2, random());
    // Standard deviation of Binomial(2000, .2): 17.9.
    expect(Math.abs(holdout.rowCount - 400)).toBeLessThan(70);
    expect([...rowsOf(train), ...rowsOf(holdout)].sort()).toEqual(rowsOf(table).sort());
    expect(rowsOf(splitEachRow(table, 0.2, random()).holdout)).toEqual(rowsOf(holdout));
    expect(rowsOf(splitEachRow(table, 0.2, makeRandom(8)).holdout)).not.toEqual(rowsOf(holdout));
  });

  it("refuses a share that is none", () => {
    const table = drawPeople(20, makeRandom(3));
    for (const share of [0, 1, Number.NaN]) {
      expect(() => splitEachRow(table, share, random())).toThrow(/holdout's share must lie between 0 and 1/);
    }
  });
});
