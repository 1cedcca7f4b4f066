import { describe, expect, it } from "vitest";
import { makeRandom } from "../../../src/core/random.js";
import { drawRows } from "../../../src/privacy/mixture/draw-rows.js";
import { expectedCounts } from "../../../src/privacy/mixture/expected-counts.js";
import { levelMixture } from "../../../src/privacy/mixture/level-mixture.js";
import type { Mixture } from "../../../src/privacy/mixture/mixture.js";
import { knownMixture } from "./known-mixture.js";

const ROWS = 20_000;
const plain = knownMixture([3, 2, 4], 5, makeRandom(3));
/** Six levels in the first field's three groups; nobody was counted at the last group's two levels. */
const groupOf = Uint16Array.of(0, 1, 0, 1, 2, 2);
const mixture: Mixture = { ...plain, fields: [{ field: 0, groups: 3, groupOf }, plain.fields[1]!, plain.fields[2]!] };
const oneWays = [
  [3, 1, 1, 1, 0, 0],
  [1, 1],
  [1, 1, 1, 1],
];
const LEVELS = oneWays.map(({ length }) => length);

/** Expected counts of two fields' levels, row-major, from the mixture of levels. */
function expectedOfLevels(a: number, b: number): Float64Array {
  const { weights, probabilities } = levelMixture(mixture, oneWays);
  const fields = LEVELS.map((groups, field) => ({ field, groups }));
  const starts = [0, 6, 8, 12];
  return expectedCounts({ weights, probabilities, fields, starts }, [fields[a]!, fields[b]!], ROWS);
}

/** Summed squared differences of a pair's counts in drawn rows, in units of what draws differ by; a cell about 1. */
function surprise(a: number, b: number, drawnFrom: Mixture): number {
  const { fields } = drawRows({ mixture: drawnFrom, oneWays }, ROWS, makeRandom(7));
  const counts = new Float64Array(LEVELS[a]! * LEVELS[b]!);
  for (let row = 0; row < ROWS; row++) counts[fields[a]![row]! * LEVELS[b]! + fields[b]![row]!]!++;
  const expected = expectedOfLevels(a, b);
  return counts.reduce((sum, count, cell) => sum + (count - expected[cell]!) ** 2 / expected[cell]!, 0) / counts.length;
}

describe("rows drawn from a mixture", () => {
  it("have the expected joint counts of levels", () => {
    for (const [a, b] of [
      [0, 1],
      [0, 2],
      [1, 2],
    ] as const)
      expect(surprise(a, b, mixture)).toBeLessThan(2);
  });

  it("are seen not to, where fields are drawn independently of each other", () => {
    const means = plain.probabilities.map((_, at) => {
      const group = at % 9;
      return plain.weights.reduce((sum, weight, c) => sum + weight * plain.probabilities[c * 9 + group]!, 0);
    });
    expect(surprise(0, 2, { ...mixture, probabilities: means })).toBeGreaterThan(20);
  });

  it("have shares of groups and levels almost without sampling error: within one row a component", () => {
    const { fields } = drawRows({ mixture, oneWays }, ROWS, makeRandom(8));
    const counts = [0, 0, 0, 0];
    for (const code of fields[2]!) counts[code]!++;
    const expected = expectedCounts(mixture, [mixture.fields[2]!], ROWS);
    counts.forEach((count, level) => {
      expect(Math.abs(count - expected[level]!)).toBeLessThan(2 * 5);
    });
    const first = Array.from({ length: 6 }, (_, level) => fields[0]!.filter((code) => code === level).length);
    expect(Math.abs(first[0]! - 3 * first[2]!)).toBeLessThanOrEqual(4); // counted 3 to 1
    expect(Math.abs(first[4]! - first[5]!)).toBeLessThanOrEqual(2); // counted never: alike
  });

  it("are the same for the same seed, and stand in no order of components", () => {
    const drawn = (seed: number) => drawRows({ mixture, oneWays }, 500, makeRandom(seed));
    expect(drawn(1)).toEqual(drawn(1));
    expect(drawn(2)).not.toEqual(drawn(1));
    const halves: Mixture = {
      weights: Float64Array.of(0.5, 0.5),
      fields: [{ field: 0, groups: 2 }],
      starts: [0, 2],
      probabilities: Float64Array.of(1, 0, 0, 1),
    };
    const codes = drawRows({ mixture: halves, oneWays: [[1, 1]] }, 1000, makeRandom(1)).fields[0]!;
    const ones = Array.from(codes.subarray(0, 500)).filter((code) => code === 1).length;
    expect(Math.abs(ones - 250)).toBeLessThan(40); // 5 standard deviations of half the rows in random order
  });
});

describe("the joint counts that a mixture expects", () => {
  it("are sums over components of products, in the order of the question", () => {
    const { weights, probabilities } = plain;
    const cell = weights.reduce((sum, weight, c) => {
      const p = (column: number): number => probabilities[c * 9 + column]!;
      return sum + weight * p(5 + 3) * p(1) * p(3 + 1);
    }, 0);
    const counts = expectedCounts(plain, [plain.fields[2]!, plain.fields[0]!, plain.fields[1]!], ROWS);
    expect(counts[3 * 6 + 1 * 2 + 1]).toBeCloseTo(ROWS * cell, 6);
    expect(counts.reduce((sum, count) => sum + count, 0)).toBeCloseTo(ROWS, 6);
  });
});
