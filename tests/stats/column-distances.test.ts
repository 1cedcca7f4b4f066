import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { jensenShannon } from "../../src/stats/jensen-shannon.js";
import { newcombeInterval } from "../../src/stats/newcombe-interval.js";
import { quantiles } from "../../src/stats/quantiles.js";
import { wasserstein } from "../../src/stats/wasserstein.js";

const sorted = (values: readonly number[]) => Float64Array.from(values).sort();
const distance = (a: readonly number[], b: readonly number[]) => wasserstein(sorted(a), sorted(b));
const VALUES = fc.array(fc.integer({ min: -50, max: 50 }), { minLength: 1, maxLength: 30 });

describe("wasserstein", () => {
  it("is the shift of a shifted sample, the gap of two constants (by hand)", () => {
    expect(distance([1, 2, 5], [4, 5, 8])).toBeCloseTo(3, 12);
    expect(distance([7, 7], [2])).toBe(5);
  });

  it("moves half the weight by two (by hand: 0, 1 against 0, 3)", () => {
    expect(distance([0, 1], [0, 3])).toBe(1);
    // scipy.stats.wasserstein_distance([0, 1, 3], [5, 6, 8]) = 5.0 and ([3.4, 3.9, 7.5, 7.8], [4.5, 1.4]) = 2.7.
    expect(distance([0, 1, 3], [5, 6, 8])).toBeCloseTo(5, 12);
    expect(distance([3.4, 3.9, 7.5, 7.8], [4.5, 1.4])).toBeCloseTo(2.7, 12);
  });

  it("is 0 for equal samples, symmetric, and at least the means' difference", () => {
    const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
    fc.assert(
      fc.property(VALUES, VALUES, (a, b) => {
        expect(distance(a, [...a, ...a])).toBeCloseTo(0, 9);
        expect(distance(a, b)).toBeCloseTo(distance(b, a), 9);
        expect(distance(a, b)).toBeGreaterThanOrEqual(Math.abs(mean(a) - mean(b)) - 1e-9);
      }),
    );
  });

  it("is not a number where a side is empty", () => {
    expect(distance([], [1])).toBeNaN();
    expect(distance([1], [])).toBeNaN();
  });
});

describe("jensenShannon", () => {
  it("is 0 for equal shares, 1 for disjoint ones", () => {
    expect(jensenShannon([1, 3], [2, 6])).toBe(0);
    expect(jensenShannon([4, 0], [0, 9])).toBe(1);
  });

  it("is the root of half a bit's part (by hand: all in one of two cells against half in each)", () => {
    // m = (3/4, 1/4): divergence 1/2 log2(4/3) + 1/2 (1/2 log2(2/3) + 1/2 log2(2)) = .311278.
    expect(jensenShannon([8, 0], [4, 4])).toBeCloseTo(Math.sqrt(0.3112781244591328), 12);
  });

  it("is not a number where a side has no count", () => {
    expect(jensenShannon([0, 0], [1, 0])).toBeNaN();
  });
});

describe("newcombeInterval", () => {
  // Newcombe 1998, table II, method 10.
  it.each([
    [56, 70, 48, 80, 0.0524, 0.3339],
    [9, 10, 3, 10, 0.1705, 0.809],
    [10, 10, 0, 10, 0.6075, 1],
    [0, 10, 0, 20, -0.1611, 0.2775],
  ])("is Newcombe's for %i/%i - %i/%i", (a, m, b, n, low, high) => {
    const interval = newcombeInterval({ successes: a, trials: m }, { successes: b, trials: n });
    expect(interval.low).toBeCloseTo(low, 3);
    expect(interval.high).toBeCloseTo(high, 3);
  });
});

describe("quantiles", () => {
  it("interpolates between ranks (by hand)", () => {
    expect(quantiles(Float64Array.of(1, 2, 4, 8), [0, 0.5, 0.9, 1])).toEqual([1, 3, expect.closeTo(6.8, 12), 8]);
    expect(quantiles(new Float64Array(0), [0.5])).toEqual([]);
  });
});
