import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { evaluateQuantileCurve, fitQuantileCurve, meanAround, spreadTies } from "../../src/encode/quantile-curve.js";

const ascending = fc
  .array(fc.integer({ min: -1000, max: 1000 }), { minLength: 5, maxLength: 200, size: "max" })
  .map((values) => Float64Array.from(values).sort());

describe("quantile curves", () => {
  it("spread a tie evenly over its lattice cell", () => {
    expect([...spreadTies(Float64Array.of(2, 2, 5))]).toEqual([1.75, 2.25, 5]);
  });

  it("take means around ranks, the window moved inwards at the ends", () => {
    const values = Float64Array.of(1, 2, 3, 4, 10);
    expect(meanAround(values, 0, 2)).toBe(1.5);
    expect(meanAround(values, 2, 2)).toBe(2.5);
    expect(meanAround(values, 5, 2)).toBe(7);
    expect(meanAround(values, 2, 99)).toBe(4);
  });

  it("have knots that are means of at least so many ranks: 40 ranks in 8 pieces of 5", () => {
    // the mean of (k-2)^2 .. (k+2)^2 is k^2 + 2; the inner knots are centred on the ranks 6, 11, .. 36
    const values = Float64Array.from({ length: 40 }, (_, i) => (i + 1) ** 2);
    const knots = fitQuantileCurve(values, { from: 0, to: 40, low: 3, high: 1500 }, 8, 5);
    expect(knots).toEqual([3, 38, 123, 258, 443, 678, 963, 1298, 1500]);
  });

  it("have fewer pieces where rows are few", () => {
    const values = Float64Array.from({ length: 12 }, (_, i) => i);
    expect(fitQuantileCurve(values, { from: 0, to: 12, low: 0, high: 11 }, 8, 5)).toHaveLength(3);
    expect(fitQuantileCurve(values, { from: 0, to: 4, low: 0, high: 3 }, 8, 5)).toEqual([0, 3]);
  });

  it("never fall, and stay between their edges", () => {
    fc.assert(
      fc.property(ascending, fc.integer({ min: 1, max: 8 }), fc.integer({ min: 1, max: 6 }), (values, pieces, blur) => {
        const spread = spreadTies(values);
        const range = { from: 0, to: values.length, low: spread[0]!, high: spread.at(-1)! };
        const knots = fitQuantileCurve(spread, range, pieces, blur);
        const drawn = Array.from({ length: 101 }, (_, i) => evaluateQuantileCurve(knots, Math.min(0.999999, i / 100)));
        expect(drawn.every((value, i) => i === 0 || value >= drawn[i - 1]! - 1e-9)).toBe(true);
        expect(drawn[0]).toBe(range.low);
        expect(drawn.at(-1)!).toBeLessThanOrEqual(range.high + 1e-9);
      }),
    );
  });
});
