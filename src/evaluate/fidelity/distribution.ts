import type { ColumnScore } from "../report-schema.js";
import type { ScoredColumn, ScoredTables, ScoredValues } from "../scored-table.js";
import { freeLabel, MIN_GROUP_ROWS } from "./column-groups.js";
import { middleRange } from "./middle-range.js";

type Distribution = ColumnScore["distribution"];

/** Categories that have a bar of their own, at most. */
const TOP = 20;
/** Bins of a histogram, at most. */
const BINS = 30;
/** With fewer known training values a histogram's ends would be single rows' values: it has one bin whose ends are not written. */
const MIN_VALUES = 10;
/**
 * The distributions of one column for an overlay; known values only, shares sum to 1 a side. Histograms span the middle
 * 99 % of the training values in bins of equal width, the end bins hold what lies beyond; so neither an extreme nor a
 * rare category of a record is printed.
 */
export function columnDistribution(tables: ScoredTables, at: number): Distribution {
  const meta = tables.columns[at]!;
  const train = tables.train.columns[at]!;
  const others = {
    synthetic: tables.synthetic.columns[at]!,
    ...(tables.holdout === undefined ? {} : { holdout: tables.holdout.columns[at]! }),
  };
  return train.kind === "number"
    ? histogram(meta, train.values, others)
    : categories(meta, train.codes, train.levels, others);
}

interface Others {
  readonly synthetic: ScoredValues;
  readonly holdout?: ScoredValues;
}

function categories(meta: ScoredColumn, train: Int32Array, levels: number, others: Others): Distribution {
  const counts = countCodes(train, levels);
  const named = Array.from(counts.keys())
    .filter((level) => counts[level]! >= MIN_GROUP_ROWS)
    .sort((a, b) => counts[b]! - counts[a]! || a - b)
    .slice(0, TOP);
  const bars = (side: Float64Array): number[] => {
    const total = side.reduce((sum, count) => sum + count, 0);
    const shares = named.map((level) => share(side[level]!, total));
    const rest = named.reduce((left, level) => left - side[level]!, total);
    return named.length < levels ? [...shares, share(rest, total)] : shares;
  };
  const labels = named.map((level) => meta.dictionary[level]!);
  const countSide = (side: ScoredValues): Float64Array =>
    countCodes(side.kind === "category" ? side.codes : new Int32Array(0), levels);
  return {
    kind: "categories",
    labels: named.length < levels ? [...labels, freeLabel(labels, "other")] : labels,
    real: bars(counts),
    synthetic: bars(countSide(others.synthetic)),
    ...(others.holdout === undefined ? {} : { holdout: bars(countSide(others.holdout)) }),
  };
}

function countCodes(codes: Int32Array, levels: number): Float64Array {
  const counts = new Float64Array(levels);
  for (const code of codes) if (code >= 0) counts[code] = counts[code]! + 1;
  return counts;
}

function histogram(meta: ScoredColumn, train: Float64Array, others: Others): Distribution {
  const sorted = train.filter((value) => Number.isFinite(value)).sort();
  const hidden = sorted.length < MIN_VALUES;
  const edges = hidden ? [0, 1] : histogramEdges(sorted, meta.unit);
  const bars = (values: Float64Array): number[] => {
    const counts = new Array<number>(edges.length - 1).fill(0);
    let total = 0;
    for (const value of values) {
      if (Number.isNaN(value)) continue;
      total++;
      const bin = binOf(edges, value);
      counts[bin] = counts[bin]! + 1;
    }
    return counts.map((count) => share(count, total));
  };
  const numbersOf = (side: ScoredValues): Float64Array => (side.kind === "number" ? side.values : new Float64Array(0));
  return {
    kind: "histogram",
    labels: hidden ? ["lowest", "highest"] : edges.map(meta.write),
    real: bars(train),
    synthetic: bars(numbersOf(others.synthetic)),
    ...(others.holdout === undefined ? {} : { holdout: bars(numbersOf(others.holdout)) }),
  };
}

/** Edges at whole multiples of the unit, so that they are written exactly; two or more. */
function histogramEdges(sorted: Float64Array, unit: number): number[] {
  const { low, high } = middleRange(sorted);
  const first = Math.floor(low / unit);
  // One unit more than the span, so that the largest whole value has a bin and is not squeezed into its neighbour's.
  const units = Math.floor(high / unit) - first + 1;
  // Numbers so large that a unit is lost in rounding get wider bins.
  const width = Math.max(Math.ceil(units / BINS), Math.abs(first) * 2 ** -50);
  const bins = Math.ceil(units / width);
  return Array.from({ length: bins + 1 }, (_, i) => (first + i * width) * unit);
}

function binOf(edges: readonly number[], value: number): number {
  const width = edges[1]! - edges[0]!;
  // A hair of tolerance: 0.3 must not fall into the bin below because it is stored as .29999.
  const bin = Math.floor((value - edges[0]!) / width + 1e-9);
  return Math.min(edges.length - 2, Math.max(0, bin));
}

function share(count: number, total: number): number {
  return total === 0 ? 0 : count / total;
}
