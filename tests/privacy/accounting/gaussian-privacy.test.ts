import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  deltaOfGaussian,
  epsilonOfGaussian,
  gaussianBudget,
} from "../../../src/privacy/accounting/gaussian-privacy.js";

describe("Gaussian differential privacy", () => {
  it.each([
    // mpmath 1.4.1, mp.dps = 50, of Dong, Roth and Su's corollary 2.13, which is theorem 8 of Balle and Wang 2018:
    // ncdf(-e / mu + mu / 2) - exp(e) * ncdf(-e / mu - mu / 2)
    [1, 0, 0.3829249225480262],
    [1, 1, 0.126936737506644],
    [0.5, 2, 9.439168634947234e-6],
    [0.1, 1, 1.230835983642704e-25],
    [3, 10, 0.01858951431585781],
    [6, 40, 7.369868706873579e-5],
  ])("of mu %d at epsilon %d has the delta of mpmath", (mu, epsilon, delta) => {
    expect(deltaOfGaussian(mu, epsilon) / delta).toBeCloseTo(1, 10);
  });

  it.each([
    // mpmath 1.4.1: findroot of the same in mu
    [1, 1e-5, 0.2680511232112942],
    [1, 1e-9, 0.1819748072953323],
    [3, 1e-5, 0.7191174352217927],
    [3, 1e-9, 0.5144762653696441],
    [8, 1e-5, 1.666030597845718],
  ])("has a budget at epsilon %d, delta %d as mpmath finds it", (epsilon, delta, mu) => {
    expect(gaussianBudget(epsilon, delta) / mu).toBeCloseTo(1, 11);
  });

  it("calibrates the noise as Balle and Wang's program does: 3.730631634944469 at (1, 1e-5), to their tolerance", () => {
    expect(1 / gaussianBudget(1, 1e-5)).toBeCloseTo(3.730631634944469, 9);
  });

  it("has an epsilon that is the budget's inverse", () => {
    const inputs = [fc.double({ min: 0.01, max: 20, noNaN: true }), fc.integer({ min: 2, max: 12 })] as const;
    fc.assert(
      fc.property(...inputs, (epsilon, digits) => {
        const delta = 10 ** -digits;
        const mu = gaussianBudget(epsilon, delta);
        expect(deltaOfGaussian(mu, epsilon)).toBeLessThanOrEqual(delta);
        expect(epsilonOfGaussian(mu, delta)).toBeLessThan(epsilon * (1 + 1e-9));
        expect(epsilonOfGaussian(mu, delta)).toBeGreaterThan(epsilon * (1 - 1e-9));
      }),
    );
  });

  it("costs nothing where nothing is told", () => {
    expect(deltaOfGaussian(0, 0)).toBe(0);
    expect(epsilonOfGaussian(0, 1e-5)).toBe(0);
  });
});
