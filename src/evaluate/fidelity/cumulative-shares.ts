import { quantiles } from "../../stats/quantiles.js";
import { countAtMost } from "../../stats/sorted-search.js";
import type { ColumnScore } from "../report-schema.js";
import type { ScoredColumn } from "../scored-table.js";
import { middleRange } from "./middle-range.js";
import { roundStep, roundTo } from "./round-step.js";

/** With fewer known training values there is no curve: its ends would be single rows' values. */
const MIN_VALUES = 50;
/** Inner points at equal distances, and as many more at equal shares of the training values. */
const POINTS = 29;
/** Inner points are rounded to steps of this share of the range: finer than a screen shows, coarser than a row's own value. */
const STEP = 1 / 500;

/** Shares have six decimals: a report of many columns holds many of them. */
const DIGITS = 1e6;

/** The known values of a column of numbers on each side, ascending. */
export interface SortedSides {
  readonly train: Float64Array;
  readonly synthetic: Float64Array;
  readonly holdout: Float64Array | undefined;
}

/**
 * Shares of known values up to each of at most 60 points over the middle 99 % of the training values, half of them spread
 * evenly over the range and half over the rows. Undefined with fewer than 50 known training values, where nearly all of
 * them are equal, or where the synthetic side has none; without held-out values no holdout.
 */
export function cumulativeShares(column: ScoredColumn, sides: SortedSides): ColumnScore["cumulative"] {
  const { train, synthetic, holdout } = sides;
  if (train.length < MIN_VALUES || synthetic.length === 0) return undefined;
  const at = pointsOf(column, train);
  if (at.length < 2) return undefined;
  const sharesOf = (sorted: Float64Array): number[] =>
    at.map((point) => Math.round((DIGITS * countAtMost(sorted, point)) / sorted.length) / DIGITS);
  return {
    labels: at.map(column.write),
    at,
    real: sharesOf(train),
    synthetic: sharesOf(synthetic),
    ...(holdout === undefined || holdout.length === 0 ? {} : { holdout: sharesOf(holdout) }),
  };
}

/** Ascending, no two alike. */
function pointsOf(column: ScoredColumn, train: Float64Array): number[] {
  const { low, high } = middleRange(train);
  const inner = Array.from({ length: POINTS }, (_, i) => (i + 1) / (POINTS + 1));
  const step = roundStep(column, (high - low) * STEP) ?? column.unit;
  const rounded = [...inner.map((share) => low + share * (high - low)), ...quantiles(train, inner)]
    .map((point) => roundTo(point, step, Math.floor))
    .filter((point) => point > low && point < high);
  return [...new Set([low, ...rounded, high])].sort((a, b) => a - b);
}
