import type { ScoredValues } from "../scored-table.js";

/** How numbers are cut for ContingencySimilarity. */
export type PairBins =
  /** 10 equal-width bins on the real column's edges, the outer ones open; missing is a code of its own. */
  | "real-edges"
  /** As SDMetrics' quality report: each side on its own range, the maximum in a bin of its own, together with missing. */
  | "sdmetrics";

/** A column as small codes, missing included. */
export interface PairCodes {
  /** [rows], 0..levels-1 */
  readonly codes: Int32Array;
  readonly levels: number;
}

const BINS = 10;

/** Codes of a column for contingency tables. `real` is the training table's column, whose edges count. */
export function pairCodes(column: ScoredValues, real: ScoredValues, bins: PairBins): PairCodes {
  if (column.kind === "category") {
    return { codes: column.codes.map((code) => (code < 0 ? column.levels : code)), levels: column.levels + 1 };
  }
  if (bins === "sdmetrics") return sdmetricsCodes(column.values);
  const edges = equalWidthEdges(real.kind === "number" ? real.values : column.values);
  const inner = edges.subarray(1, BINS);
  return { codes: Int32Array.from(column.values, (value) => digitize(inner, value, BINS)), levels: BINS + 1 };
}

/** numpy.digitize on the column's own edges: values under the maximum in 0..9, the maximum and missing in 10. */
function sdmetricsCodes(values: Float64Array): PairCodes {
  const edges = equalWidthEdges(values);
  return {
    codes: Int32Array.from(values, (value) => Math.max(0, digitize(edges, value, BINS + 1) - 1)),
    levels: BINS + 1,
  };
}

/** How many edges are at most `value`; `missing` for NaN. */
function digitize(edges: Float64Array, value: number, missing: number): number {
  if (Number.isNaN(value)) return missing;
  let count = 0;
  while (count < edges.length && edges[count]! <= value) count++;
  return count;
}

/** 11 edges from the smallest to the largest value; one distinct value has a range of 1 around it (numpy.histogram_bin_edges). */
function equalWidthEdges(values: Float64Array): Float64Array {
  let low = Number.POSITIVE_INFINITY;
  let high = Number.NEGATIVE_INFINITY;
  for (const value of values) {
    if (value < low) low = value;
    if (value > high) high = value;
  }
  if (low > high) return Float64Array.from({ length: BINS + 1 }, (_, i) => i / BINS);
  const [first, last] = low === high ? [low - 0.5, high + 0.5] : [low, high];
  const step = (last - first) / BINS;
  return Float64Array.from({ length: BINS + 1 }, (_, i) => (i === BINS ? last : first + i * step));
}
