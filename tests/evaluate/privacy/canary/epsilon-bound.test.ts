import { describe, expect, it } from "vitest";
import { makeRandom, type RandomStream } from "../../../../src/core/random.js";
import { chanceOfGuesses, epsilonLowerBound } from "../../../../src/evaluate/privacy/canary/epsilon-bound.js";
import { boundEpsilon } from "../../../../src/evaluate/privacy/canary/guess-canaries.js";

describe("epsilonLowerBound", () => {
  it.each([1, 10, 300])(
    "of %d right guesses of as many is log(p / (1 - p)), p Clopper and Pearson's lower limit",
    (m) => {
      const p = 0.05 ** (1 / m);
      const expected = Math.max(0, Math.log(p / (1 - p)));
      expect(epsilonLowerBound({ canaries: m, guesses: m, right: m }, 0, 0.05)).toBeCloseTo(expected, 6);
    },
  );

  it("is 0 where half of the guesses are right, and where none was made", () => {
    expect(epsilonLowerBound({ canaries: 100, guesses: 100, right: 50 }, 0, 0.05)).toBe(0);
    expect(epsilonLowerBound({ canaries: 100, guesses: 0, right: 0 }, 0, 0.05)).toBe(0);
  });

  it("is what the published procedure gives", () => {
    // p_value_DP_audit and get_eps_audit of the paper's appendix, in Python: 1,000 canaries, 100 guesses, 90 right
    expect(chanceOfGuesses({ canaries: 1000, guesses: 100, right: 90 }, 1.5, 0)).toBeCloseTo(0.0173364168599941, 10);
    expect(chanceOfGuesses({ canaries: 1000, guesses: 100, right: 90 }, 1.5, 1e-5)).toBeCloseTo(0.018764588474672, 10);
    expect(epsilonLowerBound({ canaries: 1000, guesses: 100, right: 90 }, 1e-5, 0.05)).toBeCloseTo(1.6261434806957, 6);
  });

  it("falls with delta and with confidence", () => {
    const guesses = { canaries: 400, guesses: 200, right: 150 };
    const bound = (delta: number, significance: number) => epsilonLowerBound(guesses, delta, significance);
    expect(bound(1e-3, 0.05)).toBeLessThan(bound(1e-5, 0.05));
    expect(bound(1e-5, 0.01)).toBeLessThan(bound(1e-5, 0.05));
  });
});

/** Randomized response of known epsilon: the release says of each canary whether it was planted, rightly with e^eps / (1 + e^eps). */
function randomizedResponse(count: number, epsilon: number, run: number, random: RandomStream) {
  const planted = Uint8Array.from({ length: count }, () => random.integer(2));
  const accuracy = 1 / (1 + Math.exp(-epsilon));
  const scores = Float64Array.from(planted, (bit) => (random.uniform() < accuracy ? bit : 1 - bit));
  return { name: "answer", run, scores, planted };
}

describe("a bound by guesses", () => {
  const options = { confidence: 0.95, delta: 0 };

  it.each([0, 1])("is above the epsilon %d of randomized response in at most 50 of 1,000 audits", (epsilon) => {
    const random = makeRandom(1);
    let above = 0;
    for (let audit = 0; audit < 1000; audit++) {
      const runs = [0, 1].map((run) => randomizedResponse(80, epsilon, run, random));
      if (boundEpsilon(runs, options).epsilon > epsilon) above++;
    }
    expect(above).toBeLessThanOrEqual(50);
  });

  it("comes close to it for many canaries", () => {
    const { epsilon } = boundEpsilon([randomizedResponse(20_000, 1, 0, makeRandom(2))], options);
    expect(epsilon).toBeGreaterThan(0.9);
    expect(epsilon).toBeLessThan(1);
  });

  it("sees few canaries that are surely remembered among many that are not", () => {
    const random = makeRandom(3);
    const planted = Uint8Array.from({ length: 1000 }, () => random.integer(2));
    const scores = Float64Array.from(planted, (bit, at) => (bit === 1 && at < 80 ? 10 : 0) + random.normal());
    const found = boundEpsilon([{ name: "distance", run: 0, scores, planted }], options);
    expect(found).toMatchObject({ guesses: 31, right: 31, canaries: 1000 });
    expect(found.epsilon).toBeGreaterThan(1.5);
  });

  it("says what it could have found, and nothing where all scores are equal", () => {
    const planted = Uint8Array.from({ length: 100 }, (_, at) => at % 2);
    const found = boundEpsilon([{ name: "distance", run: 0, scores: new Float64Array(100), planted }], options);
    const p = (0.05 / 4) ** (1 / 90);
    expect(found.epsilon).toBe(0);
    expect(found.largest).toBeCloseTo(Math.log(p / (1 - p)), 6);
  });
});
