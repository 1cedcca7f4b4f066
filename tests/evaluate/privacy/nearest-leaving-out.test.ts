import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { CodedTable } from "../../../src/evaluate/privacy/coded-table.js";
import { nearestLeavingOut, nearestRows } from "../../../src/evaluate/privacy/nearest-leaving-out.js";

function coded(rows: readonly (readonly number[])[], width = 3): CodedTable {
  return { rowCount: rows.length, width, values: Float64Array.from(rows.flat()) };
}

/** The lowest of the nearest rows by looking at all; cells are eighths, so that sums are exact. */
function lowestNearest(reference: number[][], query: number[], columns: number[]): number {
  const distances = reference.map((row) =>
    columns.reduce((sum, column) => sum + Math.min(1, Math.abs(row[column]! - query[column]!)), 0),
  );
  return distances.indexOf(Math.min(...distances));
}

describe("the nearest rows", () => {
  // numbers in eighths with a missing one (4), categories with a missing one (-1)
  const number = fc.constantFrom(0, 0.125, 0.25, 0.5, 0.875, 1, 4);
  const category = fc.constantFrom(-1, 0, 1, 2);
  const row = fc.tuple(number, category, number).map((cells) => [...cells]);
  const wideRow = fc
    .tuple(number, category, number, category, number, category, number, category)
    .map((cells) => [...cells]);

  it.each([
    ["few", 3, row],
    ["many", 8, wideRow],
  ])(
    "leaving out one of %s columns each are the lowest nearest ones by looking at all rows",
    async (_, width, rows) => {
      const columns = Array.from({ length: width }, (_, column) => column);
      await fc.assert(
        fc.asyncProperty(
          fc.array(rows, { minLength: 1, maxLength: 40 }),
          fc.array(rows, { minLength: 1, maxLength: 5 }),
          async (reference, queries) => {
            const found = await nearestLeavingOut(coded(reference, width), coded(queries, width));
            const expected = queries.flatMap((query) =>
              columns.map((secret) =>
                lowestNearest(
                  reference,
                  query,
                  columns.filter((column) => column !== secret),
                ),
              ),
            );
            expect([...found]).toEqual(expected);
          },
        ),
        { numRuns: 300 },
      );
    },
  );

  it("on some columns are the lowest of the nearest", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(row, { minLength: 1, maxLength: 40 }),
        fc.array(row, { minLength: 1, maxLength: 5 }),
        fc.subarray([0, 1, 2], { minLength: 1 }),
        async (reference, queries, columns) => {
          const found = await nearestRows(coded(reference), coded(queries), columns);
          expect([...found]).toEqual(queries.map((query) => lowestNearest(reference, query, columns)));
        },
      ),
      { numRuns: 300 },
    );
  });

  it("of a constant table are its first row, without looking at its copies", async () => {
    const same = coded(Array.from({ length: 50 }, () => [1, 2, 3]));
    expect([...(await nearestLeavingOut(same, coded([[0, 2, 3]])))]).toEqual([0, 0, 0]);
  });

  it("of an empty table are none", async () => {
    expect([...(await nearestLeavingOut(coded([]), coded([[0, 0, 0]])))]).toEqual([-1, -1, -1]);
    const eight = coded([Array(8).fill(0)], 8);
    expect([...(await nearestLeavingOut(coded([], 8), eight))]).toEqual(Array(8).fill(-1));
    expect([...(await nearestRows(coded([]), coded([[0, 0, 0]]), [0]))]).toEqual([-1]);
  });

  it("stop being searched once the signal is aborted", async () => {
    const search = nearestLeavingOut(coded([[0, 0, 0]]), coded([[0, 0, 0]]), AbortSignal.abort());
    await expect(search).rejects.toMatchObject({ code: "E_INTERRUPTED" });
  });
});
