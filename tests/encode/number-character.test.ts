import { describe, expect, it } from "vitest";
import { makeRandom } from "../../src/core/random.js";
import { decodeQuantileBins, encodeQuantileBins, fitQuantileBins } from "../../src/encode/quantile-bins.js";
import type { NumberColumn } from "../../src/table/column.js";
import { numberColumn } from "./columns.js";

const ROWS = 20_000;
const OPTIONS = { minCategoryCount: 5, bins: 200, levelsPerNumber: 200 };

function roundTrip(column: NumberColumn): NumberColumn {
  const encoding = fitQuantileBins(column, false, OPTIONS);
  return decodeQuantileBins(encoding, encodeQuantileBins(encoding, column), makeRandom(2)) as NumberColumn;
}

function shareOf(column: NumberColumn, value: number): number {
  return column.values.filter((one) => one === value).length / column.values.length;
}

function quantile(column: NumberColumn, share: number): number {
  return column.values.slice().sort()[Math.floor(share * column.values.length)]!;
}

describe("the character of a number", () => {
  it("keeps spikes: 0, 999 and a cap have their share, and no neighbour of theirs has it", () => {
    const random = makeRandom(1);
    const draw = (): number => {
      const u = random.uniform();
      if (u < 0.2) return 0;
      return u < 0.25 ? 999 : Math.min(5000, Math.round(Math.exp(6 + 1.5 * random.normal())));
    };
    const column = numberColumn("score", Array.from({ length: ROWS }, draw));
    const decoded = roundTrip(column);
    for (const spike of [0, 999, 5000]) {
      expect(shareOf(column, spike)).toBeGreaterThan(0.03);
      expect(shareOf(decoded, spike), String(spike)).toBeCloseTo(shareOf(column, spike), 3);
    }
    expect(shareOf(decoded, 998) + shareOf(decoded, 1000)).toBeLessThan(0.01);
    expect(decoded.values.every(Number.isInteger)).toBe(true);
    expect(Math.max(...decoded.values)).toBe(5000);
    expect(Math.min(...decoded.values)).toBe(0);
  });

  it("keeps quantiles over six decades, and the number of decimals", () => {
    const random = makeRandom(4);
    const values = Array.from({ length: ROWS }, () => Number((10 ** (1 + 1.2 * random.normal())).toFixed(4)));
    const column = numberColumn("tail", values, 4);
    const decoded = roundTrip(column);
    expect(quantile(column, 0.999) / quantile(column, 0.001)).toBeGreaterThan(1e6);
    for (const share of [0.001, 0.01, 0.1, 0.5, 0.9, 0.99, 0.999]) {
      const ratio = quantile(decoded, share) / quantile(column, share);
      expect(Math.abs(Math.log10(ratio)), String(share)).toBeLessThan(share < 0.01 || share > 0.99 ? 0.15 : 0.05);
    }
    expect(decoded.values.every((value) => Number(value.toFixed(4)) === value)).toBe(true);
  });
});
