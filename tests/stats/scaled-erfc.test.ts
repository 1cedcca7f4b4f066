import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { scaledErfc } from "../../src/stats/scaled-erfc.js";

describe("scaledErfc", () => {
  it.each([
    // mpmath 1.4.1, mp.dps = 50: exp(z * z) * erfc(z)
    [-3, 16205.98885399959],
    [-0.5, 1.952360489182557],
    [0, 1],
    [0.1, 0.896456979969127],
    [0.5, 0.6156903441929259],
    [1, 0.427583576155807],
    [2, 0.2553956763105057],
    [5, 0.11070463773306863],
    [10, 0.05614099274382259],
    [30, 0.01879588886141675],
    [100, 0.005641613782989433],
    [1e6, 5.641895835474742e-7],
  ])("is that of mpmath at %d", (z, known) => {
    expect(Math.abs(scaledErfc(z) / known - 1)).toBeLessThan(1e-14);
  });

  it("falls, within Birnbaum's and Sampford's bounds", () => {
    fc.assert(
      fc.property(fc.double({ min: 0.01, max: 1e4, noNaN: true }), (z) => {
        const x = Math.SQRT2 * z;
        const mills = Math.sqrt(Math.PI / 2) * scaledErfc(z);
        expect(mills).toBeGreaterThan((2 / (x + Math.sqrt(x * x + 4))) * (1 - 1e-14));
        expect(mills).toBeLessThan((4 / (3 * x + Math.sqrt(x * x + 8))) * (1 + 1e-14));
        expect(scaledErfc(z)).toBeLessThan(scaledErfc(0.99 * z));
      }),
    );
  });
});
