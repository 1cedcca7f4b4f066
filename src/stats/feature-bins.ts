import { countBelow } from "./sorted-search.js";

/** One input of the booster: numbers (NaN is missing) or codes of categories (-1 is missing). */
export type BoosterFeature =
  | {
      readonly kind: "number";
      /** [rows] */
      readonly values: ArrayLike<number>;
    }
  | {
      readonly kind: "category";
      /** [rows], in -1..levels-1 */
      readonly codes: ArrayLike<number>;
      readonly levels: number;
    };

interface Bins {
  /**
   * Bins 0..binCount-1 hold values, at most 255; bin `binCount` holds missing values, categories too rare for a bin and
   * categories never seen in fitting.
   */
  readonly binCount: number;
}

/**
 * How one feature becomes bins. Numbers: bin i holds edges[i-1] < x <= edges[i]. Categories: a bin a level, by
 * `binOfLevel`; the 255 most frequent ones have one, the others share the missing bin.
 */
export type FeatureBins =
  | (Bins & { readonly kind: "number"; readonly edges: Float64Array })
  | (Bins & { readonly kind: "category"; readonly binOfLevel: Uint8Array });

/** Rows that quantile edges are computed on, at most (scikit-learn uses as many). */
const EDGE_ROWS = 200_000;

/** Bins of a feature, at most `maxBins` (2..255) beside the missing bin; looks at the feature only, never at a target. */
export function fitFeatureBins(feature: BoosterFeature, maxBins: number): FeatureBins {
  if (feature.kind === "number") {
    const edges = numberEdges(feature.values, maxBins);
    return { kind: "number", edges, binCount: edges.length + 1 };
  }
  return categoryBins(feature.codes, feature.levels, maxBins);
}

/** The feature's rows as bins, [rows]. */
export function binFeature(bins: FeatureBins, feature: BoosterFeature): Uint8Array {
  if (bins.kind === "number" && feature.kind === "number") return binNumbers(bins.edges, feature.values);
  if (bins.kind === "category" && feature.kind === "category")
    return binCategories(bins.binOfLevel, bins.binCount, feature.codes);
  throw new TypeError(`a feature fitted as ${bins.kind} is given as ${feature.kind}`);
}

function binNumbers(edges: Float64Array, values: ArrayLike<number>): Uint8Array {
  const out = new Uint8Array(values.length);
  const missing = edges.length + 1;
  for (let row = 0; row < out.length; row++) {
    const value = values[row]!;
    out[row] = Number.isNaN(value) ? missing : countBelow(edges, value);
  }
  return out;
}

function binCategories(binOfLevel: Uint8Array, missing: number, codes: ArrayLike<number>): Uint8Array {
  const out = new Uint8Array(codes.length);
  for (let row = 0; row < out.length; row++) {
    const code = codes[row]!;
    out[row] = code >= 0 && code < binOfLevel.length ? binOfLevel[code]! : missing;
  }
  return out;
}

/** Midpoints between distinct values while they fit, quantiles otherwise. */
function numberEdges(values: ArrayLike<number>, maxBins: number): Float64Array {
  const step = Math.max(1, Math.ceil(values.length / EDGE_ROWS));
  const kept = new Float64Array(Math.ceil(values.length / step));
  let count = 0;
  for (let row = 0; row < values.length; row += step) {
    if (!Number.isNaN(values[row]!)) kept[count++] = values[row]!;
  }
  const sorted = kept.subarray(0, count).sort();
  const distinct = sorted.filter((value, i) => i === 0 || value !== sorted[i - 1]!);
  if (distinct.length <= maxBins) return distinct.subarray(1).map((value, i) => midpoint(distinct[i]!, value));
  const edges: number[] = [];
  for (let i = 1; i < maxBins; i++) {
    const at = (i / maxBins) * (count - 1);
    const edge = midpoint(sorted[Math.floor(at)]!, sorted[Math.ceil(at)]!);
    if (edges.length === 0 || edge > edges[edges.length - 1]!) edges.push(edge);
  }
  return Float64Array.from(edges);
}

/** Between the two, without overflow; infinite neighbours keep the finite one. */
function midpoint(low: number, high: number): number {
  if (!Number.isFinite(low) || !Number.isFinite(high))
    return Number.isFinite(low) ? low : Math.min(high, Number.MAX_VALUE);
  return low + (high - low) / 2;
}

function categoryBins(codes: ArrayLike<number>, levels: number, maxBins: number): FeatureBins {
  const counts = new Uint32Array(levels);
  for (let row = 0; row < codes.length; row++) {
    const code = codes[row]!;
    if (code >= 0) counts[code] = counts[code]! + 1;
  }
  const seen = Array.from(counts.keys()).filter((level) => counts[level]! > 0);
  seen.sort((a, b) => counts[b]! - counts[a]! || a - b);
  const binCount = Math.min(seen.length, maxBins);
  const binOfLevel = new Uint8Array(levels).fill(binCount);
  for (let bin = 0; bin < binCount; bin++) binOfLevel[seen[bin]!] = bin;
  return { kind: "category", binOfLevel, binCount };
}
