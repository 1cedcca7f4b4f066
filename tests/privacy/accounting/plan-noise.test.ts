import { describe, expect, it } from "vitest";
import { epsilonOfEntries } from "../../../src/privacy/accounting/epsilon-of-entries.js";
import { epsilonOfGaussian, gaussianBudget } from "../../../src/privacy/accounting/gaussian-privacy.js";
import { makeLedger } from "../../../src/privacy/accounting/ledger.js";
import { planNoise } from "../../../src/privacy/accounting/plan-noise.js";
import { entryOf } from "./entry.js";

const RELEASES = [
  { share: 0.005, changes: 1 },
  { share: 0.05, changes: 48 },
  { share: 0.1, changes: 15 },
  { share: 0.845, changes: 105 },
];

describe("planNoise", () => {
  it.each([0.1, 1, 3, 8, 20, 50])("spends epsilon %d to a thousandth, and not more", (epsilon) => {
    const sigmas = planNoise({ epsilon, delta: 1e-5 }, RELEASES);
    const spent = epsilonOfEntries(
      sigmas.map((sigma, i) => entryOf(sigma, RELEASES[i]!.changes)),
      1e-5,
    );
    expect(spent).toBeLessThanOrEqual(epsilon);
    expect(spent).toBeGreaterThan(0.999 * epsilon);
  });

  it("shares the budget in mu^2 as asked", () => {
    const sigmas = planNoise({ epsilon: 1, delta: 1e-5 }, RELEASES);
    const costs = sigmas.map((sigma, i) => RELEASES[i]!.changes / sigma ** 2);
    const total = costs.reduce((sum, cost) => sum + cost, 0);
    costs.forEach((cost, i) => {
      expect(cost / total).toBeCloseTo(RELEASES[i]!.share, 4);
    });
    expect(total / gaussianBudget(1, 1e-5) ** 2).toBeCloseTo(1, 3);
  });

  it("plans what a ledger then lets pass, after what was spent and paid outright before", () => {
    const budget = { epsilon: 1, delta: 1e-5 };
    const ledger = makeLedger(budget);
    ledger.spend(entryOf(40, 10, { delta: 2e-6 }));
    const sigmas = planNoise(budget, RELEASES, { paidOutright: 1e-6, before: ledger.entries() });
    sigmas.forEach((sigma, i) => {
      ledger.spend(entryOf(sigma, RELEASES[i]!.changes, { delta: i === 1 ? 1e-6 : 0 }));
    });
    expect(ledger.spent()).toBeGreaterThan(0.999);
    expect(ledger.spent()).toBeLessThanOrEqual(1);
  });

  it("plans with what discrete noise costs, which is not what the continuous one does", () => {
    const [sigma] = planNoise({ epsilon: 3.71, delta: 1e-5 }, [{ share: 1, changes: 3 }]);
    // mu = sqrt(3) / 2 has epsilon 3.70863 with continuous noise, 3.71400 with discrete noise of sigma 2.
    expect(epsilonOfGaussian(Math.sqrt(3) / 2, 1e-5)).toBeLessThan(3.71);
    expect(epsilonOfEntries([entryOf(2, 3)], 1e-5)).toBeGreaterThan(3.71);
    expect(sigma).toBeGreaterThan(2);
  });

  it("refuses to plan where nothing is left", () => {
    const before = [entryOf(1)];
    const refused = expect.objectContaining({ code: "E_PRIVACY_BUDGET" });
    expect(() => planNoise({ epsilon: 1, delta: 1e-5 }, RELEASES, { before })).toThrow(refused);
    expect(() => planNoise({ epsilon: 1, delta: 1e-5 }, RELEASES, { paidOutright: 1e-5 })).toThrow(refused);
  });
});
