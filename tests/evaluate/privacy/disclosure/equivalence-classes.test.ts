import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type CoarseColumn, coarsenColumn } from "../../../../src/evaluate/privacy/disclosure/coarse-column.js";
import {
  countByClass,
  groupByClass,
  makeClasses,
} from "../../../../src/evaluate/privacy/disclosure/equivalence-classes.js";
import { booleans, dates, numbers, texts } from "../tables.js";

const LEVELS = 1 << 20;
const cell = fc.oneof(fc.nat(2), fc.nat(LEVELS - 1));
const table = (width: number) => fc.array(fc.tuple(...Array.from({ length: width }, () => cell)), { maxLength: 30 });
const tables = fc
  .integer({ min: 1, max: 4 })
  .chain((width) => fc.tuple(fc.constant(width), table(width), table(width)));

function columnsOf(width: number, train: readonly number[][], synthetic: readonly number[][]): CoarseColumn[] {
  const take = (side: readonly number[][], at: number) => Int32Array.from(side, (row) => row[at]!);
  return Array.from({ length: width }, (_, at) => ({
    codes: { train: take(train, at), synthetic: take(synthetic, at) },
    levels: LEVELS,
  }));
}

describe("makeClasses", () => {
  it("puts two rows of any table into one class where all their codes are equal, and else into two", () => {
    fc.assert(
      fc.property(tables, ([width, train, synthetic]) => {
        const { of, count } = makeClasses(columnsOf(width, train, synthetic));
        const rows = [...train, ...synthetic].map((row) => row.join());
        const classes = [...of.train, ...of.synthetic];
        expect(new Set(rows.map((row, at) => `${row} ${classes[at]}`)).size).toBe(new Set(rows).size);
        expect(new Set(classes).size).toBe(new Set(rows).size);
        expect(Math.max(-1, ...classes)).toBeLessThan(count);
      }),
    );
  });

  it("counts and sorts rows by class, all or some of them", () => {
    const of = Int32Array.of(2, 0, 2, 3, 2);
    expect([...countByClass(of, 4)]).toEqual([1, 0, 3, 1]);
    const { starts, rows } = groupByClass(of, 4);
    expect([[...starts], [...rows]]).toEqual([
      [0, 1, 1, 4, 5],
      [1, 0, 2, 4, 3],
    ]);
    const some = groupByClass(of, 4, Uint32Array.of(4, 3));
    expect([[...some.starts], [...some.rows]]).toEqual([
      [0, 0, 0, 1, 2],
      [4, 3],
    ]);
  });
});

describe("coarsenColumn", () => {
  const range = (count: number) => Array.from({ length: count }, (_, i) => i);
  const coded = (column: CoarseColumn) => [...column.codes.train, ...column.codes.synthetic];

  it("takes categories by their spelling, missing as a value of its own", () => {
    const column = coarsenColumn({ train: texts("a", ["x", null, "y"]), synthetic: texts("a", ["y", "z", null]) }, 2);
    expect(coded(column)).toEqual([1, 0, 2, 2, 3, 0]);
    const answers = { train: booleans("b", [true, null]), synthetic: booleans("b", [false, true]) };
    expect(coded(coarsenColumn(answers, 2))).toEqual([2, 0, 1, 2]);
  });

  it("keeps numbers that have few real values, those of released rows too", () => {
    const column = coarsenColumn(
      { train: numbers("a", [5, 7, null]), synthetic: numbers("a", [7, 6, 6.5, null]), holdout: numbers("a", [5, 7]) },
      2,
    );
    expect(coded(column)).toEqual([0, 1, 2, 1, 3, 4, 2]);
    expect([...column.codes.holdout!]).toEqual([0, 1]);
  });

  it("puts numbers and dates of many real values into ten bins of equally many, missing apart", () => {
    for (const make of [numbers, dates]) {
      const column = coarsenColumn({ train: make("a", range(101)), synthetic: make("a", [null, -50, 9, 500]) }, 100);
      expect(column.levels).toBe(11);
      const counts = countByClass(column.codes.train, 11);
      expect(Math.max(...counts) - Math.min(...counts.subarray(0, 10))).toBeLessThanOrEqual(1);
      expect([...column.codes.synthetic]).toEqual([10, 0, 0, 9]);
    }
    expect(coarsenColumn({ train: numbers("a", range(100)), synthetic: numbers("a", [3]) }, 100).levels).toBe(100);
  });
});
