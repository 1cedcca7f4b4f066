import type { CodedTable } from "./coded-table.js";

/** How rare a row's values are together. */
export interface RowRarity {
  /** Sum over columns of -log of the share of real rows with the value, numbers in ten bins. [rows] */
  measure(table: CodedTable): Float64Array;
}

/** Bins of a number over the real range. Missing, and beyond the range, are bins of their own. */
const BINS = 10;
/** The least key is that of a number far below the real range, kept at -1. */
const LEAST_KEY = -BINS;

/** Counts the values of real rows: training and held-out. `numeric` says which columns are numbers or dates. */
export function fitRowRarity(real: readonly CodedTable[], numeric: readonly boolean[]): RowRarity {
  const rowCount = real.reduce((sum, table) => sum + table.rowCount, 0);
  const unseen = -Math.log(0.5 / rowCount);
  const surprises = numeric.map((isNumber, column) =>
    Float64Array.from(countKeys(real, column, isNumber), (count) => -Math.log(Math.max(0.5, count) / rowCount)),
  );
  return {
    measure: ({ rowCount: rows, width, values }) => {
      const sums = new Float64Array(rows);
      for (let row = 0, at = 0; row < rows; row++) {
        for (let column = 0; column < width; column++, at++) {
          sums[row]! += surprises[column]![keyOf(values[at]!, numeric[column]!)] ?? unseen;
        }
      }
      return sums;
    },
  };
}

/** Real rows of each key up to the greatest that one has. */
function countKeys(real: readonly CodedTable[], column: number, isNumber: boolean): number[] {
  const counts: number[] = [];
  for (const { values, width } of real) {
    for (let at = column; at < values.length; at += width) {
      const key = keyOf(values[at]!, isNumber);
      while (counts.length <= key) counts.push(0);
      counts[key] = counts[key]! + 1;
    }
  }
  return counts;
}

/** A whole number from 0: a number's bin, the largest real value, 1, in the last one, or a category. */
function keyOf(value: number, isNumber: boolean): number {
  const key = isNumber ? (value === 1 ? BINS - 1 : Math.floor(value * BINS)) : value;
  return key - LEAST_KEY;
}
