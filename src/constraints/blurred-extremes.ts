import { outputOf } from "../encode/column-output.js";
import type { DateColumn, NumberColumn } from "../table/column.js";
import { gridOf, roundToGrid } from "./grid.js";

/**
 * The means of a column's least and of its greatest values, so many as a value needs rows to be published (but never of more
 * than half of them), on the column's grid: no single row's value stands in what is published. [0, 0] where all are missing.
 */
export function blurredExtremes(column: NumberColumn | DateColumn, minCategoryCount: number): [number, number] {
  const sorted = column.values.filter((value) => !Number.isNaN(value)).sort();
  if (sorted.length === 0) return [0, 0];
  const window = Math.min(minCategoryCount, Math.ceil(sorted.length / 2));
  const grid = gridOf(outputOf(column));
  const mean = (part: Float64Array): number =>
    roundToGrid(
      grid,
      part.reduce((sum, value) => sum + value / part.length, 0),
    );
  return [mean(sorted.subarray(0, window)), mean(sorted.subarray(sorted.length - window))];
}

/** The mean of the values around the median, as many as a value needs rows to be published, on the column's grid. */
export function blurredMedian(column: NumberColumn | DateColumn, minCategoryCount: number): number | null {
  const sorted = column.values.filter((value) => !Number.isNaN(value)).sort();
  if (sorted.length === 0) return null;
  const from = Math.max(0, Math.floor((sorted.length - minCategoryCount) / 2));
  const part = sorted.subarray(from, from + minCategoryCount);
  return roundToGrid(
    gridOf(outputOf(column)),
    part.reduce((sum, value) => sum + value / part.length, 0),
  );
}
