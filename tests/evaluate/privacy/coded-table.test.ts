import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { codeTable, gowerDistance } from "../../../src/evaluate/privacy/coded-table.js";
import { fitGowerSpace } from "../../../src/evaluate/privacy/gower-space.js";
import { makeTable, type Table } from "../../../src/table/table.js";
import { booleans, dates, numbers, texts } from "./tables.js";

function distanceOf(real: Table, i: number, synthetic: Table, j: number, holdout?: Table): number {
  const columns = real.columns.map((column) => column.name);
  const space = fitGowerSpace({ train: real, synthetic, ...(holdout === undefined ? {} : { holdout }) }, columns);
  return gowerDistance(codeTable(space, real), i, codeTable(space, synthetic), j);
}

describe("Gower's distance", () => {
  const train = makeTable([
    numbers("age", [20, 60, 40, null]),
    texts("city", ["Bonn", "Rome", "Bonn", null]),
    booleans("member", [true, false, null, true]),
    dates("joined", [0, 1000, 250, null]),
  ]);

  it("equals the mean worked out by hand", () => {
    // age |20-60|/40 = 1, city differs 1, member differs 1, joined 1000/1000 = 1
    expect(distanceOf(train, 0, train, 1)).toBe(1);
    // age 20/40, city same, member null against true 1, joined 250/1000: (.5 + 0 + 1 + .25) / 4
    expect(distanceOf(train, 0, train, 2)).toBeCloseTo(1.75 / 4, 15);
    // age null 1, city null 1, member same, joined null 1
    expect(distanceOf(train, 0, train, 3)).toBe(0.75);
    // age null 1, city null 1, member null against true 1, joined null 1
    expect(distanceOf(train, 2, train, 3)).toBe(1);
  });

  it("is 0 where both are missing", () => {
    expect(distanceOf(train, 3, train, 3)).toBe(0);
  });

  it("takes the range over training and held-out rows", () => {
    const real = makeTable([numbers("x", [0, 10])]);
    expect(distanceOf(real, 0, real, 1)).toBe(1);
    expect(distanceOf(real, 0, real, 1, makeTable([numbers("x", [-10, 30])]))).toBe(0.25);
  });

  it("caps a number far outside the real range at 1", () => {
    const real = makeTable([numbers("x", [0, 10]), numbers("y", [0, 0])]);
    const far = makeTable([numbers("x", [1e9, -1e9, 15, -4]), numbers("y", [0, 0, 0, 0])]);
    expect(distanceOf(real, 0, far, 0)).toBe(0.5);
    expect(distanceOf(real, 1, far, 1)).toBe(0.5);
    const halfAway = makeTable([numbers("x", [10, 0]), numbers("y", [0, 0])]);
    expect(distanceOf(halfAway, 0, far, 2)).toBeCloseTo(0.25, 15);
    expect(distanceOf(halfAway, 1, far, 3)).toBeCloseTo(0.2, 15);
  });

  it("calls any other number than a constant's 1 away", () => {
    const constant = makeTable([numbers("x", [5, 5])]);
    expect(distanceOf(constant, 0, makeTable([numbers("x", [5])]), 0)).toBe(0);
    expect(distanceOf(constant, 0, makeTable([numbers("x", [5.001])]), 0)).toBe(1);
    expect(distanceOf(constant, 0, makeTable([numbers("x", [4.9])]), 0)).toBe(1);
  });

  it("compares categories by spelling, whatever their codes, and unknown ones as different", () => {
    const real = makeTable([texts("city", ["Bonn", "Rome"])]);
    const synthetic = makeTable([texts("city", ["Rome", "Oslo", "Bonn"])]);
    expect(distanceOf(real, 1, synthetic, 0)).toBe(0);
    expect(distanceOf(real, 0, synthetic, 0)).toBe(1);
    expect(distanceOf(real, 0, synthetic, 1)).toBe(1);
    expect(distanceOf(real, 1, synthetic, 1)).toBe(1);
  });

  it("is symmetric, within 0..1, 0 only for equal rows, and obeys the triangle inequality", () => {
    const cell = fc.tuple(
      fc.option(fc.integer({ min: -5, max: 5 })),
      fc.option(fc.constantFrom("a", "b", "c")),
      fc.option(fc.boolean()),
    );
    fc.assert(
      fc.property(fc.array(cell, { minLength: 3, maxLength: 6 }), (rows) => {
        const table = makeTable([
          numbers(
            "n",
            rows.map((row) => row[0]),
          ),
          texts(
            "t",
            rows.map((row) => row[1]),
          ),
          booleans(
            "b",
            rows.map((row) => row[2]),
          ),
        ]);
        const coded = codeTable(fitGowerSpace({ train: table, synthetic: table }, ["n", "t", "b"]), table);
        for (let i = 0; i < rows.length; i++) {
          for (let j = 0; j < rows.length; j++) {
            const distance = gowerDistance(coded, i, coded, j);
            expect(distance).toBe(gowerDistance(coded, j, coded, i));
            expect(distance).toBeGreaterThanOrEqual(0);
            expect(distance).toBeLessThanOrEqual(1);
            expect(distance === 0).toBe(JSON.stringify(rows[i]) === JSON.stringify(rows[j]));
            expect(distance).toBeLessThanOrEqual(
              gowerDistance(coded, i, coded, 0) + gowerDistance(coded, 0, coded, j) + 1e-12,
            );
          }
        }
      }),
    );
  });
});

describe("the space of the distance", () => {
  const table = makeTable([numbers("x", [1])]);

  it("names the column that a table lacks", () => {
    expect(() => fitGowerSpace({ train: table, synthetic: table }, ["y"])).toThrow(/no column "y"/);
  });

  it("refuses a column of two kinds", () => {
    expect(() => fitGowerSpace({ train: table, synthetic: makeTable([texts("x", ["1"])]) }, ["x"])).toThrow(
      /"x" is number in one table and text in another/,
    );
  });
});
