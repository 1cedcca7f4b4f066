import { describe, expect, it } from "vitest";
import { countBins } from "../../../src/privacy/domains/count-bins.js";
import { mergeLeaves } from "../../../src/privacy/domains/merge-leaves.js";
import { makePaidTable } from "../../../src/privacy/paid-table.js";
import { makeTable } from "../../../src/table/table.js";
import { noNoise, openLedger } from "../known-tables.js";

const lattice = { step: 1, divisor: 1 };

function count(values: readonly number[], first: number, last: number, threshold: number) {
  const table = makeTable([
    { kind: "number", name: "x", missingText: "", values: Float64Array.from(values), format: { decimals: 0 } },
  ]);
  const ledger = openLedger();
  const paid = makePaidTable(table, ledger, noNoise);
  const [leaves] = countBins(paid, [{ name: "x", range: { lattice, first, last } }], { sigma: 1, threshold });
  return { leaves: leaves!, ledger };
}

describe("countBins", () => {
  it("splits what is heavy down to single places, and keeps the rest whole", () => {
    const { leaves, ledger } = count([...Array<number>(9).fill(3), 40, 41, 255, -5, 999, Number.NaN], 0, 255, 5);
    // 0..255 in sixteen 16s; 0..15 holds 10 (-5 is clamped to 0) and is counted by places
    expect(ledger.written.map(({ changes }) => changes)).toEqual([1, 1]);
    expect(leaves.filter((leaf) => leaf.count > 0)).toEqual([
      { first: 0, width: 1, count: 1 },
      { first: 3, width: 1, count: 9 },
      { first: 32, width: 16, count: 2 },
      { first: 240, width: 16, count: 2 },
    ]);
    expect(leaves.reduce((sum, { width }) => sum + width, 0)).toBe(256);
    expect(leaves.reduce((sum, leaf) => sum + leaf.count, 0)).toBe(14);
  });

  it("covers just the range, however it divides", () => {
    for (const [first, last] of [
      [17, 90],
      [-3, -3],
      [-100, 1234],
      [0, 2 ** 40],
    ] as const) {
      const { leaves } = count([first, last, (first + last) >> 1], first, last, 0.5);
      let next: number = first;
      for (const leaf of leaves) {
        expect(leaf.first).toBe(next);
        next += leaf.width;
      }
      expect(next).toBe(last + 1);
    }
  });
});

describe("mergeLeaves", () => {
  const merge = (counts: readonly (readonly [width: number, count: number])[]) => {
    let first = 0;
    const leaves = counts.map(([width, count]) => {
      first += width;
      return { first: first - width, width, count };
    });
    return mergeLeaves(leaves, { noise: 10, threshold: 100 });
  };

  it("makes a level of each place that rows hold, and of light neighbours an interval", () => {
    expect(
      merge([
        [1, 50],
        [1, 40],
        [1, 2],
        [1, -3],
        [1, 60],
      ]),
    ).toEqual([0, 1, [1.5, 3.5], 4]);
  });

  it("closes an interval before it is heavier than a bin, and between held places and gaps", () => {
    expect(
      merge([
        [4, 60],
        [4, 45],
        [4, 40],
        [4, 1],
        [4, -2],
        [4, 70],
      ]),
    ).toEqual([
      [-0.5, 3.5],
      [3.5, 11.5],
      [11.5, 19.5],
      [19.5, 23.5],
    ]);
  });
});
