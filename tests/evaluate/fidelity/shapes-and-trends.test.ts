import { describe, expect, it } from "vitest";
import { columnShape } from "../../../src/evaluate/fidelity/column-shape.js";
import { makePairTrendScorer } from "../../../src/evaluate/fidelity/pair-trend.js";
import type { ScoredValues } from "../../../src/evaluate/scored-table.js";
import { jackknifeGroups } from "../../../src/stats/jackknife.js";
import { takeRows } from "../../../src/table/table.js";
import { numbers, people, scored, stream, texts, withColumn, withShuffled } from "../planted.js";

const train = people(2000, "train");
const fresh = people(2000, "fresh");

const shapeOf = (real: ScoredValues, sample: ScoredValues) => columnShape(real, sample, undefined).value;

function number(...values: number[]): ScoredValues {
  return { kind: "number", values: Float64Array.from(values) };
}

function category(levels: number, ...codes: number[]): ScoredValues {
  return { kind: "category", codes: Int32Array.from(codes), levels };
}

function trendsOf(real: typeof train, synthetic: typeof train): Record<string, number> {
  const tables = scored(real, synthetic);
  const scorer = makePairTrendScorer(
    tables.train,
    [{ table: tables.synthetic, reference: tables.train, groups: undefined }],
    "real-edges",
  );
  const names = tables.columns.map((column) => column.name);
  return Object.fromEntries(
    names.flatMap((a, i) =>
      names.slice(i + 1).map((b, j) => [`${a} ${b}`, scorer.score(i, i + 1 + j).similarities[0]!.value]),
    ),
  );
}

describe("columnShape", () => {
  it("is 1 for identical, 0 for disjoint columns", () => {
    expect(shapeOf(number(1, 2, 3), number(1, 2, 3))).toBe(1);
    expect(shapeOf(number(1, 2, 3), number(7, 8))).toBe(0);
    expect(shapeOf(category(2, 0, 0, 1), category(2, 1, 0, 0))).toBe(1);
    expect(shapeOf(category(2, 0, 0), category(2, 1))).toBe(0);
  });

  it("leaves out missing values (by hand)", () => {
    expect(shapeOf(number(1, 2, Number.NaN), number(Number.NaN, Number.NaN, 2, 1))).toBe(1);
    expect(shapeOf(category(2, 0, 1, -1), category(2, 0, 0, 0, 1))).toBe(0.75);
  });

  it("is not a number where a side has no value", () => {
    expect(shapeOf(number(1), number(Number.NaN))).toBeNaN();
    expect(shapeOf(category(2, 0, 1), category(2, -1))).toBeNaN();
  });

  it("drops when a column is shifted", () => {
    const shifted = withColumn(train, "age", (column) =>
      column.kind === "number" ? { ...column, values: column.values.map((value) => value + 10) } : column,
    );
    const tables = scored(train, shifted);
    expect(shapeOf(tables.train.columns[0]!, tables.synthetic.columns[0]!)).toBeLessThan(0.8);
    expect(shapeOf(tables.train.columns[1]!, tables.synthetic.columns[1]!)).toBe(1);
  });

  it.each([0, 2])("leaves each jackknife group out as if its rows were not there (column %i)", (at) => {
    const tables = scored(train, fresh);
    const groups = jackknifeGroups(fresh.rowCount, stream("groups"))!;
    const { leaveOut } = columnShape(tables.train.columns[at]!, tables.synthetic.columns[at]!, groups);
    const kept = takeRows(
      fresh,
      [...groups.keys()].filter((row) => groups[row] !== 3),
    );
    const cut = scored(train, kept);
    expect(leaveOut[3]).toBeCloseTo(shapeOf(cut.train.columns[at]!, cut.synthetic.columns[at]!), 12);
  });
});

describe("pair trends", () => {
  it("are 1 for identical tables", () => {
    for (const value of Object.values(trendsOf(train, train))) expect(value).toBe(1);
  });

  it("are near 1 for another sample of the same source", () => {
    for (const value of Object.values(trendsOf(train, fresh))) expect(value).toBeGreaterThan(0.93);
  });

  it("drop for the pairs of a shuffled column, and only for those", () => {
    const before = trendsOf(train, fresh);
    const after = trendsOf(train, withShuffled(fresh, "income"));
    expect(after["age income"]).toBeLessThan(before["age income"]! - 0.1);
    expect(after["income job"]).toBeLessThan(before["income job"]! - 0.1);
    expect(after["income buys"]).toBeLessThan(before["income buys"]! - 0.1);
    expect(after["age job"]).toBe(before["age job"]);
  });

  it("of two numbers is 1 - half the correlations' difference (by hand: 1 against -1)", () => {
    const real = numbers("a", [1, 2, 3]);
    const tables = scored(
      { rowCount: 3, columns: [real, numbers("b", [1, 2, 3])] },
      { rowCount: 3, columns: [real, numbers("b", [3, 2, 1])] },
    );
    const scorer = makePairTrendScorer(
      tables.train,
      [{ table: tables.synthetic, reference: tables.train, groups: undefined }],
      "real-edges",
    );
    const trend = scorer.score(0, 1);
    expect(trend.similarities[0]!.value).toBe(0);
    expect([trend.strength, trend.association.synthetic]).toEqual([1, -1]);
  });

  it("take a missing value as a category of its own (by hand: half of the rows differ)", () => {
    const a = texts("a", ["x", "x", "y", "y"]);
    const real = { rowCount: 4, columns: [a, texts("b", ["p", "q", "p", "q"])] };
    const sample = { rowCount: 4, columns: [a, texts("b", ["p", null, "p", null])] };
    expect(trendsOf(real, sample)["a b"]).toBe(0.5);
  });

  it("count values beyond the real range in the outer bins", () => {
    const city = texts("city", ["x", "x", "x", "x", "x", "y"]);
    const real = { rowCount: 6, columns: [numbers("n", [0, 1, 5, 9, 10, 10]), city] };
    const sample = { rowCount: 6, columns: [numbers("n", [-99, 1, 5, 9, 99, 1e9]), city] };
    expect(trendsOf(real, sample)["n city"]).toBe(1);
  });

  it("are the same for tables counted sparsely (two columns of 900 values) as by hand", () => {
    const names = Array.from({ length: 1800 }, (_, row) => `v${Math.floor(row / 2)}`);
    const other = names.map((name, row) => (row < 450 ? "v0" : name));
    const tables = scored(
      { rowCount: 1800, columns: [texts("a", names), texts("b", names)] },
      { rowCount: 1800, columns: [texts("a", names), texts("b", other)] },
      undefined,
      { a: "category", b: "category" },
    );
    const scorer = makePairTrendScorer(
      tables.train,
      [{ table: tables.synthetic, reference: tables.train, groups: jackknifeGroups(1800, stream("sparse")) }],
      "real-edges",
    );
    const trend = scorer.score(0, 1);
    // 448 of 1,800 rows have another pair: v0's own two rows keep theirs.
    expect(trend.similarities[0]!.value).toBeCloseTo(1 - 448 / 1800, 12);
    expect(trend.similarities[0]!.leaveOut).toHaveLength(10);
    expect(trend.strength).toBeCloseTo(1, 12);
  });

  it.each([
    ["age", "income"],
    ["age", "job"],
  ])("leave each jackknife group out as if its rows were not there (%s, %s)", (a, b) => {
    const groups = jackknifeGroups(fresh.rowCount, stream("groups"))!;
    const tables = scored(train, fresh);
    const at = [a, b].map((name) => tables.columns.findIndex((column) => column.name === name));
    const scorer = makePairTrendScorer(
      tables.train,
      [{ table: tables.synthetic, reference: tables.train, groups }],
      "real-edges",
    );
    const { leaveOut } = scorer.score(at[0]!, at[1]!).similarities[0]!;
    const kept = takeRows(
      fresh,
      [...groups.keys()].filter((row) => groups[row] !== 4),
    );
    expect(leaveOut[4]).toBeCloseTo(trendsOf(train, kept)[`${a} ${b}`]!, 10);
  });
});
