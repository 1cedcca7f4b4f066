import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { deltaOfThreshold, thresholdOfDelta } from "../../../src/privacy/accounting/noisy-threshold.js";

describe("a noisy threshold", () => {
  it.each([
    // mpmath 1.4.1, mp.dps = 50: sums of exp(-x^2 / 2 sigma^2) over x >= threshold - 1 and over all x, to 60 sigma
    [0.5, 3, 0.000263877055881326],
    [4, 30, 4.55990048181634e-13],
    [20, 106, 8.68218725744609e-8],
    [20, 105, 1.13627049297949e-7],
    [53.25, 300, 1.0369779649805e-8],
  ])("of sigma %d at %d is reached by a count of 1 as mpmath adds it up, and no rarer", (sigma, threshold, known) => {
    const delta = deltaOfThreshold(sigma, threshold);
    expect(delta).toBeGreaterThan(known * (1 - 1e-14));
    expect(delta).toBeLessThan(known * (1 + 1e-11));
  });

  it("is the least whole one that costs no more than delta", () => {
    expect(thresholdOfDelta(20, 1e-7)).toBe(106);
    fc.assert(
      fc.property(fc.double({ min: 0.3, max: 300, noNaN: true }), fc.integer({ min: 1, max: 15 }), (sigma, digits) => {
        const delta = 10 ** -digits;
        const threshold = thresholdOfDelta(sigma, delta);
        expect(deltaOfThreshold(sigma, threshold)).toBeLessThanOrEqual(delta);
        expect(deltaOfThreshold(sigma, threshold - 1)).toBeGreaterThan(delta);
      }),
      { numRuns: 50 },
    );
  });

  it("is reached surely where it is not above the count itself", () => {
    expect(deltaOfThreshold(5, 1)).toBe(1);
    expect(deltaOfThreshold(5, -10)).toBe(1);
  });

  it("counts a threshold between two numbers as the upper", () => {
    expect(deltaOfThreshold(5, 20.5)).toBe(deltaOfThreshold(5, 21));
  });
});
