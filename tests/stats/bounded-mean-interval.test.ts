import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { boundedMeanInterval } from "../../src/stats/bounded-mean-interval.js";
import { wilsonInterval } from "../../src/stats/wilson-interval.js";

describe("boundedMeanInterval", () => {
  it("is Wilson's interval for zeros and ones", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 1000 }), fc.nat(), (n, draw) => {
        const mean = (draw % (n + 1)) / n;
        const interval = boundedMeanInterval({ mean, variance: mean * (1 - mean), n });
        for (const [key, value] of Object.entries(wilsonInterval(mean * n, n))) {
          expect(interval[key as keyof typeof interval]).toBeCloseTo(value, 12);
        }
      }),
    );
  });

  it("is narrower where values spread less, and never without width", () => {
    const width = (variance: number) => boundedMeanInterval({ mean: 0.5, variance, n: 100 }).error;
    expect(width(0.01)).toBeLessThan(width(0.25));
    expect(width(0)).toBeCloseTo(1.96 ** 2 / 2 / (100 + 1.96 ** 2), 12);
  });

  it("says nothing without values", () => {
    expect(boundedMeanInterval({ mean: Number.NaN, variance: Number.NaN, n: 0 })).toEqual({
      center: 0.5,
      error: 0.5,
      low: 0,
      high: 1,
    });
  });
});
