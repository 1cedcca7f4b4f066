import { describe, expect, it } from "vitest";
import { makeRandom } from "../../src/core/random.js";
import { auditGuarantee } from "../../src/facade/audit-guarantee.js";
import { auditMechanism } from "../../src/facade/audit-mechanism.js";
import { makeNoise, type NoiseSource } from "../../src/privacy/noise/noise-source.js";

const BUDGET = { epsilon: 1, delta: 1e-5 };
const SEEDS = Array.from({ length: 24 }, (_, seed) => seed);

/** Normal noise rounded to whole numbers: as good as the exact one for an audit, and drawn in a tenth of the time. */
function quickNoise(seed: number): NoiseSource {
  const random = makeRandom(seed).fork("quick noise");
  const uniform = () => (random.uint32() + 0.5) / 2 ** 32;
  const normal = () => Math.sqrt(-2 * Math.log(uniform())) * Math.cos(2 * Math.PI * uniform());
  return { kind: "seeded", gaussian: (sigma) => Math.round(sigma * normal()), laplace: () => 0 };
}

function audit(noise: NoiseSource, seed = 1, budget = BUDGET, canaries?: number) {
  return auditMechanism(budget, { confidence: 0.95, random: makeRandom(seed), noise, canaries });
}

describe("an audit of the mechanism from inside", () => {
  it("finds nothing wrong with the right mechanism, whatever the seed, and nears what was promised", () => {
    const bounds = SEEDS.map((seed) => audit(quickNoise(seed), seed, BUDGET, 25_000).epsilon);
    expect(Math.max(...bounds)).toBeLessThan(1);
    expect(Math.min(...bounds)).toBeGreaterThan(0.2);
  });

  it("finds nothing wrong with exact noise, as private fits have it", () => {
    for (const noise of [makeNoise(), makeNoise(makeRandom(3))]) {
      expect(audit(noise, 2, BUDGET, 25_000).epsilon).toBeLessThan(1);
    }
  });

  it.each([
    ["0.5", [1]],
    ["1", [1, 2, 3]],
    ["3", [1]],
  ] as const)("catches noise of half the scale at epsilon %s", (epsilon, seeds) => {
    for (const seed of seeds) {
      const right = quickNoise(seed);
      const halved = { ...right, gaussian: (sigma: number) => right.gaussian(sigma / 2) };
      const bound = audit(halved, seed, { epsilon: Number(epsilon), delta: 1e-5 });
      expect(bound.epsilon).toBeGreaterThan(Number(epsilon));
      expect(bound.score).toBe("sum of counts");
    }
  });

  it("catches noise that two tables share, though it is of the right scale", () => {
    const right = quickNoise(4);
    const drawn = new Map<number, { readonly numbers: number[]; at: number }>();
    const reused: NoiseSource = {
      ...right,
      gaussian(sigma) {
        const before = drawn.get(sigma) ?? { numbers: [], at: 0 };
        drawn.set(sigma, before);
        const at = before.at++ % 25_000;
        before.numbers[at] ??= right.gaussian(sigma);
        return before.numbers[at];
      },
    };
    const bound = audit(reused, 1, BUDGET, 25_000);
    expect(bound.score).toBe("difference of two tables");
    expect(bound.epsilon).toBeGreaterThan(3);
  });

  it("catches tables that are released four times and paid once: their mean has half the noise", () => {
    const right = quickNoise(5);
    const mean = (sigma: number) => {
      let sum = 0;
      for (let time = 0; time < 4; time++) sum += right.gaussian(sigma);
      return sum / 4;
    };
    const often = { ...right, gaussian: (sigma: number) => Math.round(mean(sigma)) };
    expect(audit(often).epsilon).toBeGreaterThan(1);
  });

  it("catches noise that is none", () => {
    const bound = audit({ ...quickNoise(6), gaussian: () => 0 });
    expect(bound.right).toBe(bound.guesses);
    expect(bound.epsilon).toBeGreaterThan(3);
  });
});

describe("auditGuarantee", () => {
  it("sets beside the mechanism one with half the noise, and calls a promise refuted where the floor is above it", () => {
    const right = auditGuarantee(BUDGET, 0.95, makeRandom(1), quickNoise(7));
    expect(right).toMatchObject({ epsilon: 1, delta: 1e-5, refuted: false });
    expect(right.mechanism.lowerBound).toBeLessThan(1);
    expect(right.control.lowerBound).toBeGreaterThan(1);
    const noise = quickNoise(8);
    const broken = auditGuarantee(BUDGET, 0.95, makeRandom(1), {
      ...noise,
      gaussian: (sigma) => noise.gaussian(sigma / 2),
    });
    expect(broken.refuted).toBe(true);
  });
});
