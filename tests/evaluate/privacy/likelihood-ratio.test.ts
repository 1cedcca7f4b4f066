import { describe, expect, it } from "vitest";
import { makeRandom, type RandomStream } from "../../../src/core/random.js";
import { likelihoodRatios } from "../../../src/evaluate/privacy/likelihood-ratio.js";
import { auc } from "../../../src/stats/auc.js";

const of = (...values: number[]) => Float64Array.of(...values);
const shadow = (values: Float64Array, ...trainedOn: number[]) => ({ values, trainedOn: Uint8Array.from(trainedOn) });

/** Targets whose statistic is their own level, lower by `shift` where trained on, and noise; half of them are in the release. */
function simulate(count: number, shadows: number, shift: (target: number) => number, random: RandomStream) {
  const level = Array.from({ length: count }, () => 3 * random.normal());
  const statistic = (target: number, isIn: number) => level[target]! - isIn * shift(target) + random.normal();
  const members = Array.from({ length: count }, (_, target) => target % 2);
  const halves = Array.from({ length: count }, () => random.integer(2));
  return {
    members,
    released: Float64Array.from(members, (isIn, target) => statistic(target, isIn)),
    shadows: Array.from({ length: shadows }, (_, at) => {
      const trainedOn = Uint8Array.from(halves, (half) => (half + at) % 2);
      return { trainedOn, values: Float64Array.from(trainedOn, (isIn, target) => statistic(target, isIn)) };
    }),
  };
}

describe("likelihoodRatios", () => {
  it("of one target known to shadow models is the difference of two normal log densities", () => {
    // Inside: 1 and 3, outside: 5 and 7. Means 2 and 6, variance 4 / 2 = 2 about them, times 1 + 1/4 for a new one.
    const shadows = [shadow(of(1), 1), shadow(of(3), 1), shadow(of(5), 0), shadow(of(7), 0)];
    const log = (x: number, mean: number) => -((x - mean) ** 2) / (2 * 2.5);
    for (const x of [2, 3, 4, 9]) {
      expect(likelihoodRatios(of(x), shadows)[0]).toBeCloseTo(log(x, 2) - log(x, 6), 12);
    }
  });

  it("tells members better than the plain statistic, whose levels differ from target to target", () => {
    const { members, released, shadows } = simulate(2000, 8, () => 1.5, makeRandom(1));
    const ratios = auc(likelihoodRatios(released, shadows), members);
    // P(N(1.5, 2) > 0) = Phi(1.06) = .855 were the levels known; the statistic alone: Phi(1.5 / sqrt(20)) = .631
    expect(ratios).toBeGreaterThan(0.82);
    expect(
      auc(
        released.map((value) => -value),
        members,
      ),
    ).toBeLessThan(0.67);
  });

  it("finds the targets that alone are memorised", () => {
    const { members, released, shadows } = simulate(2000, 16, (target) => (target < 100 ? 6 : 0), makeRandom(2));
    const ratios = likelihoodRatios(released, shadows);
    const highest = [...ratios.keys()].sort((a, b) => ratios[b]! - ratios[a]!).slice(0, 40);
    expect(highest.filter((target) => target < 100 && members[target] === 1).length).toBeGreaterThan(36);
  });

  it("guesses where nothing is memorised", () => {
    const values = [2, 3, 8].map((count) => {
      const { members, released, shadows } = simulate(4000, count, () => 0, makeRandom(count));
      return auc(likelihoodRatios(released, shadows), members);
    });
    for (const value of values) expect(Math.abs(value - 0.5)).toBeLessThan(0.03);
  });

  it("is finite where all statistics are equal, and where a target is always or never trained on", () => {
    const same = [shadow(of(1, 1), 1, 0), shadow(of(1, 1), 0, 1)];
    expect([...likelihoodRatios(of(1, 1), same)]).toEqual([0, 0]);
    const lopsided = [shadow(of(1, 4), 1, 0), shadow(of(2, 5), 1, 1)];
    for (const ratio of likelihoodRatios(of(1, 2), lopsided)) expect(Number.isFinite(ratio)).toBe(true);
    for (const ratio of likelihoodRatios(of(3), [shadow(of(1), 1)])) expect(Number.isFinite(ratio)).toBe(true);
  });
});
