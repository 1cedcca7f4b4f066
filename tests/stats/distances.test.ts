import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { cramersV } from "../../src/stats/cramers-v.js";
import { kolmogorovSmirnov } from "../../src/stats/kolmogorov-smirnov.js";
import { pearsonCorrelation } from "../../src/stats/pearson-correlation.js";
import { sortedOrder } from "../../src/stats/sorted-order.js";
import { totalVariation } from "../../src/stats/total-variation.js";

describe("kolmogorovSmirnov", () => {
  const ks = (a: number[], b: number[]) => kolmogorovSmirnov(Float64Array.from(a), Float64Array.from(b));

  it("is 0 for identical, 1 for disjoint samples", () => {
    expect(ks([1, 2, 2, 3], [1, 2, 2, 3])).toBe(0);
    expect(ks([1, 2], [3, 4])).toBe(1);
  });

  it("is the largest gap of the distribution functions (by hand)", () => {
    // After 2: 3/4 against 1/4.
    expect(ks([1, 2, 2, 9], [2, 5, 6, 7])).toBe(0.5);
    expect(ks([1], [0, 1, 2, 3])).toBe(0.5);
  });

  it("does not know of sizes: repeating a sample changes nothing", () => {
    expect(ks([1, 1, 2, 2, 3, 3], [1, 2, 3])).toBe(0);
  });

  it("is not a number with an empty side", () => {
    expect(ks([], [1])).toBeNaN();
  });

  it("equals the largest gap over all observed points", () => {
    const sample = fc.array(fc.integer({ min: 0, max: 9 }), { minLength: 1, maxLength: 30 });
    const below = (values: number[], at: number) => values.filter((value) => value <= at).length / values.length;
    fc.assert(
      fc.property(sample, sample, (a, b) => {
        const largest = Math.max(...[...a, ...b].map((at) => Math.abs(below(a, at) - below(b, at))));
        expect(
          ks(
            a.sort((x, y) => x - y),
            b.sort((x, y) => x - y),
          ),
        ).toBeCloseTo(largest, 12);
      }),
    );
  });
});

describe("totalVariation", () => {
  it("is 0 for the same shares, 1 for disjoint cells", () => {
    expect(totalVariation([1, 3], [2, 6])).toBe(0);
    expect(totalVariation([5, 0, 0], [0, 3, 4])).toBe(1);
  });

  it("is half the sum of the differences (by hand)", () => {
    expect(totalVariation([1, 1, 2], [2, 1, 1])).toBe(0.25);
  });

  it("is not a number without counts on a side", () => {
    expect(totalVariation([0, 0], [1, 2])).toBeNaN();
  });
});

describe("cramersV", () => {
  const dense = (counts: number[][]) => ({
    counts: counts.flat(),
    rows: counts.flatMap((row, i) => row.map(() => i)),
    columns: counts.flatMap((row) => row.map((_, j) => j)),
  });

  it("is 1 for a function, 0 for independence", () => {
    expect(
      cramersV(
        dense([
          [5, 0],
          [0, 7],
        ]),
      ),
    ).toBe(1);
    expect(
      cramersV(
        dense([
          [2, 4],
          [3, 6],
        ]),
      ),
    ).toBeCloseTo(0, 7);
  });

  it("agrees with scipy", () => {
    // python -c "from scipy.stats.contingency import association as a; print(a([[10, 20, 5], [3, 8, 30]], method='cramer'))"
    expect(
      cramersV(
        dense([
          [10, 20, 5],
          [3, 8, 30],
        ]),
      ),
    ).toBeCloseTo(0.590054261141177, 12);
  });

  it("leaves out empty rows and columns", () => {
    expect(
      cramersV(
        dense([
          [5, 0, 0],
          [0, 0, 0],
          [0, 0, 7],
        ]),
      ),
    ).toBe(1);
    expect(cramersV(dense([[5, 3]]))).toBeNaN();
  });
});

describe("pearsonCorrelation", () => {
  it("is 1 and -1 on straight lines", () => {
    expect(pearsonCorrelation([1, 2, 3], [10, 20, 30])).toBe(1);
    expect(pearsonCorrelation([1, 2, 3], [3, 2, 1])).toBe(-1);
  });

  it("is computed over the rows that both sides have (by hand)", () => {
    // Left are (1, 1), (2, 3), (3, 2): covariance 1, variances 2 and 2.
    expect(pearsonCorrelation([1, 2, 3, Number.NaN, 9], [1, 3, 2, 8, Number.NaN])).toBeCloseTo(0.5, 12);
  });

  it("keeps its digits far from zero", () => {
    const at = 1.7e12;
    expect(pearsonCorrelation([at + 1, at + 2, at + 3], [at + 1, at + 3, at + 2])).toBeCloseTo(0.5, 6);
  });

  it("is not a number for a constant side, rounding or not", () => {
    expect(pearsonCorrelation([1, 2, 3], [5, 5, 5])).toBeNaN();
    expect(pearsonCorrelation([1, 2, 3], [0.1, 0.1, 0.1])).toBeNaN();
    expect(pearsonCorrelation([1], [2])).toBeNaN();
  });
});

describe("sortedOrder", () => {
  it("orders indices by value, equal ones as they stand", () => {
    expect([...sortedOrder([3, 1, 2, 1])]).toEqual([1, 3, 2, 0]);
  });
});
