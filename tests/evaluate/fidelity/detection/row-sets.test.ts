import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  countBoth,
  everyRow,
  type GroupedRows,
  intersect,
  rowsInRange,
  subtract,
} from "../../../../src/evaluate/fidelity/detection/row-sets.js";

describe("row sets", () => {
  it("count the rows of each side that a loop counts, however many rows the sides have", () => {
    const codes = fc.array(fc.integer({ min: 0, max: 4 }), { maxLength: 150 });
    fc.assert(
      fc.property(codes, fc.double({ min: 0, max: 1, noNaN: true }), (list, share) => {
        const realRows = Math.round(list.length * share);
        const rows: GroupedRows = {
          codes: [Uint8Array.from(list), Uint8Array.from(list, (code) => (code * 3) % 5)],
          realRows,
          syntheticRows: list.length - realRows,
        };
        const a = rowsInRange(rows, { column: 0, first: 1, last: 3 });
        const b = rowsInRange(rows, { column: 1, first: 0, last: 2 });
        const isA = (row: number) => list[row]! >= 1 && list[row]! <= 3;
        const isB = (row: number) => (list[row]! * 3) % 5 <= 2;
        const count = (holds: (row: number) => boolean) => {
          const kept = [...list.keys()].filter(holds);
          const real = kept.filter((row) => row < realRows).length;
          return { real, synthetic: kept.length - real };
        };
        const all = everyRow(rows);
        expect(countBoth(rows, all, all)).toEqual(count(() => true));
        expect(countBoth(rows, a, b)).toEqual(count((row) => isA(row) && isB(row)));
        expect(countBoth(rows, intersect(a, b), all)).toEqual(count((row) => isA(row) && isB(row)));
        expect(countBoth(rows, subtract(all, a), b)).toEqual(count((row) => !isA(row) && isB(row)));
      }),
    );
  });
});
