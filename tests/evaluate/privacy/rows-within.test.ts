import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { makeRandom } from "../../../src/core/random.js";
import { type CodedTable, codeTable, gowerDistance } from "../../../src/evaluate/privacy/coded-table.js";
import { fitGowerSpace } from "../../../src/evaluate/privacy/gower-space.js";
import { planRowSearch } from "../../../src/evaluate/privacy/row-search.js";
import { rowsWithin } from "../../../src/evaluate/privacy/rows-within.js";
import { makeTreeSearch } from "../../../src/evaluate/privacy/search-tree.js";
import { drawPeople, PEOPLE_COLUMNS } from "./tables.js";

/** By looking at every row. */
function searchAll(reference: CodedTable, queries: CodedTable, query: number, slack: number): number[] {
  const sums = Array.from(
    { length: reference.rowCount },
    (_, row) => reference.width * gowerDistance(queries, query, reference, row),
  );
  const radius = Math.min(...sums) + slack + 1e-9;
  return sums.flatMap((sum, row) => (sum <= radius ? [row] : []));
}

async function expectExact(reference: CodedTable, queries: CodedTable, slack: number): Promise<void> {
  const visited: number[] = [];
  await rowsWithin(reference, queries, slack, (query, rows, count) => {
    visited.push(query);
    expect([...rows.subarray(0, count)].sort((a, b) => a - b)).toEqual(searchAll(reference, queries, query, slack));
  });
  expect(visited).toEqual(Array.from({ length: queries.rowCount }, (_, query) => query));
}

describe("rowsWithin", () => {
  it("visits the rows that a search of every row finds, on 1,500 rows of mixed columns", async () => {
    const train = drawPeople(1500, makeRandom(1));
    const synthetic = drawPeople(60, makeRandom(2));
    const space = fitGowerSpace({ train, synthetic }, PEOPLE_COLUMNS);
    for (const slack of [0, 0.2, 1]) await expectExact(codeTable(space, train), codeTable(space, synthetic), slack);
  });

  it("visits the rows that a search of every row finds, on small tables full of ties", async () => {
    const table = fc
      .array(fc.tuple(fc.integer({ min: 0, max: 3 }), fc.constantFrom(0, 0.25, 0.5, 4)), {
        minLength: 1,
        maxLength: 90,
      })
      .map((rows): CodedTable => ({ rowCount: rows.length, width: 2, values: Float64Array.from(rows.flat()) }));
    await fc.assert(fc.asyncProperty(table, table, fc.constantFrom(0, 0.25, 0.5, 1), expectExact), { numRuns: 80 });
  });

  it("visits the rows that a search of every row finds, where bounds are tight: three numbers, and where a scan is chosen", async () => {
    const random = makeRandom(4);
    for (const width of [3, 30]) {
      const draw = (rows: number): CodedTable => ({
        rowCount: rows,
        width,
        values: Float64Array.from({ length: rows * width }, () => random.uniform()),
      });
      const [reference, queries] = [draw(1200), draw(60)];
      expect(planRowSearch(reference, queries).makeSearch === makeTreeSearch).toBe(width === 3);
      for (const slack of [0.03, 0.3]) await expectExact(reference, queries, slack);
    }
  });

  it("visits every row where the slack is as wide as the table, one row too", async () => {
    const one = { rowCount: 1, width: 1, values: Float64Array.of(0.5) };
    await expectExact(one, one, 0);
    const people = drawPeople(100, makeRandom(3));
    const coded = codeTable(fitGowerSpace({ train: people, synthetic: people }, PEOPLE_COLUMNS), people);
    await rowsWithin(coded, coded, PEOPLE_COLUMNS.length, (_, __, count) => expect(count).toBe(100));
  });

  it("visits nothing in an empty reference", async () => {
    const none = { rowCount: 0, width: 1, values: new Float64Array(0) };
    const one = { rowCount: 1, width: 1, values: Float64Array.of(0) };
    await rowsWithin(none, one, 1, () => expect.unreachable());
  });

  it("stops once the signal is aborted", async () => {
    const one = { rowCount: 1, width: 1, values: Float64Array.of(0) };
    const run = rowsWithin(one, one, 1, () => {}, AbortSignal.abort());
    await expect(run).rejects.toMatchObject({ code: "E_INTERRUPTED" });
  });
});
