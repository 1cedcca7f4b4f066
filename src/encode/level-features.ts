import { type ColumnEncoding, fieldsOfColumn } from "./column-encoding.js";
import type { NumberLevel } from "./fit-number-levels.js";
import { evaluateQuantileCurve } from "./quantile-curve.js";
import { fieldsOf, type TableEncoding } from "./table-encoding.js";

const COSINES = [1, 2, 3, 4, 6, 8, 12, 16, 24, 32];
const MIN_LEVELS = 4;
const MAX_DEVIATIONS = 5;

/** How many features a level has. */
export const PHI_WIDTH = 3 + COSINES.length;

/**
 * Smooth features of the levels of binned numbers, which say that one level is next to another. By field [levels, PHI_WIDTH],
 * row-major; undefined for categories, scalars and numbers with fewer than four levels. For a level's midpoint x and its
 * mid-cdf U a row is (2U - 1, standardised x clipped at +-5, asinh((x - median) / s) centred and scaled into [-1, 1],
 * cos(pi k U)), s the mean distance from the median; zeros for missing and copy levels.
 *
 * @param frequencies by field [levels]: how many training rows have the level
 */
export function levelFeatures(
  encoding: TableEncoding,
  frequencies: readonly (ArrayLike<number> | undefined)[],
): readonly (Float32Array | undefined)[] {
  const fields = fieldsOf(encoding);
  const features: (Float32Array | undefined)[] = [];
  for (const column of encoding.columns) {
    for (const levels of numberLevels(column)) {
      const field = fields[features.length];
      const counts = frequencies[features.length];
      const isNumber = levels !== undefined && counts !== undefined && field?.kind === "discrete";
      features.push(isNumber ? numberFeatures(levels, field.levels, counts) : undefined);
    }
  }
  return features;
}

/** The levels of each of a column's fields; undefined for those that are no binned number. */
function numberLevels(column: ColumnEncoding): (readonly NumberLevel[] | undefined)[] {
  switch (column.kind) {
    case "quantile-bins":
      return [column.levels];
    case "calendar":
      return [
        column.count.levels,
        ...(column.unit === "day" ? [] : [undefined]),
        ...(column.time ? [column.time.levels] : []),
      ];
    default:
      return fieldsOfColumn(column).map(() => undefined);
  }
}

function numberFeatures(
  levels: readonly NumberLevel[],
  allLevels: number,
  counts: ArrayLike<number>,
): Float32Array | undefined {
  if (levels.length < MIN_LEVELS) return undefined;
  const middles = levels.map((level) => (typeof level === "number" ? level : evaluateQuantileCurve(level, 0.5)));
  const total = sum(levels.map((_, level) => counts[level]!));
  const weights = levels.map((_, level) => (total > 0 ? counts[level]! / total : 1 / levels.length));
  const mean = average(middles, weights);
  const deviation =
    Math.sqrt(
      average(
        middles.map((x) => (x - mean) ** 2),
        weights,
      ),
    ) || 1;
  const places = midCdf(weights);
  const bent = bend(middles, weights, places);
  const features = new Float32Array(allLevels * PHI_WIDTH);
  for (const [level, x] of middles.entries()) {
    const standardised = Math.max(-MAX_DEVIATIONS, Math.min(MAX_DEVIATIONS, (x - mean) / deviation));
    const cosines = COSINES.map((k) => Math.cos(Math.PI * k * places[level]!));
    features.set([2 * places[level]! - 1, standardised, bent[level]!, ...cosines], level * PHI_WIDTH);
  }
  return features;
}

/** asinh of the distance from the median in units of the mean distance, centred, the farthest level at distance 1. */
function bend(middles: readonly number[], weights: readonly number[], places: readonly number[]): number[] {
  const median =
    middles[
      Math.max(
        0,
        places.findIndex((place) => place >= 0.5),
      )
    ]!;
  const spread =
    average(
      middles.map((x) => Math.abs(x - median)),
      weights,
    ) || 1;
  const bent = middles.map((x) => Math.asinh((x - median) / spread));
  const centre = average(bent, weights);
  const farthest = bent.reduce((most, x) => Math.max(most, Math.abs(x - centre)), 0) || 1;
  return bent.map((x) => (x - centre) / farthest);
}

/** Per level the share of rows below it and half of its own. */
function midCdf(weights: readonly number[]): number[] {
  let below = 0;
  return weights.map((weight) => {
    below += weight;
    return below - weight / 2;
  });
}

function average(values: readonly number[], weights: readonly number[]): number {
  return sum(values.map((value, i) => value * weights[i]!));
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
