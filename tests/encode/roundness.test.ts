import { describe, expect, it } from "vitest";
import { makeRandom } from "../../src/core/random.js";
import { decodeQuantileBins, encodeQuantileBins, fitQuantileBins } from "../../src/encode/quantile-bins.js";
import { pickStep, roundPlace } from "../../src/encode/roundness.js";
import type { NumberColumn } from "../../src/table/column.js";
import { numberColumn } from "./columns.js";
import { kolmogorovSmirnov } from "./kolmogorov-smirnov.js";

const OPTIONS = { minCategoryCount: 5, bins: 64, levelsPerNumber: 150 };

/** Amounts in cents: 40 % whole hundreds, 20 % whole tens, 40 % any. */
function makeRounded(rows: number, seed: number): NumberColumn {
  const random = makeRandom(seed);
  const values = Float64Array.from({ length: rows }, () => {
    const amount = 800 * Math.exp(random.normal());
    const u = random.uniform();
    const step = u < 0.4 ? 100 : u < 0.6 ? 10 : 0.01;
    return Math.round(amount / step) * step;
  });
  return numberColumn(
    "amount",
    values.map((value) => Math.round(value * 100) / 100),
    2,
  );
}

function shareOf(values: Float64Array, holds: (value: number) => boolean): number {
  return values.filter(holds).length / values.length;
}

describe("roundness", () => {
  const train = makeRounded(20_000, 1);
  const encoding = fitQuantileBins(train, false, OPTIONS);
  const decoded = (decodeQuantileBins(encoding, encodeQuantileBins(encoding, train), makeRandom(3)) as NumberColumn)
    .values;

  it("gives multiples of 100 and of 10 back as often as they were, and keeps the distribution", () => {
    for (const step of [100, 10]) {
      const real = shareOf(train.values, (value) => value % step === 0);
      expect(Math.abs(shareOf(decoded, (value) => value % step === 0) - real)).toBeLessThan(0.01);
    }
    expect(kolmogorovSmirnov(train.values, decoded)).toBeLessThan(0.003);
  });

  it("hits values that one training row has no more often than held-out rows do", () => {
    const counts = new Map<number, number>();
    for (const value of train.values) counts.set(value, (counts.get(value) ?? 0) + 1);
    const isUnique = (value: number): boolean => counts.get(value) === 1;
    const heldOut = shareOf(makeRounded(20_000, 2).values, isUnique);
    expect(shareOf(decoded, isUnique)).toBeLessThan(heldOut + 0.005);
  });

  it("is learned as steps on the lattice, a share only where enough rows are round", () => {
    const { steps, shares, knots } = encoding.roundness!;
    expect(steps).toEqual(expect.arrayContaining([1000, 10_000]));
    for (const [level, own] of shares.entries()) {
      expect(knots[level]!.map((curve) => curve.length > 0)).toEqual(own.map((share) => share > 0));
      expect(own.reduce((sum, share) => sum + share, 0)).toBeLessThanOrEqual(1.001);
      // A bin holds some 300 rows: five of them are a share of .01 or more.
      for (const share of own) if (share > 0) expect(share).toBeGreaterThan(0.01);
    }
  });

  it("is not learned from numbers that nobody rounded, nor from dates", () => {
    const random = makeRandom(4);
    const smooth = numberColumn(
      "n",
      Float64Array.from({ length: 5000 }, () => Math.round(1e5 * random.uniform())),
    );
    expect(fitQuantileBins(smooth, false, OPTIONS).roundness).toBeUndefined();
    const days = smooth.values.map((value) => Math.round(value / 1000) * 864e6);
    const dates = { kind: "date", name: "d", missingText: "", values: days, format: "YYYY-MM-DD" } as const;
    expect(fitQuantileBins(dates, false, { ...OPTIONS, levelsPerNumber: 5 }).roundness).toBeUndefined();
  });

  it("draws neighbouring multiples evenly where every other one belongs to the coarser step", () => {
    const random = makeRandom(5);
    // As scales show masses: mostly 50 g, else 25 g.
    const masses = Float64Array.from({ length: 2000 }, () => {
      const half = random.uniform() < 0.8 ? 0 : 25;
      return 50 * random.integer(600) + half;
    });
    const column = numberColumn("mass", masses);
    const coded = fitQuantileBins(column, false, OPTIONS);
    expect(coded).toMatchObject({ lattice: { step: 25, divisor: 1 }, roundness: { steps: [2] } });
    const codes = Uint8Array.from({ length: 40_000 }, () => random.integer(coded.levels.length));
    const drawn = (decodeQuantileBins(coded, codes, makeRandom(6)) as NumberColumn).values;
    const odd = drawn.filter((value) => value % 50 !== 0);
    expect(Math.abs(odd.length / drawn.length - 0.2)).toBeLessThan(0.02);
    expect(Math.abs(shareOf(odd, (value) => value % 100 === 25) - 0.5)).toBeLessThan(0.03);
  });

  it("picks a step by the shares and moves a place to its nearest multiple that no coarser step has", () => {
    const roundness = { steps: [10, 100], shares: [[0.5, 0.2], []], knots: [[], []] };
    expect([0, 0.19, 0.2, 0.69, 0.71, 0.99].map((u) => pickStep(roundness, 0, u))).toEqual([1, 1, 0, 0, -1, -1]);
    expect(pickStep(roundness, 1, 0)).toBe(-1);
    const knots = [0.5, 450.5];
    const move = (place: number, step: number): number => roundPlace(place, knots, roundness, 0, step);
    expect([move(137, 1), move(137, 0), move(137, -1)]).toEqual([100, 140, 137]);
    expect([move(119.9, -1), move(120.1, -1), move(121.4, -1)]).toEqual([119, 121, 121]);
    // 198 is nearest to 200, which the coarser step has, so it goes down to 190, 203 up to 210; 120 is no multiple of 1 alone.
    expect([move(198, 0), move(203, 0), move(120, -1)]).toEqual([190, 210, 121]);
    // 500 lies beyond the bin, 400 in it.
    expect(move(450, 1)).toBe(400);
    expect(roundPlace(137, [130.5, 139.5], roundness, 0, 1)).toBe(137);
    expect(roundPlace(137, knots, roundness, 1, -1)).toBe(137);
  });
});
