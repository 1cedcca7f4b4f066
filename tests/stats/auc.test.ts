import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { auc } from "../../src/stats/auc.js";
import { aucBetween } from "../../src/stats/auc-between.js";
import { aucVariance } from "../../src/stats/auc-variance.js";

describe("auc", () => {
  it("is 1 where all positives score higher, 0 where all score lower", () => {
    expect(auc([1, 2, 3, 4], [0, 0, 1, 1])).toBe(1);
    expect(auc([1, 2, 3, 4], [1, 1, 0, 0])).toBe(0);
  });

  it("counts a tie half (by hand)", () => {
    // Pairs: 2>1, 2=2, 3>1, 3>2 = 3.5 of 4.
    expect(auc([2, 3, 1, 2], [1, 1, 0, 0])).toBe(3.5 / 4);
    expect(auc([7, 7, 7], [1, 0, 0])).toBe(0.5);
    expect(aucBetween([2, 3], [1, 2])).toBe(3.5 / 4);
    expect(aucBetween([1, 2], [2, 3])).toBe(0.5 / 4);
  });

  it("is not a number without one of the classes", () => {
    expect(auc([1, 2], [1, 1])).toBeNaN();
    expect(auc([], [])).toBeNaN();
  });

  it("equals the share of pairs in the right order", () => {
    const row = fc.record({ score: fc.integer({ min: 0, max: 6 }), label: fc.constantFrom(0, 1) });
    fc.assert(
      fc.property(fc.array(row, { minLength: 2, maxLength: 40 }), (rows) => {
        const positives = rows.filter((entry) => entry.label === 1);
        const negatives = rows.filter((entry) => entry.label === 0);
        fc.pre(positives.length > 0 && negatives.length > 0);
        let right = 0;
        for (const p of positives) {
          for (const n of negatives) right += p.score > n.score ? 1 : p.score === n.score ? 0.5 : 0;
        }
        const value = auc(
          rows.map((entry) => entry.score),
          rows.map((entry) => entry.label),
        );
        expect(value).toBeCloseTo(right / (positives.length * negatives.length), 12);
      }),
    );
  });
});

describe("aucVariance", () => {
  it("is DeLong's sum of the placements' variances (by hand)", () => {
    // Positives 3, 1; negatives 2, 0: placements of positives 1, .5; of negatives .5, 1. Variances .125 each, over 2 rows.
    expect(aucVariance([3, 1, 2, 0], [1, 1, 0, 0])).toBeCloseTo(0.125 / 2 + 0.125 / 2, 12);
  });

  it("counts ties half in placements (by hand)", () => {
    // Positives 1, 0; negatives 1, 0: placements of positives .75, .25; of negatives .25, .75.
    expect(aucVariance([1, 0, 1, 0], [1, 1, 0, 0])).toBeCloseTo(0.125, 12);
  });

  it("is 0 for a perfect order and not a number with one row of a class", () => {
    expect(aucVariance([4, 3, 2, 1], [1, 1, 0, 0])).toBe(0);
    expect(aucVariance([4, 3, 2], [1, 0, 0])).toBeNaN();
  });
});
