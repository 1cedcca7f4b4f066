import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { composeLosses } from "../../../src/privacy/accounting/compose-losses.js";
import { discreteGaussianLoss } from "../../../src/privacy/accounting/discrete-gaussian-loss.js";
import { discreteLaplaceLoss } from "../../../src/privacy/accounting/discrete-laplace-loss.js";
import { epsilonOf, type GridLoss, type PrivacyLoss, toGrid } from "../../../src/privacy/accounting/privacy-loss.js";

describe("toGrid", () => {
  it("shares a loss between its neighbours so that P and Q keep their probabilities (by hand)", () => {
    // Loss log 2 of probability 1: between 0 and log 4. u such that (1 - u) + u / 4 = 1 / 2: u = 2 / 3.
    const grid = toGrid(lossesOf([[Math.log(2), 1]]), Math.log(4));
    expect(grid.start).toBe(0);
    expect([...grid.masses].map((mass) => Number(mass.toFixed(12)))).toEqual([0.333333333333, 0.666666666667]);
  });

  it("keeps the sum of P and of Q, and never lowers delta at any epsilon", () => {
    const atom = fc.tuple(fc.double({ min: -3, max: 3, noNaN: true }), fc.double({ min: 0.01, max: 1, noNaN: true }));
    const interval = fc.double({ min: 0.01, max: 1, noNaN: true });
    fc.assert(
      fc.property(fc.array(atom, { minLength: 1, maxLength: 8 }), interval, (drawn, step) => {
        const total = drawn.reduce((sum, [, weight]) => sum + weight, 0);
        const atoms = drawn.map(([loss, weight]) => [loss, weight / total] as const).sort(([a], [b]) => a - b);
        const onGrid = atomsOf(toGrid(lossesOf(atoms), step));
        expect(sumOf(onGrid, () => 1)).toBeCloseTo(1, 10);
        expect(sumOf(onGrid, (loss) => Math.exp(-loss))).toBeCloseTo(
          sumOf(atoms, (loss) => Math.exp(-loss)),
          9,
        );
        for (let epsilon = -1; epsilon <= 3; epsilon += 0.1) {
          const over = (loss: number) => Math.max(0, -Math.expm1(epsilon - loss));
          expect(sumOf(onGrid, over)).toBeGreaterThan(sumOf(atoms, over) - 1e-12);
        }
      }),
    );
  });
});

describe("epsilonOf", () => {
  it("solves delta for epsilon between two points (by hand)", () => {
    // Loss 1 with probability 1/2, -1 with 1/2, never infinite: delta = (1 - e^(epsilon - 1)) / 2 = 1/4 at 1 - log 2.
    const loss: GridLoss = { interval: 1, start: -1, masses: Float64Array.of(0.5, 0, 0.5), infinite: 0 };
    expect(epsilonOf(loss, 0.25)).toBeCloseTo(1 - Math.LN2, 12);
    expect(epsilonOf(loss, 0.4)).toBe(0);
    expect(epsilonOf({ ...loss, infinite: 0.3 }, 0.25)).toBe(Number.POSITIVE_INFINITY);
  });
});

describe("composeLosses", () => {
  const [sigma, interval] = [2, 0.01];
  const window = { interval, target: 2, greatest: 10, spread: Math.sqrt(1 / sigma ** 2 + 1 / 9) };

  it("adds two losses up as a double sum does, and never less", () => {
    const [a, b] = [discreteGaussianLoss(sigma, 1), discreteLaplaceLoss(3, 1)];
    const sum = new Map<number, number>();
    const [first, second] = [toGrid(a, interval), toGrid(b, interval)];
    first.masses.forEach((mass, i) => {
      second.masses.forEach((other, j) => {
        const place = first.start + second.start + i + j;
        sum.set(place, (sum.get(place) ?? 0) + mass * other);
      });
    });
    const { start, masses, infinite } = composeLosses([a, b], window);
    expect(infinite).toBeGreaterThan(0);
    expect(infinite).toBeLessThan(1e-12);
    for (let place = 100; place < 300; place++) {
      const known = sum.get(place) ?? 0;
      expect(masses[place - start]).toBeGreaterThanOrEqual(known * (1 - 1e-12));
      expect(masses[place - start]).toBeLessThan(known * (1 + 1e-9) + 1e-12);
    }
  });
});

describe("discreteGaussianLoss", () => {
  it.each([
    [2, 3],
    [2.5, 10],
  ])("has sums of noise of scale %d, %d of them, as convolutions give them", (sigma, changes) => {
    const one = discreteGaussianLoss(sigma, 1);
    let sums = new Map([[0, 1]]);
    for (let time = 0; time < changes; time++) sums = addLoss(sums, one, sigma);
    const { losses, probabilities } = discreteGaussianLoss(sigma, changes);
    for (let i = 0; i < losses.length; i++) {
      const known = sums.get(Math.round(losses[i]! * 2 * sigma * sigma));
      if (known === undefined || known < 1e-12) continue;
      expect(Math.abs(probabilities[i]! / known - 1)).toBeLessThan(1e-11);
    }
  });

  it("has a probability of 1 in all, and e^-loss a mean of 1, whatever the scale", () => {
    const scale = fc.double({ min: 0.3, max: 3000, noNaN: true });
    fc.assert(
      fc.property(scale, fc.integer({ min: 1, max: 400 }), (sigma, changes) => {
        fc.pre(Math.sqrt(changes) / sigma < 8);
        const atoms = [...discreteGaussianLoss(sigma, changes).losses.entries()];
        const { probabilities } = discreteGaussianLoss(sigma, changes);
        expect(probabilities.reduce((sum, p) => sum + p, 0)).toBeCloseTo(1, 10);
        expect(atoms.reduce((sum, [i, loss]) => sum + probabilities[i]! * Math.exp(-loss), 0)).toBeCloseTo(1, 1);
      }),
      { numRuns: 30 },
    );
  });
});

describe("discreteLaplaceLoss", () => {
  it("is randomized response's, a binomial number of times (by hand)", () => {
    const { losses, probabilities } = discreteLaplaceLoss(1 / Math.LN2, 2);
    expect([...losses].map((loss) => loss / Math.LN2)).toEqual([-2, 0, 2]);
    const [less, even, more] = probabilities;
    expect([less! * 9, even! * 9, more! * 9].map((value) => Number(value.toFixed(10)))).toEqual([1, 4, 4]);
  });
});

function lossesOf(atoms: readonly (readonly [loss: number, probability: number])[]): PrivacyLoss {
  return {
    losses: Float64Array.from(atoms, ([loss]) => loss),
    probabilities: Float64Array.from(atoms, ([, probability]) => probability),
    infinite: 0,
  };
}

function atomsOf({ interval, start, masses }: GridLoss): (readonly [number, number])[] {
  return Array.from(masses, (mass, i) => [(start + i) * interval, mass] as const);
}

function sumOf(atoms: readonly (readonly [number, number])[], of: (loss: number) => number): number {
  return atoms.reduce((sum, [loss, probability]) => sum + probability * of(loss), 0);
}

/** Sums are keyed by loss x 2 sigma^2, a whole number. */
function addLoss(sums: ReadonlyMap<number, number>, { losses, probabilities }: PrivacyLoss, sigma: number) {
  const next = new Map<number, number>();
  for (const [key, mass] of sums) {
    for (let i = 0; i < losses.length; i++) {
      const place = key + Math.round(losses[i]! * 2 * sigma * sigma);
      next.set(place, (next.get(place) ?? 0) + mass * probabilities[i]!);
    }
  }
  return next;
}
