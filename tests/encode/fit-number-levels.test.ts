import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { fitNumberLevels, type NumberLevel, type NumberLevelOptions } from "../../src/encode/fit-number-levels.js";

const OPTIONS: NumberLevelOptions = { minCategoryCount: 5, bins: 64, levelsPerNumber: 150, onLattice: true };

function repeated(counts: readonly (readonly [value: number, count: number])[]): Float64Array {
  return Float64Array.from(counts.flatMap(([value, count]) => new Array<number>(count).fill(value))).sort();
}

function ends(level: NumberLevel): [number, number] {
  return typeof level === "number" ? [level, level] : [level[0]!, level.at(-1)!];
}

describe("levels of a number", () => {
  it("are its values where few are distinct and all are frequent", () => {
    expect(
      fitNumberLevels(
        repeated([
          [0, 50],
          [3, 5],
          [7, 9],
        ]),
        OPTIONS,
      ),
    ).toEqual([0, 3, 7]);
  });

  it("merge neighbouring rare values into intervals of at least minCategoryCount rows", () => {
    // outer edges: cell walls around the means of the 4 outermost ranks, ties spread: 9.75 10.25 10.75 11.25 and 11.75 .. 13.25
    const levels = fitNumberLevels(
      repeated([
        [3, 9],
        [10, 2],
        [11, 2],
        [12, 2],
        [13, 2],
        [20, 6],
      ]),
      OPTIONS,
    );
    expect(levels).toEqual([3, [10.5, 13.5], 20]);
  });

  it("give a lone rare value between frequent ones no level", () => {
    expect(
      fitNumberLevels(
        repeated([
          [3, 9],
          [10, 4],
          [20, 6],
        ]),
        OPTIONS,
      ),
    ).toEqual([3, 20]);
  });

  it("do not exist where fewer than minCategoryCount rows have a number", () => {
    expect(fitNumberLevels(repeated([[3, 4]]), OPTIONS)).toEqual([]);
  });

  it("are spikes where values are heavier than half a bin, quantile bins elsewhere", () => {
    // 12,800 rows, half a bin is 100: 0 (1,000 rows) and 500 (101) are spikes, 600 (100) is not; 11,699 rows in 64 bins
    const rest = Array.from({ length: 11_599 }, (_, i) => (i < 5000 ? 1 + (i % 499) : 601 + (i % 9000)));
    const places = repeated([[0, 1000], [500, 101], [600, 100], ...rest.map((value) => [value, 1] as const)]);
    const levels = fitNumberLevels(places, OPTIONS);
    const values = levels.filter((level) => typeof level === "number");
    expect(values).toEqual([0, 500]);
    expect(levels.length - values.length).toBeGreaterThanOrEqual(62);
    expect(levels.length - values.length).toBeLessThanOrEqual(66);
  });

  it("are disjoint, ascending, and hold at least minCategoryCount rows each", () => {
    const property = fc.property(
      fc.array(fc.tuple(fc.integer({ min: -400, max: 400 }), fc.integer({ min: 1, max: 12 })), {
        minLength: 1,
        maxLength: 300,
        size: "max",
      }),
      fc.integer({ min: 0, max: 200 }),
      (counts, levelsPerNumber) => {
        const places = repeated(counts);
        const levels = fitNumberLevels(places, { ...OPTIONS, levelsPerNumber });
        const bounds = levels.map(ends);
        const rowsIn = bounds.map(([low, high]) => places.filter((place) => place >= low && place <= high).length);
        expect(bounds.every(([low], i) => i === 0 || low >= bounds[i - 1]![1])).toBe(true);
        expect(bounds.every(([low, high]) => low >= places[0]! - 0.5 && high <= places.at(-1)! + 0.5)).toBe(true);
        // edges of an interval that no other interval touches are blurred inwards: rows may lie beyond them
        const counted = rowsIn.filter((_, i) => {
          const touched = bounds[i - 1]?.[1] === bounds[i]![0] && bounds[i + 1]?.[0] === bounds[i]![1];
          return typeof levels[i] === "number" || touched;
        });
        expect(counted.every((rows) => rows >= OPTIONS.minCategoryCount)).toBe(true);
      },
    );
    fc.assert(property, { numRuns: 100 });
  });

  it("without a lattice have edges that are means of several rows", () => {
    const places = Float64Array.from({ length: 2000 }, (_, i) => Math.sqrt(i) + 1e-7 * i);
    const known = new Set(places);
    const levels = fitNumberLevels(places, { ...OPTIONS, onLattice: false });
    expect(levels).toHaveLength(64);
    for (const level of levels) {
      expect(Array.isArray(level)).toBe(true);
      for (const knot of level as number[]) expect(known.has(knot)).toBe(false);
    }
  });
});
