import fc from "fast-check";
import { sampleRankCorrelation } from "simple-statistics";
import { describe, expect, it } from "vitest";
import { doubledMidRanks } from "../../src/stats/mid-ranks.js";
import { spearmanCorrelation } from "../../src/stats/spearman-correlation.js";

const spearman = (x: number[], y: number[]) =>
  spearmanCorrelation(doubledMidRanks(Float64Array.from(x)), doubledMidRanks(Float64Array.from(y)));

describe("doubledMidRanks", () => {
  it("counts from 2 in steps of 2, equal values share the mean, missing ones have 0 (by hand)", () => {
    expect([...doubledMidRanks(Float64Array.of(30, 10, Number.NaN, 20, 20, -1))]).toEqual([10, 4, 0, 7, 7, 2]);
  });
});

describe("spearmanCorrelation", () => {
  it("is 1 for any rising, -1 for any falling relation", () => {
    expect(spearman([1, 2, 3, 4], [1, 8, 27, 1e9])).toBeCloseTo(1, 12);
    expect(spearman([1, 2, 3, 4], [5, 2, 1, -7])).toBeCloseTo(-1, 12);
  });

  it("is 1 - 6 sum d^2 / (n (n^2 - 1)) without ties (by hand: d = 1, 1, 0, 0)", () => {
    expect(spearman([1, 2, 3, 4], [20, 10, 30, 40])).toBeCloseTo(1 - (6 * 2) / (4 * 15), 12);
  });

  it("ranks the rows anew that both columns know", () => {
    const missing = Number.NaN;
    expect(spearman([9, 1, 2, 3, missing, 4], [missing, 20, 10, 30, 5, 40])).toBeCloseTo(0.8, 12);
  });

  it("is not a number where a side is constant or two rows are not known", () => {
    expect(spearman([1, 1, 1], [1, 2, 3])).toBeNaN();
    expect(spearman([1, Number.NaN], [1, 2])).toBeNaN();
    expect(spearman([], [])).toBeNaN();
  });

  it("equals simple-statistics' on the rows that both know", () => {
    const cell = fc.oneof(fc.constant(Number.NaN), fc.integer({ min: 0, max: 6 }));
    fc.assert(
      fc.property(fc.array(fc.tuple(cell, cell), { maxLength: 30 }), (rows) => {
        const known = rows.filter(([x, y]) => !Number.isNaN(x + y));
        const [x, y] = [known.map((row) => row[0]), known.map((row) => row[1])];
        const expected = new Set(x).size < 2 || new Set(y).size < 2 ? Number.NaN : sampleRankCorrelation(x, y);
        const value = spearman(
          rows.map((row) => row[0]),
          rows.map((row) => row[1]),
        );
        if (Number.isNaN(expected)) expect(value).toBeNaN();
        else expect(value).toBeCloseTo(expected, 10);
      }),
    );
  });
});
