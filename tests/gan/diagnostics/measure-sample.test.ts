import { describe, expect, it } from "vitest";
import { makeRandom, type RandomStream } from "../../../src/core/random.js";
import type { EncodedTable, Field } from "../../../src/encode/field.js";
import { makeSampleMeter } from "../../../src/gan/diagnostics/measure-sample.js";

const FIELDS: readonly Field[] = [
  { kind: "discrete", name: "mode", levels: 8 },
  { kind: "discrete", name: "shade", levels: 16 },
  { kind: "scalar", name: "place" },
];

/** Rows around `modes` of eight modes: the shade is one of the mode's two, the place near the mode's. */
function drawRows(rowCount: number, random: RandomStream, modes = 8): EncodedTable {
  const [mode, shade, place] = [new Uint8Array(rowCount), new Uint8Array(rowCount), new Float32Array(rowCount)];
  for (let row = 0; row < rowCount; row++) {
    mode[row] = random.integer(modes);
    shade[row] = 2 * mode[row]! + random.integer(2);
    place[row] = mode[row]! / 4 - 1 + random.normal() / 50;
  }
  return { rowCount, fields: [mode, shade, place] };
}

const random = makeRandom(1);
const train = drawRows(2000, random.fork("train"));
const validation = drawRows(600, random.fork("validation"));
const meter = makeSampleMeter({ fields: FIELDS, train, validation }, random.fork("meter"));

describe("measures of drawn rows", () => {
  it("are those of real rows where rows come from the same distribution", () => {
    const seen = meter.measure(drawRows(meter.rows, random.fork("drawn")));
    expect(meter.rows).toBe(1000);
    expect(seen.lostLevels).toBe(0);
    expect(seen.entropyRatio).toBeCloseTo(1, 1);
    expect(Math.abs(seen.shapeError - seen.shapeFloor)).toBeLessThan(0.02);
    expect(Math.abs(seen.pairError - seen.pairFloor)).toBeLessThan(0.03);
    // 1 - 2^-5 with as many rows on both sides (Naeem et al. 2020, eq. 7 for large samples).
    expect(seen.coverage).toBeGreaterThan(0.94);
    expect(seen.realCoverage).toBeGreaterThan(0.94);
    expect(Math.abs(seen.packedAuc - 0.5)).toBeLessThan(0.05);
    expect(Math.abs(seen.dcrShare - 0.5)).toBeLessThan(3 * seen.dcrShareError);
  });

  it("show half of the modes lost", () => {
    const seen = meter.measure(drawRows(meter.rows, random.fork("half"), 4));
    // Half of each field's codes; the scalar's are equally frequent bins.
    expect(seen.lostLevels).toBeGreaterThan(0.45);
    expect(seen.lostLevels).toBeLessThan(0.55);
    expect(seen.shapeError).toBeGreaterThan(0.45);
    // log 4 / log 8 where every mode is a class of its own; here some share one.
    expect(seen.entropyRatio).toBeLessThan(0.75);
    expect(seen.coverage).toBeLessThan(0.55);
    expect(seen.packedAuc).toBeGreaterThan(0.55);
  });

  it("show one row drawn again and again", () => {
    const one = drawRows(1, random.fork("one"));
    const fields = one.fields.map((data) => {
      const same = data instanceof Float32Array ? new Float32Array(1000) : new Uint8Array(1000);
      return same.fill(data[0]!);
    });
    const seen = meter.measure({ rowCount: 1000, fields });
    expect(seen.duplicateShare).toBe(1);
    expect(seen.entropyRatio).toBe(0);
    // One of 16 shades and places is what pairs of real rows share at most.
    expect(seen.packedAuc).toBeGreaterThan(0.95);
    expect(seen.coverage).toBeLessThan(0.1);
  });

  it("show training rows that were copied, and not new ones", () => {
    // As many rows as the probe has: every copy is one of them.
    const few = { fields: FIELDS, train: drawRows(300, random.fork("few")), validation };
    const own = makeSampleMeter(few, random.fork("own"));
    const copies = own.measure(few.train);
    expect(copies.dcrShare).toBeGreaterThan(0.9);
    expect(copies.dcrShare - 0.5).toBeGreaterThan(5 * copies.dcrShareError);
    const fresh = own.measure(drawRows(300, random.fork("fresh")));
    expect(Math.abs(fresh.dcrShare - 0.5)).toBeLessThan(3 * fresh.dcrShareError);
  });

  it("are the same for the same seed, and are there for tiny tables", () => {
    const again = makeSampleMeter({ fields: FIELDS, train, validation }, makeRandom(1).fork("meter"));
    const drawn = drawRows(1000, makeRandom(7));
    expect(again.measure(drawn)).toEqual(meter.measure(drawn));
    const tiny = { fields: FIELDS, train: drawRows(2, random), validation: drawRows(1, random) };
    const seen = makeSampleMeter(tiny, random).measure(drawRows(1, random));
    expect(Object.entries(seen).filter(([, value]) => Number.isNaN(value))).toEqual([]);
  });
});
