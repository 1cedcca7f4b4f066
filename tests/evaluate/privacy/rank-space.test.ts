import { describe, expect, it } from "vitest";
import { makeRandom } from "../../../src/core/random.js";
import { type CodedTable, codeTable } from "../../../src/evaluate/privacy/coded-table.js";
import { fitGowerSpace } from "../../../src/evaluate/privacy/gower-space.js";
import { nearestNeighbors } from "../../../src/evaluate/privacy/nearest-neighbors.js";
import { fitRankSpace, rankTable } from "../../../src/evaluate/privacy/rank-space.js";
import { makeTable, type Table } from "../../../src/table/table.js";
import { booleans, dates, drawPeople, numbers, PEOPLE_COLUMNS, texts } from "./tables.js";

/** The tables in the rank-scaled space of training and held-out rows. */
function rankTables(train: Table, synthetic: Table, holdout?: Table): CodedTable[] {
  const columns = train.columns.map((column) => column.name);
  const space = fitGowerSpace({ train, synthetic, ...(holdout === undefined ? {} : { holdout }) }, columns);
  const real = [train, ...(holdout === undefined ? [] : [holdout])].map((table) => codeTable(space, table));
  const ranks = fitRankSpace(space, real);
  return [train, synthetic].map((table) => rankTable(ranks, codeTable(space, table)));
}

async function distanceOf(train: Table, synthetic: Table, holdout?: Table): Promise<number> {
  const [reference, query] = rankTables(train, synthetic, holdout);
  return (await nearestNeighbors(reference!, query!, 1)).distances[0]!;
}

/** sqrt(mean of squares of min(1, |a - b|)) by looking at every row: the k smallest. */
function searchAll(reference: CodedTable, queries: CodedTable, query: number, k: number): number[] {
  const { width } = reference;
  const distances = Array.from({ length: reference.rowCount }, (_, row) => {
    let squares = 0;
    for (let c = 0; c < width; c++) {
      const gap = Math.abs(reference.values[row * width + c]! - queries.values[query * width + c]!);
      squares += Math.min(1, gap) ** 2;
    }
    return Math.sqrt(squares / width);
  });
  return distances.sort((a, b) => a - b).slice(0, k);
}

describe("the rank-scaled Euclidean space", () => {
  it("puts numbers at their mid-ranks among the real ones, worked out by hand", () => {
    const train = makeTable([numbers("x", [10, 20, 20, 1000])]);
    // below 10: 0, equal 1: .5 / 4; 20: (1 + 1) / 4; 1000: 3.5 / 4
    expect([...rankTables(train, train)[0]!.values]).toEqual([0.125, 0.5, 0.5, 0.875]);
    // below all 0, between 20 and 1000 3 / 4, above all 1
    expect([...rankTables(train, makeTable([numbers("x", [-5, 500, 1e9])]))[1]!.values]).toEqual([0, 0.75, 1]);
  });

  it("ranks among training and held-out rows together", () => {
    const train = makeTable([numbers("x", [10, 20])]);
    const holdout = makeTable([numbers("x", [15, 20, null])]);
    // of 10, 15, 20, 20: 10 is .5 / 4, 20 is 3 / 4
    expect([...rankTables(train, train, holdout)[0]!.values]).toEqual([0.125, 0.75]);
  });

  it("has the distance sqrt(sum of squares / columns), a category 1 away, a missing value 1 away", async () => {
    const train = makeTable([
      numbers("x", [0]),
      texts("city", ["Bonn"]),
      booleans("member", [true]),
      dates("joined", [null]),
    ]);
    const holdout = makeTable([
      numbers("x", [10]),
      texts("city", ["Rome"]),
      booleans("member", [false]),
      dates("joined", [5]),
    ]);
    // x: .25 against .75; city and member differ; joined missing against .5
    expect(await distanceOf(train, holdout, holdout)).toBeCloseTo(Math.sqrt((0.25 + 1 + 1 + 1) / 4), 12);
    expect(await distanceOf(train, train, holdout)).toBe(0);
  });

  it("knows no distance among equal or missing numbers, and half of one to numbers never seen", async () => {
    const constant = makeTable([numbers("x", [5, 5])]);
    expect(await distanceOf(constant, makeTable([numbers("x", [5])]))).toBe(0);
    expect(await distanceOf(constant, makeTable([numbers("x", [6])]))).toBe(0.5);
    const missing = makeTable([numbers("x", [null, null])]);
    expect(await distanceOf(missing, makeTable([numbers("x", [null])]))).toBe(0);
    expect(await distanceOf(missing, makeTable([numbers("x", [6])]))).toBe(1);
  });

  it("has the neighbours that a search of every row finds, on 1,500 rows of mixed columns and on numbers alone", async () => {
    const people = rankTables(drawPeople(1500, makeRandom(1)), drawPeople(80, makeRandom(2)));
    const random = makeRandom(3);
    const uniform = (rows: number): CodedTable => ({
      rowCount: rows,
      width: 6,
      metric: "euclidean",
      values: Float64Array.from({ length: rows * 6 }, () => random.uniform()),
    });
    for (const [reference, queries] of [people, [uniform(900), uniform(60)]]) {
      const found = await nearestNeighbors(reference!, queries!, 3);
      for (let query = 0; query < queries!.rowCount; query++) {
        const expected = searchAll(reference!, queries!, query, 3);
        for (let i = 0; i < 3; i++) expect(found.distances[query * 3 + i]).toBeCloseTo(expected[i]!, 12);
      }
    }
    expect(people[0]!.width).toBe(PEOPLE_COLUMNS.length);
  });
});
