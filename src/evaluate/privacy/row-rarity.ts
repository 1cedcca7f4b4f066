import type { CodedTable } from "./coded-table.js";

/** How rare a row's values are together. */
export interface RowRarity {
  /** Sum over columns of -log of the share of real rows with the value, numbers in ten bins. [rows] */
  measure(table: CodedTable): Float64Array;
}

/** Bins of a number over the real range. Missing, and beyond the range, are bins of their own. */
const BINS = 10;

/** Counts the values of real rows: training and held-out. `numeric` says which columns are numbers or dates. */
export function fitRowRarity(real: readonly CodedTable[], numeric: readonly boolean[]): RowRarity {
  const rowCount = real.reduce((sum, table) => sum + table.rowCount, 0);
  const counts = numeric.map((isNumber, column) => {
    const counted = new Map<number, number>();
    for (const table of real) {
      for (let at = column; at < table.values.length; at += table.width) {
        const key = keyOf(table.values[at]!, isNumber);
        counted.set(key, (counted.get(key) ?? 0) + 1);
      }
    }
    return counted;
  });
  return {
    measure: ({ rowCount: rows, width, values }) =>
      Float64Array.from({ length: rows }, (_, row) => {
        let sum = 0;
        for (let column = 0; column < width; column++) {
          const key = keyOf(values[row * width + column]!, numeric[column]!);
          sum -= Math.log(Math.max(0.5, counts[column]!.get(key) ?? 0) / rowCount);
        }
        return sum;
      }),
  };
}

/** The largest real value, 1, is in the last bin. */
function keyOf(value: number, isNumber: boolean): number {
  return isNumber ? (value === 1 ? BINS - 1 : Math.floor(value * BINS)) : value;
}
