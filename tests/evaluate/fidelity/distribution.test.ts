import { describe, expect, it } from "vitest";
import { columnDistribution } from "../../../src/evaluate/fidelity/distribution.js";
import type { Column, DateColumn } from "../../../src/table/column.js";
import { numbers, scored, texts } from "../planted.js";

function distribution(real: Column, sample: Column, holdout?: Column) {
  const table = (column: Column) => ({
    rowCount: "codes" in column ? column.codes.length : column.values.length,
    columns: [column],
  });
  return columnDistribution(scored(table(real), table(sample), holdout === undefined ? undefined : table(holdout)), 0);
}

const sum = (shares: readonly number[]) => shares.reduce((total, share) => total + share, 0);
const repeat = (value: string, times: number): string[] => new Array<string>(times).fill(value);

describe("columnDistribution of categories", () => {
  it("has shares by falling real share, missing values left out (by hand)", () => {
    const real = texts("a", [...repeat("x", 5), ...repeat("y", 15), null]);
    const sample = texts("a", ["x", "y", "z", "z", null]);
    expect(distribution(real, sample, real)).toEqual({
      kind: "categories",
      labels: ["y", "x", "other"],
      real: [0.75, 0.25, 0],
      synthetic: [0.25, 0.25, 0.5],
      holdout: [0.75, 0.25, 0],
    });
  });

  it("does not name a category of fewer than five training rows", () => {
    const real = texts("a", [...repeat("x", 6), ...repeat("secret", 4)]);
    const { labels, real: shares } = distribution(real, real);
    expect(labels).toEqual(["x", "other"]);
    expect(shares).toEqual([0.6, 0.4]);
  });

  it("shows twenty categories and puts the rest in one", () => {
    const names = Array.from({ length: 300 }, (_, row) => `v${row % 30}`);
    const { labels, real } = distribution(texts("a", names), texts("a", names));
    expect(labels).toHaveLength(21);
    expect(labels[20]).toBe("other");
    expect(sum(real)).toBeCloseTo(1, 12);
    expect(real[20]).toBeCloseTo(1 / 3, 12);
  });

  it("keeps a category named other apart from the rest", () => {
    const real = texts("a", [...repeat("other", 6), ...repeat("x", 5), "rare"]);
    expect(distribution(real, real).labels).toEqual(["other", "x", "other values"]);
  });
});

describe("columnDistribution of numbers", () => {
  it("has a bin for each whole number where they are few (by hand)", () => {
    const real = numbers("n", [1, 1, 2, 3, 1, 1, 2, 3, 1, 1, 2, 3]);
    expect(distribution(real, numbers("n", [3, 3, 1, 2, 2, 2, null, 1]))).toEqual({
      kind: "histogram",
      labels: ["1", "2", "3", "4"],
      real: [0.5, 0.25, 0.25],
      synthetic: [2 / 7, 3 / 7, 2 / 7],
    });
  });

  it("has at most 30 bins of equal width, written with the column's decimals, shares summing to 1", () => {
    const values = Array.from({ length: 1000 }, (_, row) => row / 100);
    const { labels, real } = distribution(numbers("n", values, 2), numbers("n", values, 2));
    expect(labels.length).toBeLessThanOrEqual(31);
    for (const label of labels) expect(label).toMatch(/^\d+\.?\d{0,2}$/);
    const edges = labels.map(Number);
    const width = edges[1]! - edges[0]!;
    edges.slice(1).forEach((edge, i) => {
      expect(edge - edges[i]!).toBeCloseTo(width, 9);
    });
    expect(real.length).toBe(labels.length - 1);
    expect(sum(real)).toBeCloseTo(1, 12);
  });

  it("neither shows an extreme value nor is stretched by it; it is counted in the end bin", () => {
    const values = Array.from({ length: 1000 }, (_, row) => (row === 0 ? 987_654 : row % 50));
    const { labels, real } = distribution(numbers("n", values), numbers("n", [987_654, -5]));
    expect(labels.join()).not.toContain("987");
    expect(Number(labels.at(-1))).toBeLessThan(60);
    expect(sum(real)).toBeCloseTo(1, 12);
  });

  it("shows no edge that fewer than six of 100 values lie at or beyond", () => {
    const values = Array.from({ length: 100 }, (_, row) => (row < 3 ? -700 - row : row > 96 ? 700 + row : row / 2));
    const { labels } = distribution(numbers("n", values, 1), numbers("n", values, 1));
    const edges = labels.map(Number);
    expect(Math.min(...edges)).toBeGreaterThanOrEqual(0);
    expect(Math.max(...edges)).toBeLessThan(60);
  });

  it("has one bin where there is one value, however large, and zeros where there is none", () => {
    for (const value of [5, -3, 1e300]) {
      const one = numbers("n", [...new Array<number>(12).fill(value), null]);
      expect(distribution(one, one).real).toEqual([1]);
    }
    const two = numbers("n", [1, 2, 1, 2, 1, 2, 1, 2, 1, 2, 1, 2]);
    expect(distribution(two, numbers("n", [null])).synthetic).toEqual([0, 0]);
  });

  it("writes no edge where fewer than ten training values are known: the ends would be theirs", () => {
    const few = numbers("n", [null, 41, 4711, 42, 43, 44, 45, 46, 47, 48, null]);
    expect(distribution(few, few)).toMatchObject({ labels: ["lowest", "highest"], real: [1], synthetic: [1] });
  });

  it("writes the edges of dates as the column does", () => {
    const day = 86_400_000;
    const date: DateColumn = {
      kind: "date",
      name: "d",
      missingText: "",
      format: "YYYY-MM-DD",
      values: Float64Array.from({ length: 9 * 6 }, (_, row) => (row % 9) * day),
    };
    const { labels, real } = distribution(date, date);
    expect(labels[0]).toBe("1970-01-01");
    expect(labels.at(-1)).toBe("1970-01-10");
    expect(real).toEqual(new Array(9).fill(1 / 9));
  });
});
