import { describe, expect, it } from "vitest";
import { makeRandom } from "../../src/core/random.js";
import { calibration } from "../../src/stats/calibration.js";
import { macroF1 } from "../../src/stats/macro-f1.js";
import { meanWithError } from "../../src/stats/mean-with-error.js";

const random = makeRandom(21);

describe("macroF1", () => {
  it("is the mean of the classes' F1 (by hand)", () => {
    // Class 0: TP 2, FP 1, FN 0: 4/5. Class 1: TP 1, FP 0, FN 1: 2/3.
    expect(macroF1([0, 0, 0, 1], [0, 0, 1, 1], 2).value).toBeCloseTo((4 / 5 + 2 / 3) / 2, 12);
    // Class 0: 2/3; class 1: 2/4; class 2 is never found: 0.
    expect(macroF1([0, 1, 1, 1], [0, 0, 1, 2], 3).value).toBeCloseTo((2 / 3 + 2 / 4 + 0) / 3, 12);
  });

  it("is 1 for right predictions, whichever classes occur, and 0 where all are wrong", () => {
    expect(macroF1([0, 2, 2], [0, 2, 2], 4)).toEqual({ value: 1, error: 0 });
    expect(macroF1([1, 0], [0, 1], 2).value).toBe(0);
  });

  it("has the spread over samples as its standard error", () => {
    const draws = random.fork("f1");
    const scores: number[] = [];
    const errors: number[] = [];
    for (let sample = 0; sample < 400; sample++) {
      const truth = Float64Array.from({ length: 300 }, () =>
        draws.uniform() < 0.2 ? 1 : draws.uniform() < 0.3 ? 2 : 0,
      );
      const predicted = truth.map((k) => (draws.uniform() < 0.7 ? k : draws.integer(3)));
      const { value, error } = macroF1(predicted, truth, 3);
      scores.push(value);
      errors.push(error);
    }
    const spread = deviation(scores);
    expect(errors.reduce((sum, error) => sum + error, 0) / errors.length / spread).toBeGreaterThan(0.9);
    expect(errors.reduce((sum, error) => sum + error, 0) / errors.length / spread).toBeLessThan(1.1);
  });
});

describe("calibration", () => {
  it("compares predictions with shares group by group (by hand)", () => {
    // 40 rows: two groups of 20, predictions .1 and .6; 4 and 10 rows come true: gaps .1 and .1.
    const predicted = Array.from({ length: 40 }, (_, row) => (row < 20 ? 0.1 : 0.6));
    const outcomes = predicted.map((_, row) => (row < 4 || row >= 30 ? 1 : 0));
    const { groups, error } = calibration(predicted, outcomes);
    expect(groups.map(({ predicted: mean, observed, n }) => [mean.toFixed(9), observed.toFixed(9), n])).toEqual([
      ["0.100000000", "0.200000000", 20],
      ["0.600000000", "0.500000000", 20],
    ]);
    expect(error.value).toBeCloseTo(0.1, 12);
  });

  it("has ten groups of equal size for many different predictions", () => {
    const predicted = Array.from({ length: 1000 }, (_, row) => row / 1000);
    const { groups } = calibration(predicted, new Float64Array(1000));
    expect(groups.map(({ n }) => n)).toEqual(new Array(10).fill(100));
  });

  it("does not part equal predictions nor leave a group of few rows", () => {
    const predicted = [...new Array<number>(199).fill(0.2), 0.3];
    expect(calibration(predicted, new Float64Array(200)).groups.map(({ n }) => n)).toEqual([200]);
    const halves = Array.from({ length: 200 }, (_, row) => (row < 110 ? 0.2 : 0.2 + row / 1000));
    const sizes = calibration(halves, new Float64Array(200)).groups.map(({ n }) => n);
    expect(sizes[0]).toBe(110);
    expect(sizes.reduce((sum, n) => sum + n, 0)).toBe(200);
    expect(Math.min(...sizes)).toBeGreaterThanOrEqual(10);
  });

  it("is near 0 for true probabilities and grows with what is wrong about them", () => {
    const draws = random.fork("calibration");
    const shares = Float64Array.from({ length: 5000 }, () => draws.uniform());
    const outcomes = shares.map((share) => (draws.uniform() < share ? 1 : 0));
    const right = calibration(shares, outcomes).error;
    expect(right.value).toBeLessThan(0.03);
    const wrong = calibration(
      shares.map((share) => share ** 2),
      outcomes,
    ).error;
    // E|p - p^2| = 1/6.
    expect(Math.abs(wrong.value - 1 / 6)).toBeLessThan(3 * wrong.error);
  });
});

describe("meanWithError", () => {
  it("is the mean and its standard error (by hand)", () => {
    const { value, error } = meanWithError(Float64Array.of(1, 3));
    expect([value, error]).toEqual([2, Math.SQRT1_2]);
    expect(meanWithError(new Float64Array(0)).value).toBeNaN();
  });
});

function deviation(values: readonly number[]): number {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  return Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length);
}
