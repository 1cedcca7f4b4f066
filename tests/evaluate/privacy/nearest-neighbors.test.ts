import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { makeRandom } from "../../../src/core/random.js";
import { type CodedTable, codeTable, gowerDistance } from "../../../src/evaluate/privacy/coded-table.js";
import { fitGowerSpace } from "../../../src/evaluate/privacy/gower-space.js";
import { nearestNeighbors } from "../../../src/evaluate/privacy/nearest-neighbors.js";
import { makeNearestSearch } from "../../../src/evaluate/privacy/nearest-search.js";
import { buildNeighborTree } from "../../../src/evaluate/privacy/neighbor-tree.js";
import { affordableQueries, planRowSearch, readQuery } from "../../../src/evaluate/privacy/row-search.js";
import { makeTreeSearch } from "../../../src/evaluate/privacy/search-tree.js";
import { makeTable } from "../../../src/table/table.js";
import { drawPeople, numbers, PEOPLE_COLUMNS, texts } from "./tables.js";

/** The k smallest distances of a query by looking at every row. */
function searchAll(reference: CodedTable, queries: CodedTable, query: number, k: number): number[] {
  const all = Array.from({ length: reference.rowCount }, (_, row) => gowerDistance(queries, query, reference, row));
  const sorted = all.sort((a, b) => a - b).slice(0, k);
  return [...sorted, ...Array<number>(k - sorted.length).fill(Number.POSITIVE_INFINITY)];
}

async function expectExact(reference: CodedTable, queries: CodedTable, k: number): Promise<void> {
  const found = await nearestNeighbors(reference, queries, k);
  for (let query = 0; query < queries.rowCount; query++) {
    const expected = searchAll(reference, queries, query, k);
    const rows = new Set<number>();
    for (let i = 0; i < k; i++) {
      const distance = found.distances[query * k + i]!;
      const row = found.rows[query * k + i]!;
      if (expected[i] === Number.POSITIVE_INFINITY) {
        expect([distance, row]).toEqual([Number.POSITIVE_INFINITY, -1]);
        continue;
      }
      expect(distance).toBeCloseTo(expected[i]!, 12);
      expect(gowerDistance(queries, query, reference, row)).toBeCloseTo(distance, 12);
      rows.add(row);
    }
    expect(rows.size).toBe(Math.min(k, reference.rowCount));
  }
}

describe("nearestNeighbors", () => {
  it("finds what a search of every row finds, on small tables full of ties and missing values", async () => {
    const row = fc.tuple(
      fc.option(fc.integer({ min: 0, max: 6 })),
      fc.option(fc.double({ min: -1, max: 1, noNaN: true })),
      fc.option(fc.constantFrom("a", "b", "c", "d")),
      fc.option(fc.constantFrom("x", "y")),
    );
    const table = (rows: [number | null, number | null, string | null, string | null][]) =>
      makeTable([
        numbers(
          "n",
          rows.map((r) => r[0]),
        ),
        numbers(
          "d",
          rows.map((r) => r[1]),
        ),
        texts(
          "s",
          rows.map((r) => r[2]),
        ),
        texts(
          "t",
          rows.map((r) => r[3]),
        ),
      ]);
    await fc.assert(
      fc.asyncProperty(
        fc.array(row, { minLength: 1, maxLength: 120 }),
        fc.array(row, { minLength: 1, maxLength: 10 }),
        fc.integer({ min: 1, max: 4 }),
        async (references, queries, k) => {
          const [train, synthetic] = [table(references), table(queries)];
          const space = fitGowerSpace({ train, synthetic }, ["n", "d", "s", "t"]);
          await expectExact(codeTable(space, train), codeTable(space, synthetic), k);
        },
      ),
      { numRuns: 150 },
    );
  });

  it("finds what a search of every row finds, on 2,000 rows of mixed columns", async () => {
    const train = drawPeople(2000, makeRandom(1));
    const synthetic = drawPeople(100, makeRandom(2));
    const space = fitGowerSpace({ train, synthetic }, PEOPLE_COLUMNS);
    await expectExact(codeTable(space, train), codeTable(space, synthetic), 2);
  });

  it("finds what a search of every row finds where bounds are tight: 2 and 3 numbers, queries outside the range too", async () => {
    const random = makeRandom(4);
    for (const width of [2, 3]) {
      const draw = (rows: number, spread: number): CodedTable => ({
        rowCount: rows,
        width,
        values: Float64Array.from({ length: rows * width }, () => 0.5 + spread * (random.uniform() - 0.5)),
      });
      await expectExact(draw(2000, 1), draw(150, 1.6), 3);
      await expectExact(draw(2000, 1), draw(50, 1.6), 60);
    }
  });

  it("finds what a search of every row finds where nothing prunes: 12 unrelated numbers", async () => {
    const random = makeRandom(3);
    const draw = (rows: number): CodedTable => ({
      rowCount: rows,
      width: 12,
      values: Float64Array.from({ length: rows * 12 }, () => random.uniform()),
    });
    await expectExact(draw(700), draw(60), 3);
  });

  it("finds what a search of every row finds by a scan of approximated rows: 24 columns of numbers, codes and missing", async () => {
    const random = makeRandom(5);
    const draw = (rows: number, metric: "gower" | "euclidean"): CodedTable => ({
      rowCount: rows,
      width: 27,
      metric,
      values: Float64Array.from({ length: rows * 27 }, (_, at) => {
        if (at % 27 === 5) return 0.25;
        if (at % 27 < 10) return random.uniform() < 0.2 ? 4 : random.uniform() * 1.4 - 0.2;
        return at % 27 < 15 ? random.integer(400) - 1 : random.uniform();
      }),
    });
    for (const metric of ["gower", "euclidean"] as const) {
      const [reference, queries] = [draw(1000, metric), draw(40, metric)];
      expect(planRowSearch(reference, queries).makeSearch).not.toBe(makeTreeSearch);
      if (metric === "gower") await expectExact(reference, queries, 3);
      const byScan = await nearestNeighbors(reference, queries, 3);
      const tree = buildNeighborTree(reference);
      const search = makeNearestSearch(tree, makeTreeSearch, 3);
      const [query, sums, rows] = [new Float64Array(27), new Float64Array(3), new Int32Array(3)];
      for (let at = 0; at < queries.rowCount; at++) {
        readQuery(tree, queries, at, query);
        search(query, sums, rows);
        const means = [...sums].map((sum) => (metric === "gower" ? sum / 27 : Math.sqrt(sum / 27)));
        for (let i = 0; i < 3; i++) expect(byScan.distances[3 * at + i]).toBeCloseTo(means[i]!, 12);
      }
    }
  });

  it("can afford all queries of a small search, and of one that nothing prunes a share that its tables alone decide", () => {
    const random = makeRandom(6);
    const draw = (rows: number): CodedTable => ({
      rowCount: rows,
      width: 100,
      values: Float64Array.from({ length: rows * 100 }, () => random.uniform()),
    });
    const [reference, queries] = [draw(2000), draw(40)];
    expect(affordableQueries(reference, queries)).toBe(40);
    // 200,000 cells a query: 3e9 are 15,000 queries
    const many = { ...queries, rowCount: 20_000, values: new Float64Array(2_000_000).map(() => random.uniform()) };
    expect(affordableQueries(reference, many)).toBe(15_000);
  });

  it("finds every row itself at distance 0, among 5,000 equal rows too", async () => {
    const equal = { rowCount: 5000, width: 2, values: new Float64Array(10_000).fill(0.5) };
    const found = await nearestNeighbors(equal, { rowCount: 1, width: 2, values: Float64Array.of(0.5, 0.5) }, 2);
    expect([...found.distances]).toEqual([0, 0]);
    expect(found.rows[0]).not.toBe(found.rows[1]);
  });

  it("has no neighbours in an empty reference", async () => {
    const none = { rowCount: 0, width: 1, values: new Float64Array(0) };
    const found = await nearestNeighbors(none, { rowCount: 1, width: 1, values: Float64Array.of(0) }, 2);
    expect([...found.distances, ...found.rows]).toEqual([Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY, -1, -1]);
  });

  it("stops once the signal is aborted", async () => {
    const one = { rowCount: 1, width: 1, values: Float64Array.of(0) };
    await expect(nearestNeighbors(one, one, 1, AbortSignal.abort())).rejects.toMatchObject({ code: "E_INTERRUPTED" });
  });
});
