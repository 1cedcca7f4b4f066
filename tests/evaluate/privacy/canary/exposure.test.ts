import { describe, expect, it } from "vitest";
import { makeRandom } from "../../../../src/core/random.js";
import { exposures, largestExposureByChance } from "../../../../src/evaluate/privacy/canary/exposure.js";

describe("exposures", () => {
  it("are log2 of candidates over rank, ties half", () => {
    // Of 8 candidates: first, fifth (four above), last; equal to one of them: rank 4.5 between fourth and fifth
    const references = Float64Array.of(7, 6, 5, 4, 3, 2, 1);
    const found = exposures(Float64Array.of(9, 3.5, 0, 4), references);
    expect([...found]).toEqual([3, Math.log2(8 / 5), 0, Math.log2(8 / 4.5)]);
  });

  it("have the median 1 where nothing is remembered", () => {
    const random = makeRandom(1);
    const draw = (count: number) => Float64Array.from({ length: count }, () => random.normal());
    const found = exposures(draw(20_000), draw(20_000)).sort();
    expect(Math.abs(found[10_000]! - 1)).toBeLessThan(0.05);
  });
});

describe("the largest exposure by chance", () => {
  it("of one canary among one reference is 1 bit or none, alike", () => {
    expect(largestExposureByChance(1, 1, 1)).toEqual({ expected: 0.5, high: 1 });
  });

  it("is that of simulated audits", () => {
    const random = makeRandom(2);
    const largest = Array.from({ length: 2000 }, () => {
      const runs = [0, 1].map(() => {
        const draw = (count: number) => Float64Array.from({ length: count }, () => random.uniform());
        return Math.max(...exposures(draw(5), draw(400)));
      });
      return Math.max(...runs);
    });
    const { expected, high } = largestExposureByChance(5, 400, 2);
    // standard deviation of one audit's largest about 1.6 bits: of the mean .036
    expect(Math.abs(expected - largest.reduce((a, b) => a + b) / 2000)).toBeLessThan(0.12);
    const above = largest.filter((bits) => bits > high + 1e-9).length / 2000;
    expect(above).toBeLessThanOrEqual(0.065);
    expect(above).toBeGreaterThan(0.02);
  });

  it("is 0 where no canary was planted", () => {
    expect(largestExposureByChance(0, 100, 2)).toEqual({ expected: 0, high: 0 });
  });
});
