import { mapToBytes } from "../../stats/map-to-bytes.js";
import { countAtMost } from "../../stats/sorted-search.js";
import type { ScoredValues } from "../scored-table.js";
import type { Codes } from "./joint-counts.js";

/** How numbers are cut for ContingencySimilarity. */
export type PairBins =
  /** 10 equal-width bins on the real column's edges, the outer ones open; missing is a code of its own. */
  | "real-edges"
  /** As SDMetrics' quality report: each side on its own range, the maximum in a bin of its own, together with missing. */
  | "sdmetrics";

/** A column as small codes, missing included. */
export interface PairCodes {
  /** [rows], 0..levels-1 */
  readonly codes: Codes;
  readonly levels: number;
}

const BINS = 10;

/** Codes of a column for contingency tables. `real` is the training table's column, whose edges count. */
export function pairCodes(column: ScoredValues, real: ScoredValues, bins: PairBins): PairCodes {
  if (column.kind === "category") {
    const { levels } = column;
    const codes = makeCodes(column.codes.length, levels + 1);
    for (let row = 0; row < codes.length; row++) codes[row] = column.codes[row]! < 0 ? levels : column.codes[row]!;
    return { codes, levels: levels + 1 };
  }
  if (bins === "sdmetrics") return sdmetricsCodes(column.values);
  const edges = equalWidthEdges(real.kind === "number" ? real.values : column.values);
  const inner = edges.subarray(1, BINS);
  return { codes: mapToBytes(column.values, (value) => digitize(inner, value, BINS)), levels: BINS + 1 };
}

/** Room for codes below `levels`. */
function makeCodes(rows: number, levels: number): Codes {
  return levels <= 1 << 8 ? new Uint8Array(rows) : levels <= 1 << 16 ? new Uint16Array(rows) : new Int32Array(rows);
}

/** numpy.digitize on the column's own edges: values under the maximum in 0..9, the maximum and missing in 10. */
function sdmetricsCodes(values: Float64Array): PairCodes {
  const edges = equalWidthEdges(values);
  return {
    codes: mapToBytes(values, (value) => Math.max(0, digitize(edges, value, BINS + 1) - 1)),
    levels: BINS + 1,
  };
}

/** How many edges are at most `value`; `missing` for NaN. */
function digitize(edges: Float64Array, value: number, missing: number): number {
  return Number.isNaN(value) ? missing : countAtMost(edges, value);
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
