import { describe, expect, it } from "vitest";
import { makeRandom } from "../../../src/core/random.js";
import { makeNoise } from "../../../src/privacy/noise/noise-source.js";

type Law = (x: number) => number;

const SCALES = [0.3, 1, 2.5, 41.512345678901234, 700];
const DRAWS = 20000;
/** Standard deviations by which a statistic may miss its mean: a chance of 1e-9 for a normal one, less than 1e-7 for these. */
const FAR = 6.1;

describe.each([
  [
    "gaussian",
    (scale: number): Law =>
      (x) =>
        Math.exp((-x * x) / (2 * scale * scale)),
  ],
  [
    "laplace",
    (scale: number): Law =>
      (x) =>
        Math.exp(-Math.abs(x) / scale),
  ],
] as const)("makeNoise's %s", (kind, lawOf) => {
  it.each(SCALES)("follows the exact law at scale %d (chi-square)", (scale) => {
    const noise = makeNoise(makeRandom(7).fork(`${kind} ${scale}`));
    expect(
      chiSquareScore(
        drawMany(() => noise[kind](scale)),
        lawOf(scale),
        scale,
      ),
    ).toBeLessThan(3.5);
  });

  it("follows it with secret randomness too (fails once in 1e9)", () => {
    const noise = makeNoise();
    expect(noise.kind).toBe("secure");
    expect(
      chiSquareScore(
        drawMany(() => noise[kind](5)),
        lawOf(5),
        5,
      ),
    ).toBeLessThan(FAR + 1);
  });

  it.each(SCALES)("has the law's mean 0 and variance at scale %d", (scale) => {
    const noise = makeNoise(makeRandom(3).fork(`${kind} moments ${scale}`));
    const drawn = drawMany(() => noise[kind](scale));
    const [variance, fourth] = [2, 4].map((power) => momentOf(lawOf(scale), scale, power)) as [number, number];
    const mean = drawn.reduce((sum, x) => sum + x, 0) / DRAWS;
    const square = drawn.reduce((sum, x) => sum + x * x, 0) / DRAWS;
    expect(Math.abs(mean) / Math.sqrt(variance / DRAWS)).toBeLessThan(4);
    expect(Math.abs(square - variance) / Math.sqrt((fourth - variance ** 2) / DRAWS)).toBeLessThan(4);
  });

  it("would be caught with half the scale, with rounded continuous noise, with a forgotten sign of 0", () => {
    const noise = makeNoise(makeRandom(5).fork(kind));
    const scoreOf = (draw: () => number, scale: number) => chiSquareScore(drawMany(draw), lawOf(scale), scale);
    expect(scoreOf(() => noise[kind](2.5), 5)).toBeGreaterThan(50);
    expect(scoreOf(() => noise[kind](4.5), 5)).toBeGreaterThan(FAR + 1);
    const random = makeRandom(6);
    const uniform = () => (random.uint32() + 0.5) / 2 ** 32;
    const continuous = {
      gaussian: () => Math.sqrt(-2 * Math.log(uniform())) * Math.cos(2 * Math.PI * uniform()),
      laplace: () => Math.log(uniform()) * (uniform() < 0.5 ? 1 : -1),
    }[kind];
    expect(scoreOf(() => Math.round(0.6 * continuous()), 0.6)).toBeGreaterThan(FAR + 1);
    const signs = makeRandom(8);
    const flip = (x: number) => (x === 0 && signs.integer(2) === 0 ? noise[kind](2) : x);
    expect(scoreOf(() => flip(noise[kind](2)), 2)).toBeGreaterThan(FAR + 1);
  });

  it.each([0, -1, Number.NaN, Number.POSITIVE_INFINITY])("refuses a scale of %d", (scale) => {
    expect(() => makeNoise()[kind](scale)).toThrow(RangeError);
  });
});

describe("makeNoise", () => {
  it("repeats itself from the same seed, and from no other", () => {
    const drawn = (seed: number) => {
      const noise = makeNoise(makeRandom(seed));
      expect(noise.kind).toBe("seeded");
      return Array.from({ length: 30 }, (_, i) => noise[i % 2 === 0 ? "gaussian" : "laplace"](20 + i));
    };
    expect(drawn(1)).toEqual(drawn(1));
    expect(drawn(1)).not.toEqual(drawn(2));
  });

  it("draws anew each time where nobody gave a seed", () => {
    const drawn = () => {
      const noise = makeNoise();
      return Array.from({ length: 30 }, () => noise.gaussian(1000));
    };
    expect(drawn()).not.toEqual(drawn());
  });
});

function drawMany(draw: () => number): number[] {
  return Array.from({ length: DRAWS }, draw);
}

/** How many standard deviations chi-square is above its mean (Wilson and Hilferty's cube root): cells of at least 60 expected draws. */
function chiSquareScore(drawn: readonly number[], law: Law, scale: number): number {
  const cells = cellsOf(law, scale);
  const counts = new Float64Array(cells.length);
  for (const x of drawn) counts[cells.findIndex(({ below }) => x < below)]!++;
  const chiSquare = cells.reduce((sum, { share }, i) => sum + (counts[i]! - DRAWS * share) ** 2 / (DRAWS * share), 0);
  const degrees = cells.length - 1;
  const ninth = 2 / (9 * degrees);
  return (Math.cbrt(chiSquare / degrees) - 1 + ninth) / Math.sqrt(ninth);
}

/** Runs of whole numbers of a share of .003 at least, or single numbers; both ends are open. */
function cellsOf(law: Law, scale: number): { readonly below: number; readonly share: number }[] {
  const reach = Math.ceil(60 * scale) + 5;
  const total = sumOver(reach, law);
  const cells: { below: number; share: number }[] = [];
  let share = 0;
  for (let x = -reach; x <= reach; x++) {
    share += law(x) / total;
    if (share >= 0.003) {
      cells.push({ below: x + 1, share });
      share = 0;
    }
  }
  const last = cells.pop()!;
  return [...cells, { below: Number.POSITIVE_INFINITY, share: last.share + share }];
}

function momentOf(law: Law, scale: number, power: number): number {
  const reach = Math.ceil(60 * scale) + 5;
  return sumOver(reach, (x) => x ** power * law(x)) / sumOver(reach, law);
}

function sumOver(reach: number, of: (x: number) => number): number {
  let sum = 0;
  for (let x = -reach; x <= reach; x++) sum += of(x);
  return sum;
}
