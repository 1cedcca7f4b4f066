import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { makeRandom } from "../../src/core/random.js";
import {
  decodeModeSpecific,
  encodeModeSpecific,
  fieldsOfModeSpecific,
  fitModeSpecific,
  modeSpecificSchema,
} from "../../src/encode/mode-specific.js";
import type { NumberColumn } from "../../src/table/column.js";
import { numberColumn } from "./columns.js";

const OPTIONS = { maxModes: 10, minCategoryCount: 5 };

/** 60 % around 0 (deviation 1), 40 % around 50 (deviation 2). */
function twoHumps(rows: number, decimals: number): NumberColumn {
  const random = makeRandom(5);
  const draw = () => (random.uniform() < 0.6 ? random.normal() : 50 + 2 * random.normal());
  return numberColumn(
    "x",
    Array.from({ length: rows }, () => Math.round(draw() * 10 ** decimals) / 10 ** decimals),
    decimals,
  );
}

function roundTrip(column: NumberColumn): NumberColumn {
  const encoding = fitModeSpecific(column, false, OPTIONS, makeRandom(1));
  const [codes, scalars] = encodeModeSpecific(encoding, column, makeRandom(2));
  return decodeModeSpecific(encoding, codes, scalars) as NumberColumn;
}

describe("mode-specific normalization", () => {
  it("finds modes on both humps and puts each row into a mode of its hump", () => {
    const column = twoHumps(4000, 3);
    const encoding = fitModeSpecific(column, false, OPTIONS, makeRandom(1));
    const [codes, scalars] = encodeModeSpecific(encoding, column, makeRandom(2));
    for (let row = 0; row < codes.length; row++) {
      const mode = encoding.modes[codes[row]!]!;
      if (mode.deviation < 10) expect(mode.mean > 25).toBe(column.values[row]! > 25);
      expect(Math.abs(scalars[row]!)).toBeLessThanOrEqual(0.99 + 1e-6);
    }
    const narrow = encoding.modes.filter((mode) => mode.deviation < 10);
    expect(narrow.some((mode) => Math.abs(mode.mean) < 3)).toBe(true);
    expect(narrow.some((mode) => Math.abs(mode.mean - 50) < 3)).toBe(true);
  });

  it("is a field of modes, the missing one last, and a scalar", () => {
    const encoding = fitModeSpecific(
      numberColumn("x", [...twoHumps(500, 1).values, null]),
      false,
      OPTIONS,
      makeRandom(1),
    );
    const levels = encoding.modes.length + 1;
    expect(fieldsOfModeSpecific(encoding)).toEqual([
      { kind: "discrete", name: "x", levels, missingLevel: levels - 1 },
      { kind: "scalar", name: "x within its mode" },
    ]);
  });

  it("decodes to the same number on the lattice but for the blurred extremes", () => {
    const column = twoHumps(2000, 2);
    const decoded = roundTrip(column);
    let changed = 0;
    for (let row = 0; row < 2000; row++) if (Math.abs(decoded.values[row]! - column.values[row]!) > 1e-9) changed++;
    // at most 5 rows at each end lie beyond the mean of the outermost 5
    expect(changed).toBeLessThanOrEqual(10);
  });

  it("keeps missing values missing and stays within the data's range", () => {
    const arbitrary = fc.array(fc.option(fc.integer({ min: -9999, max: 9999 })), { minLength: 12, maxLength: 60 });
    const property = fc.property(arbitrary, (values) => {
      const present = values.filter((value) => value !== null);
      fc.pre(present.length >= OPTIONS.minCategoryCount);
      const decoded = roundTrip(numberColumn("x", values)).values;
      expect([...decoded].map(Number.isNaN)).toEqual(values.map((value) => value === null));
      const numbers = decoded.filter((value) => !Number.isNaN(value));
      expect(Math.min(...numbers)).toBeGreaterThanOrEqual(Math.min(...present));
      expect(Math.max(...numbers)).toBeLessThanOrEqual(Math.max(...present));
    });
    fc.assert(property, { numRuns: 50 });
  });

  it("does not depend on the unit: metres and kilometres give the same modes", () => {
    const metres = twoHumps(1500, 2);
    const kilometres = { ...metres, values: metres.values.map((value) => value / 1000), format: { decimals: 5 } };
    const one = fitModeSpecific(metres, false, OPTIONS, makeRandom(1)).modes;
    const other = fitModeSpecific(kilometres, false, OPTIONS, makeRandom(1)).modes;
    expect(other).toHaveLength(one.length);
    for (const [k, mode] of other.entries()) expect(mode.mean * 1000).toBeCloseTo(one[k]!.mean, 6);
  });

  it("draws the rows it fits on from the seed where there are more than 10,000", () => {
    const column = twoHumps(12_000, 2);
    const encoding = fitModeSpecific(column, false, OPTIONS, makeRandom(1));
    expect(fitModeSpecific(column, false, OPTIONS, makeRandom(1))).toEqual(encoding);
    expect(fitModeSpecific(column, false, OPTIONS, makeRandom(2))).not.toEqual(encoding);
  });

  it("keeps modes of a weight over .005 only: of 10 fitted, 2 are left on two clean humps", () => {
    const lower = Array.from({ length: 200 }, (_, i) => -3 + 0.5 * Math.sin(i * 1.7));
    const upper = Array.from({ length: 100 }, (_, i) => 2 + 1.5 * Math.cos(i * 0.9));
    const encoding = fitModeSpecific(numberColumn("x", [...lower, ...upper], 17), false, OPTIONS, makeRandom(1));
    expect(encoding.modes).toHaveLength(2);
    expect(encoding.modes[0]!.mean).toBeCloseTo(-2.99, 1);
    expect(encoding.modes[1]!.mean).toBeCloseTo(2, 1);
  });

  it("keeps no mode that stands for fewer than minCategoryCount rows, however far off", () => {
    const column = numberColumn("x", [
      ...Array.from({ length: 100 }, (_, i) => i % 10),
      ...Array.from({ length: 8 }, (_, i) => 5000 + i),
    ]);
    const modesFrom = (minCategoryCount: number) =>
      fitModeSpecific(column, false, { ...OPTIONS, minCategoryCount }, makeRandom(1)).modes.map((mode) => mode.mean);
    expect(modesFrom(1).some((mean) => mean > 3000)).toBe(true);
    expect(modesFrom(15).every((mean) => mean < 3000)).toBe(true);
  });

  it("publishes no mode of fewer than minCategoryCount rows: an outlier is nowhere in the JSON", () => {
    const outlier = 98_765.4321;
    const column = numberColumn("x", [...twoHumps(300, 2).values, outlier], 4);
    const encoding = fitModeSpecific(column, false, OPTIONS, makeRandom(1));
    expect(JSON.stringify(encoding)).not.toContain("98765.4");
    expect(encoding.modes.every((mode) => Math.abs(mode.mean - outlier) > 1000)).toBe(true);
  });

  it("encodes everything as missing where fewer than minCategoryCount rows have a number", () => {
    const column = numberColumn("x", [4711, 4712, null, 4713]);
    const encoding = fitModeSpecific(column, false, OPTIONS, makeRandom(1));
    expect(encoding.modes).toEqual([]);
    expect(JSON.stringify(encoding)).not.toContain("471");
    expect([...encodeModeSpecific(encoding, column, makeRandom(1))[0]]).toEqual([0, 0, 0, 0]);
    expect(fieldsOfModeSpecific(encoding)[0]).toEqual({ kind: "discrete", name: "x", levels: 1, missingLevel: 0 });
  });

  it("survives a column with one value", () => {
    const column = numberColumn("x", new Array<number>(50).fill(7));
    expect([...roundTrip(column).values]).toEqual(new Array(50).fill(7));
  });

  it("is plain JSON that its schema accepts", () => {
    const encoding = fitModeSpecific(twoHumps(300, 2), true, OPTIONS, makeRandom(1));
    expect(modeSpecificSchema.parse(JSON.parse(JSON.stringify(encoding)))).toEqual(encoding);
  });
});
