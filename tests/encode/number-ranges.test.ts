import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { makeRandom } from "../../src/core/random.js";
import { drawNumberWithin, type NumberRanges, shareOfLevels } from "../../src/encode/number-ranges.js";
import { drawNumber, fitQuantileBins, type QuantileBinsEncoding } from "../../src/encode/quantile-bins.js";

const options = { minCategoryCount: 5, bins: 8, levelsPerNumber: 20 };

function fit(decimals: number, values: Float64Array): QuantileBinsEncoding {
  return fitQuantileBins({ kind: "number", name: "x", missingText: "", format: { decimals }, values }, true, options);
}

/** Whole numbers 0..399, 10 more times 1000, and a spike at 500. */
const random = makeRandom(1);
const whole = fit(
  0,
  Float64Array.from({ length: 4000 }, (_, row) =>
    row < 600 ? 500 : row < 900 ? 1000 + random.integer(9) : random.integer(400),
  ),
);
/** No lattice: numbers of more digits than one could have. */
const real = fit(
  17,
  Float64Array.from({ length: 3000 }, () => random.uniform() ** 3),
);

describe("numbers within ranges", () => {
  it("have the share of a level that draws of it have", () => {
    for (const [encoding, ranges] of [
      [
        whole,
        [
          [37, 222],
          [500, 500],
          [1003, 1e9],
        ],
      ],
      [
        real,
        [
          [0.001, 0.02],
          [0.3, 0.31],
        ],
      ],
    ] as [QuantileBinsEncoding, NumberRanges][]) {
      const shares = shareOfLevels(encoding, ranges, 1);
      expect(shares).toHaveLength(encoding.levels.length + 1);
      expect(shares.at(-1)).toBe(1);
      for (const code of encoding.levels.keys()) {
        const stream = makeRandom(9);
        const drawn = Array.from({ length: 4000 }, () => drawNumber(encoding, code, stream));
        const met = drawn.filter((value) => ranges.some(([low, high]) => value >= low && value <= high));
        expect(Math.abs(met.length / drawn.length - shares[code]!)).toBeLessThan(0.04);
      }
    }
  });

  it("are drawn within them, however small they are, and on the lattice", () => {
    const number = fc.integer({ min: -50, max: 1100 });
    fc.assert(
      fc.property(number, fc.nat(300), fc.nat(1000), (low, width, seed) => {
        const ranges: NumberRanges = [[low - 0.25, low + width]];
        const shares = shareOfLevels(whole, ranges, 0);
        for (const code of whole.levels.keys()) {
          if (shares[code] === 0) continue;
          const value = drawNumberWithin(whole, code, ranges, makeRandom(seed));
          expect(value >= low && value <= low + width && Number.isInteger(value)).toBe(true);
        }
      }),
    );
  });

  it("are drawn as the level has them there, not evenly", () => {
    const code = real.levels.length - 1;
    const [low, high] = [0.6, 0.99];
    const inside = (value: number): boolean => value >= low && value <= high;
    const streams = [makeRandom(3), makeRandom(4)] as const;
    const plain = Array.from({ length: 20_000 }, () => drawNumber(real, code, streams[0])).filter(inside);
    const drawn = Array.from({ length: 4000 }, () => drawNumberWithin(real, code, [[low, high]], streams[1]));
    const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;
    expect(drawn.every(inside)).toBe(true);
    expect(Math.abs(mean(drawn) - mean(plain))).toBeLessThan(0.01);
  });

  it("keep a number that has no neighbours: a level has it though it is next to nothing of it", () => {
    const ranges: NumberRanges = [[0.123456789, 0.123456789]];
    const shares = shareOfLevels(real, ranges, 0);
    const code = shares.findIndex((share) => share > 0);
    expect(Array.from(shares).filter((share) => share > 0)).toHaveLength(1);
    expect(shares[code]).toBeLessThan(1e-6);
    expect(drawNumberWithin(real, code, ranges, makeRandom(1))).toBe(0.123456789);
    expect(Math.max(...shareOfLevels(whole, [[10.2, 10.8]], 0))).toBe(0);
  });
});
