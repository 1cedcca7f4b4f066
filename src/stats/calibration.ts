import type { ScoreWithError } from "./macro-f1.js";
import { sortedOrder } from "./sorted-order.js";

/** Rows of similar prediction. */
export interface CalibrationGroup {
  /** Mean prediction. */
  readonly predicted: number;
  /** Share of rows in which it came true. */
  readonly observed: number;
  readonly n: number;
}

export interface Calibration {
  /** From the lowest prediction to the highest. */
  readonly groups: readonly CalibrationGroup[];
  /** Expected calibration error: mean over rows of |observed - predicted| of the row's group, in 0..1. */
  readonly error: ScoreWithError;
}

const GROUPS = 10;
/** Rows of a group at least: fewer say nothing about a share, and something about single rows. */
const MIN_GROUP_ROWS = 20;

/**
 * Do events predicted with probability p happen in p of the cases? Rows in ten groups of equal size by prediction, fewer
 * with fewer than 200 rows; equal predictions are not parted. Groups of equal size are less biased than those of equal
 * width (Roelofs et al. 2022, arXiv:2012.08668). The standard error takes the groups and the signs of their gaps as given.
 * @param predicted [rows], in 0..1
 * @param outcomes [rows], 0 or 1
 */
export function calibration(predicted: ArrayLike<number>, outcomes: ArrayLike<number>): Calibration {
  const rows = predicted.length;
  const order = sortedOrder(predicted);
  const size = rows / Math.min(GROUPS, Math.max(1, Math.floor(rows / MIN_GROUP_ROWS)));
  const groups: CalibrationGroup[] = [];
  let total = 0;
  let squares = 0;
  for (let start = 0; start < rows; ) {
    const end = groupEnd(predicted, order, start, size);
    const group = { predicted: 0, observed: 0, n: end - start };
    for (let i = start; i < end; i++) {
      const row = order[i]!;
      group.predicted += predicted[row]! / group.n;
      group.observed += outcomes[row]! / group.n;
      squares += (outcomes[row]! - predicted[row]!) ** 2;
    }
    total += group.n * Math.abs(group.observed - group.predicted);
    groups.push(group);
    start = end;
  }
  const value = total / rows;
  return { groups, error: { value, error: Math.sqrt(Math.max(0, squares / rows - value * value) / rows) } };
}

/** The next multiple of `size`, moved behind equal predictions; the end where less than half a group would be left. */
function groupEnd(predicted: ArrayLike<number>, order: Uint32Array, start: number, size: number): number {
  const rows = order.length;
  let end = Math.max(start + 1, Math.round((Math.floor(start / size + 0.5) + 1) * size));
  while (end < rows && predicted[order[end]!] === predicted[order[end - 1]!]) end++;
  return rows - end < size / 2 ? rows : end;
}
