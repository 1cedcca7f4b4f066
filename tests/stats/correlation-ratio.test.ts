import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { correlationRatio } from "../../src/stats/correlation-ratio.js";

describe("correlationRatio", () => {
  it("is the root of the share of the squares that is between categories (by hand)", () => {
    // Means 2 and 5 about 3.2: 3 * 1.2^2 + 2 * 1.8^2 = 10.8 of 14.8.
    expect(correlationRatio([0, 0, 0, 1, 1], 2, [1, 2, 3, 4, 6])).toBeCloseTo(Math.sqrt(10.8 / 14.8), 12);
  });

  it("is 1 where the category determines the number, 0 where all categories have the same mean", () => {
    expect(correlationRatio([0, 1, 2, 0], 3, [5, -1, 7, 5])).toBe(1);
    expect(correlationRatio([0, 0, 1, 1], 2, [1, 3, 2, 2])).toBe(0);
  });

  it("leaves out rows that lack the category or the number", () => {
    const known = correlationRatio([0, 0, 0, 1, 1], 2, [1, 2, 3, 4, 6]);
    expect(correlationRatio([0, -1, 0, 0, 1, 1, 1], 2, [1, 99, 2, 3, 4, 6, Number.NaN])).toBeCloseTo(known, 12);
  });

  it("is not a number with one category, a constant number or no row", () => {
    expect(correlationRatio([0, 0, 0], 5, [1, 2, 3])).toBeNaN();
    expect(correlationRatio([0, 1, 0], 2, [0.1, 0.1, 0.1])).toBeNaN();
    expect(correlationRatio([-1, 0], 2, [1, Number.NaN])).toBeNaN();
    expect(correlationRatio([], 0, [])).toBeNaN();
  });

  it("does not depend on origin, scale and the order of rows, and stays within 0..1", () => {
    const rows = fc.array(fc.tuple(fc.integer({ min: -1, max: 3 }), fc.integer({ min: -50, max: 50 })), {
      maxLength: 40,
    });
    fc.assert(
      fc.property(rows, fc.integer({ min: 1, max: 1e6 }), (list, shift) => {
        const of = (each: typeof list, scale: number) =>
          correlationRatio(
            each.map(([code]) => code),
            4,
            each.map(([, value]) => scale * value + shift),
          );
        const plain = of(list, 1);
        if (Number.isNaN(plain)) {
          expect(of(list.toReversed(), 3)).toBeNaN();
          return;
        }
        expect(plain).toBeGreaterThanOrEqual(0);
        expect(plain).toBeLessThanOrEqual(1);
        expect(of(list.toReversed(), -3)).toBeCloseTo(plain, 6);
      }),
    );
  });
});
