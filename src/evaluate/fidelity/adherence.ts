import { wilsonInterval } from "../../stats/wilson-interval.js";
import { makeFigure, unavailable } from "../figure.js";
import type { Figure } from "../report-schema.js";
import type { ScoredTables, ScoredValues } from "../scored-table.js";
import { countKnown } from "./missing-difference.js";
import type { Samples } from "./samples.js";

/**
 * Share of a column's values that the training column allows, with Wilson's interval: BoundaryAdherence of numbers and
 * dates, CategoryAdherence of categories (SDMetrics' definitions). Held-out rows do not reach 1 either: see the ceiling.
 */
export function adherenceFigure(tables: ScoredTables, samples: Samples, at: number): Figure {
  const synthetic = tables.synthetic.columns[at]!;
  const value = adherence(tables.train.columns[at]!, synthetic);
  if (Number.isNaN(value)) return unavailable("a side has no known value");
  const n = countedRows(tables.train.columns[at]!, synthetic);
  const shareOf = (sample: number | undefined): number | undefined => {
    if (sample === undefined) return undefined;
    const { table, reference } = samples.all[sample]!;
    return adherence(reference.columns[at]!, table.columns[at]!);
  };
  const halved = samples.matched !== undefined && samples.all[samples.matched]!.reference !== tables.train;
  // A share of rows is the same for few and for many of them, so that only another reference needs a score beside it.
  const parts = { n, ceiling: shareOf(samples.ceiling), matched: halved ? shareOf(samples.matched) : undefined };
  return { ...makeFigure(value, parts), ...shareInterval(value, n) };
}

/** Wilson's interval of a share of `rows` rows, widened to hold the share itself, which rounding may put outside. */
export function shareInterval(share: number, rows: number): { readonly low: number; readonly high: number } {
  const { low, high } = wilsonInterval(share * rows, rows);
  return { low: Math.min(low, share), high: Math.max(high, share) };
}

/**
 * Numbers: share within the real column's smallest and largest value. Categories: share that the real column has too.
 * Missing values are allowed where the real column has some: numbers leave them out then, categories count them as allowed.
 * In 0..1; NaN where a side has no known value.
 */
export function adherence(real: ScoredValues, sample: ScoredValues): number {
  if (countKnown(real) === 0 || countKnown(sample) === 0) return Number.NaN;
  const rows = countedRows(real, sample);
  if (real.kind === "number" && sample.kind === "number") return countWithin(real.values, sample.values) / rows;
  if (real.kind === "category" && sample.kind === "category") return countSeen(real.codes, sample.codes) / rows;
  return Number.NaN;
}

function countedRows(real: ScoredValues, sample: ScoredValues): number {
  if (sample.kind === "category") return sample.codes.length;
  const mayMiss = real.kind === "number" && real.values.some(Number.isNaN);
  return mayMiss ? countKnown(sample) : sample.values.length;
}

function countWithin(real: Float64Array, sample: Float64Array): number {
  let low = Number.POSITIVE_INFINITY;
  let high = Number.NEGATIVE_INFINITY;
  for (const value of real) {
    if (value < low) low = value;
    if (value > high) high = value;
  }
  let inside = 0;
  for (const value of sample) if (value >= low && value <= high) inside++;
  return inside;
}

function countSeen(real: Int32Array, sample: Int32Array): number {
  const seen = new Set(real);
  let inside = 0;
  for (const code of sample) if (seen.has(code)) inside++;
  return inside;
}
