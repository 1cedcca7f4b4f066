import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { makeRandom } from "../../src/core/random.js";
import type { FieldData } from "../../src/encode/field.js";
import {
  decodeQuantileBins,
  encodeQuantileBins,
  fieldsOfQuantileBins,
  fitQuantileBins,
  type QuantileBinsEncoding,
  quantileBinsSchema,
} from "../../src/encode/quantile-bins.js";
import type { DateColumn, NumberColumn } from "../../src/table/column.js";
import { dateColumn, numberColumn } from "./columns.js";
import { kolmogorovSmirnov } from "./kolmogorov-smirnov.js";

const OPTIONS = { minCategoryCount: 5, bins: 64, levelsPerNumber: 150 };

function decode(encoding: QuantileBinsEncoding, codes: FieldData, seed = 1): Float64Array {
  return (decodeQuantileBins(encoding, codes, makeRandom(seed)) as NumberColumn | DateColumn).values;
}

function roundTrip(column: NumberColumn | DateColumn): Float64Array {
  const encoding = fitQuantileBins(column, false, OPTIONS);
  return decode(encoding, encodeQuantileBins(encoding, column));
}

describe("quantile bins", () => {
  it("decode every frequent value of a column with few values to itself, missing values too", () => {
    const values = Array.from({ length: 300 }, (_, i) => (i % 11 === 0 ? null : (i % 7) - 3));
    const column = numberColumn("n", values);
    expect(roundTrip(column)).toEqual(column.values);
    const encoding = fitQuantileBins(column, false, OPTIONS);
    expect(fieldsOfQuantileBins(encoding)).toEqual([{ kind: "discrete", name: "n", levels: 8, missingLevel: 7 }]);
  });

  it("keep spikes exactly and the rest within a KS distance of .3 % on 20,000 rows", () => {
    const random = makeRandom(3);
    const values = Array.from({ length: 20_000 }, (_, i) =>
      i % 3 === 0 ? 0 : Math.round(5000 * Math.exp(random.normal())),
    );
    const column = numberColumn("income", values);
    const decoded = roundTrip(column);
    expect(decoded.filter((value) => value === 0)).toHaveLength(values.filter((value) => value === 0).length);
    expect(kolmogorovSmirnov(column.values, decoded)).toBeLessThan(0.003);
    expect(decoded.every(Number.isInteger)).toBe(true);
  });

  it("cost a KS distance below .5 % with 12 bins too, sampling noise included", () => {
    const random = makeRandom(7);
    const column = numberColumn(
      "income",
      Float64Array.from({ length: 40_000 }, () => Math.round(5000 * Math.exp(random.normal()))),
    );
    const encoding = fitQuantileBins(column, false, { ...OPTIONS, bins: 12 });
    expect(encoding.levels.length).toBeLessThanOrEqual(13);
    expect(kolmogorovSmirnov(column.values, decode(encoding, encodeQuantileBins(encoding, column)))).toBeLessThan(
      0.005,
    );
  });

  it("keep the quantiles of a log-normal over six decades, on the log scale and in the tails", () => {
    const random = makeRandom(8);
    // +-3 sigma are six decades.
    const column = numberColumn(
      "x",
      Float64Array.from({ length: 30_000 }, () => Number((10 ** (3 + random.normal())).toFixed(3))),
      3,
    );
    const decoded = roundTrip(column).sort();
    const real = column.values.slice().sort();
    expect(kolmogorovSmirnov(real, decoded)).toBeLessThan(0.004);
    for (const share of [0.001, 0.01, 0.1, 0.25, 0.5, 0.75, 0.9, 0.99, 0.999]) {
      const at = Math.floor(share * real.length);
      // .02 in log10 is 5 %; the outermost bins hold 470 rows over a decade.
      expect(Math.abs(Math.log10(decoded[at]! / real[at]!)), String(share)).toBeLessThan(0.07);
    }
    expect(decoded[0]!).toBeGreaterThanOrEqual(real[0]!);
    expect(decoded.at(-1)!).toBeLessThanOrEqual(real.at(-1)!);
  });

  it("come back to the same level, whatever place within the bin is drawn", () => {
    const anyNumbers = fc.array(fc.integer({ min: -3000, max: 3000 }), { minLength: 1, maxLength: 900, size: "max" });
    const property = fc.property(anyNumbers, fc.integer({ min: 0, max: 2 }), fc.integer(), (whole, decimals, seed) => {
      const column = numberColumn(
        "n",
        whole.map((value) => value / 10 ** decimals),
        decimals,
      );
      const encoding = fitQuantileBins(column, false, { ...OPTIONS, levelsPerNumber: 20, bins: 16 });
      const codes = encodeQuantileBins(encoding, column);
      const decoded = numberColumn("n", decode(encoding, codes, seed >>> 0), decimals);
      expect(encodeQuantileBins(encoding, decoded)).toEqual(codes);
    });
    fc.assert(property);
  });

  it("never leave the range of the data", () => {
    fc.assert(
      fc.property(
        fc.array(fc.double({ noNaN: true, min: -1e6, max: 1e6 }), { minLength: 5, maxLength: 400, size: "max" }),
        (values) => {
          const column = numberColumn("n", values, 17);
          const decoded = roundTrip(column).filter((value) => !Number.isNaN(value));
          expect(Math.min(...decoded)).toBeGreaterThanOrEqual(Math.min(...values));
          expect(Math.max(...decoded)).toBeLessThanOrEqual(Math.max(...values));
        },
      ),
    );
  });

  it("put numbers out of range into the outer levels and missing values without a level into the most frequent one", () => {
    const column = numberColumn(
      "n",
      Array.from({ length: 2000 }, (_, i) => (i < 900 ? 700 : i)),
    );
    const encoding = fitQuantileBins(column, false, OPTIONS);
    const spike = encoding.levels.indexOf(700);
    expect(spike).toBeGreaterThanOrEqual(0);
    const codes = encodeQuantileBins(encoding, numberColumn("n", [-1e9, 1e9, null, 700]));
    expect([...codes]).toEqual([0, encoding.levels.length - 1, spike, spike]);
  });

  it("round dates to days and decode none that is no day", () => {
    const days = Array.from({ length: 3000 }, (_, i) =>
      new Date(Date.UTC(1900 + (i % 90), i % 12, 1 + (i % 28))).toISOString().slice(0, 10),
    );
    const column = dateColumn("born", [...days, null]);
    const encoding = fitQuantileBins(column, false, OPTIONS);
    const decoded = decodeQuantileBins(encoding, encodeQuantileBins(encoding, column), makeRandom(1)) as DateColumn;
    expect(decoded.kind).toBe("date");
    expect(decoded.format).toBe("YYYY-MM-DD");
    expect(decoded.values.at(-1)).toBeNaN();
    expect(decoded.values.slice(0, -1).every((value) => value % 86_400_000 === 0)).toBe(true);
    expect(kolmogorovSmirnov(column.values, decoded.values)).toBeLessThan(0.01);
  });

  it("keep decimals and the step of a column: quarters stay quarters", () => {
    const random = makeRandom(9);
    const column = numberColumn(
      "price",
      Array.from(
        { length: 4000 },
        () => Math.round(400 * random.uniform()) / 4 + 200 * Math.floor(3 * random.uniform()),
      ),
      2,
    );
    const encoding = fitQuantileBins(column, false, OPTIONS);
    expect(encoding.lattice).toEqual({ step: 25, divisor: 100 });
    expect(roundTrip(column).every((value) => Number.isInteger(value * 4))).toBe(true);
  });

  it("encode a column without any number as missing throughout", () => {
    const column = numberColumn("n", [null, null, null]);
    const encoding = fitQuantileBins(column, false, OPTIONS);
    expect(fieldsOfQuantileBins(encoding)).toEqual([{ kind: "discrete", name: "n", levels: 1, missingLevel: 0 }]);
    expect([...roundTrip(column)]).toEqual([Number.NaN, Number.NaN, Number.NaN]);
    expect([...encodeQuantileBins(encoding, numberColumn("n", [5]))]).toEqual([0]);
  });

  it("publish no value seen in fewer than minCategoryCount rows: 40 planted values are nowhere in the JSON", () => {
    const random = makeRandom(17);
    const planted = Array.from({ length: 40 }, () => 700_000 + random.integer(9_000_000));
    for (const rest of [8, 900]) {
      const common = Array.from({ length: 5000 }, (_, i) => (i % rest) * 13);
      const text = JSON.stringify(fitQuantileBins(numberColumn("n", [...common, ...planted]), false, OPTIONS));
      for (const value of planted) expect(text).not.toContain(String(value));
    }
  });

  it("are plain JSON that their schema accepts", () => {
    const encoding = fitQuantileBins(
      numberColumn(
        "n",
        Array.from({ length: 500 }, (_, i) => i ** 1.5),
        12,
      ),
      true,
      OPTIONS,
    );
    expect(quantileBinsSchema.parse(JSON.parse(JSON.stringify(encoding)))).toEqual(encoding);
  });
});
