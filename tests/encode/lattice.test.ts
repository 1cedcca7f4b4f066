import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { dateUnitMs } from "../../src/encode/date-unit.js";
import { fitLattice, fromLattice, toLattice } from "../../src/encode/lattice.js";

const number = (decimals: number) => ({ kind: "number", missingText: "", decimals }) as const;
const date = (format: string) => ({ kind: "date", missingText: "", format }) as const;

describe("the lattice of a column", () => {
  it("is whole numbers where all are whole, though they are written 71.0", () => {
    expect(fitLattice(Float64Array.of(71, 72, 80), number(1))).toEqual({ step: 1, divisor: 1 });
  });

  it("is as fine as the decimals that values use", () => {
    expect(fitLattice(Float64Array.of(0.25, 1.5, 1.1), number(4))).toEqual({ step: 1, divisor: 100 });
  });

  it("is a coarser round step where at least 20 distinct values lie on it", () => {
    const fifties = Float64Array.from({ length: 30 }, (_, i) => 2700 + 50 * i);
    expect(fitLattice(fifties, number(0))).toEqual({ step: 50, divisor: 1 });
    expect(fitLattice(fifties.subarray(0, 19), number(0))).toEqual({ step: 1, divisor: 1 });
  });

  it("does not exist for numbers of more digits than a double counts", () => {
    expect(fitLattice(Float64Array.of(Math.PI * 1e9, 1 / 3), number(17))).toBeNull();
    expect(toLattice(null, 0.3)).toBe(0.3);
    expect(fromLattice(null, 0.3)).toBe(0.3);
  });

  it("of dates is their format's unit, or whole days where times are all midnight", () => {
    const days = Float64Array.from({ length: 25 }, (_, i) => i * 86_400_000);
    expect(fitLattice(days, date("YYYY-MM-DD HH:mm:ss"))).toEqual({ step: 86_400_000, divisor: 1 });
    const odd = days.map((day, i) => day + i * 1000);
    expect(fitLattice(odd, date("YYYY-MM-DD HH:mm:ss.SSS"))).toEqual({ step: 1000, divisor: 1 });
    expect(fitLattice(odd, date("YYYY-MM-DDTHH:mm:ss.SSSSSS"))).toEqual({ step: 1, divisor: 1000 });
  });

  it("gives every value on it back exactly", () => {
    fc.assert(
      fc.property(fc.integer({ min: -1e9, max: 1e9 }), fc.integer({ min: 0, max: 6 }), (whole, decimals) => {
        const value = whole / 10 ** decimals;
        const lattice = fitLattice(Float64Array.of(value), number(decimals));
        expect(Number.isInteger(toLattice(lattice, value))).toBe(true);
        expect(fromLattice(lattice, toLattice(lattice, value))).toBe(value);
      }),
    );
  });
});

describe("the unit of a date format", () => {
  it.each([
    ["YYYY-MM-DD", 86_400_000],
    ["DD.MM.YYYY HH:mm", 60_000],
    ["MM/DD/YYYY hh:mm A", 60_000],
    ["YYYY-MM-DDTHH:mm:ssZ", 1000],
    ["YYYY-MM-DD HH:mm:ss.SS", 10],
    ["YYYY-MM-DD HH:mm:ss.SSSSSS", 0.001],
  ])("%s is %d ms", (format, unit) => {
    expect(dateUnitMs(format)).toBe(unit);
  });
});
