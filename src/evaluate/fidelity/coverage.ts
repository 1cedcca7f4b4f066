import { quantiles } from "../../stats/quantiles.js";
import { countAtMost, countBelow } from "../../stats/sorted-search.js";
import type { Figure, Report } from "../report-schema.js";
import type { ColumnSide } from "./column-side.js";
import { type CountedValues, countedStatistic } from "./counted-values.js";
import { type Samples, similarityFigure } from "./samples.js";
import { meanSimilarity, type Similarity } from "./similarity.js";
import { binSorted } from "./sorted-values.js";

/** A category counts as expected where a sample of the same source lacks it with this probability at most. */
const UNLIKELY = 0.05;
/** Share of the known real values below which a category is rare. */
const RARE = 0.01;
/** Share of the real values in each tail. */
const TAIL = 0.05;
/** Slices of a tail, at most. */
const SLICES = 5;
/** Real values in each slice, at least. */
const MIN_SLICE_VALUES = 5;
/** A tail that ties make heavier than this is none: values pile up at the column's end. */
const MAX_TAIL = 0.1;

/** Real categories that a sample should show, and those that it does. */
export interface ShownCategories {
  readonly expected: number;
  readonly occurring: number;
  /** Those that occur without each jackknife group of rows, [groups]; empty: no interval. */
  readonly without: readonly number[];
}

/** How much of a real column's breadth a sample shows. */
export type ColumnCoverage =
  | { readonly kind: "categories"; readonly all: ShownCategories; readonly rare: ShownCategories }
  | { readonly kind: "tails"; readonly kept: Similarity };

/**
 * Coverage of one column by a sample.
 *
 * Categories: those of the real ones that the sample should show, and does. One with n of N known real rows should be
 * among M known rows if the chance of missing it, (1 + M/N)^-n, is at most 5 % (negative binomial: a Poisson count whose
 * rate is known from n counts alone, Gamma(n, N)); with M = N that is from five real rows on. Rare: below 1 % of the real rows.
 *
 * Numbers and dates: of the outermost twentieth at either end, cut into up to five slices of equal weight, the share of the
 * weight that the sample has too: sum min(p, q) / sum p over slices. Values beyond the real range count in the outermost
 * slices. Needs 100 real values; an end where ties weigh more than a tenth has no tail. NaN without tails.
 */
export function columnCoverage(side: ColumnSide): ColumnCoverage {
  if (side.kind === "number") return { kind: "tails", kept: keptTails(side) };
  const real = side.real.counts;
  const realRows = sumOf(real);
  const least = Math.log(1 / UNLIKELY) / Math.log1p(sumOf(side.sample.counts) / realRows);
  const expected = [...real.keys()].filter((level) => real[level]! >= Math.max(1, least));
  const rare = expected.filter((level) => real[level]! < RARE * realRows);
  return { kind: "categories", all: shownOf(side.sample, expected), rare: shownOf(side.sample, rare) };
}

/** One column's figure in 0..1; n: the categories expected, or the `known` synthetic values. `coverages` [samples]. */
export function coverageFigure(coverages: readonly ColumnCoverage[], samples: Samples, known: number): Figure {
  const first = coverages[0]!;
  const shares = coverages.map((part) => (part.kind === "tails" ? part.kept : shareOf(part.all)));
  return first.kind === "tails"
    ? similarityFigure(shares, samples, known, NO_TAILS)
    : similarityFigure(shares, samples, first.all.expected, NO_CATEGORY);
}

/**
 * The whole table's: expected categories and rare ones of all columns together (n: how many), mean of the columns' tails.
 * `columns` [columns] of [samples].
 */
export function scoreCoverage(
  columns: readonly (readonly ColumnCoverage[])[],
  samples: Samples,
  rows: number,
): NonNullable<Report["fidelity"]["coverage"]> {
  const figure = (kind: "all" | "rare", reason: string): Figure => {
    const sums = samples.all.map((_, at) =>
      sumShown(
        columns
          .map((column) => column[at]!)
          .filter((part) => part.kind === "categories")
          .map((part) => part[kind]),
      ),
    );
    return similarityFigure(sums.map(shareOf), samples, sums[0]!.expected, reason);
  };
  const tails = samples.all.map((_, at) =>
    meanSimilarity(
      columns
        .map((column) => column[at]!)
        .filter((part) => part.kind === "tails")
        .map((part) => part.kept),
    ),
  );
  return {
    categories: figure("all", NO_CATEGORY),
    rareCategories: figure("rare", "no category below 1 % is frequent enough to be expected"),
    tails: similarityFigure(tails, samples, rows, NO_TAILS),
  };
}

const NO_CATEGORY = "no category is frequent enough to be expected";
const NO_TAILS =
  "no tails: fewer than 100 known training values, none on a side, or values that pile up at the column's ends";

function shareOf({ expected, occurring, without }: ShownCategories): Similarity {
  if (expected === 0) return { value: Number.NaN, leaveOut: [] };
  return { value: occurring / expected, leaveOut: without.map((count) => count / expected) };
}

function sumShown(parts: readonly ShownCategories[]): ShownCategories {
  const sum = (pick: (part: ShownCategories) => number): number => parts.reduce((total, part) => total + pick(part), 0);
  const groups = parts[0]?.without.length ?? 0;
  return {
    expected: sum(({ expected }) => expected),
    occurring: sum(({ occurring }) => occurring),
    without: Array.from({ length: groups }, (_, group) => sum(({ without }) => without[group]!)),
  };
}

function shownOf({ counts, byGroup }: CountedValues, levels: readonly number[]): ShownCategories {
  const countLevels = (rowsOf: (level: number) => number): number => levels.filter((level) => rowsOf(level) > 0).length;
  return {
    expected: levels.length,
    occurring: countLevels((level) => counts[level]!),
    without: byGroup.map((group) => countLevels((level) => counts[level]! - group[level]!)),
  };
}

function keptTails({ real, sample }: ColumnSide & { readonly kind: "number" }): Similarity {
  const { low, high } = tailEdges(real.values);
  const [lows, slices] = [low.length, low.length + high.length];
  if (slices === 0) return { value: Number.NaN, leaveOut: [] };
  // Cells: the low tail's slices, the middle, the high tail's slices, all in ascending order.
  const cellOf = (value: number): number => countBelow(low, value) + countAtMost(high, value);
  const { counts } = binSorted(real, slices + 1, cellOf);
  return countedStatistic(binSorted(sample, slices + 1, cellOf), (kept) => keptWeight(counts, kept, lows));
}

/** sum min(p, q) / sum p over all cells but the middle one; NaN where the sample has no value. */
function keptWeight(real: Float64Array, sample: Float64Array, middle: number): number {
  const [realRows, rows] = [sumOf(real), sumOf(sample)];
  if (rows === 0) return Number.NaN;
  let kept = 0;
  let weight = 0;
  for (let cell = 0; cell < real.length; cell++) {
    if (cell === middle) continue;
    weight += real[cell]! / realRows;
    kept += Math.min(real[cell]! / realRows, sample[cell]! / rows);
  }
  return kept / weight;
}

/** Edges of the slices, ascending: values up to an edge at the low end, from an edge on at the high end. */
function tailEdges(sorted: Float64Array): { readonly low: Float64Array; readonly high: Float64Array } {
  const slices = Math.min(SLICES, Math.floor((TAIL * sorted.length) / MIN_SLICE_VALUES));
  const shares = Array.from({ length: slices }, (_, i) => ((i + 1) / slices) * TAIL);
  const edgesAt = (places: number[]): Float64Array => Float64Array.from(new Set(quantiles(sorted, places)));
  const low = edgesAt(shares);
  const high = edgesAt(shares.map((share) => 1 - share).reverse());
  const none = new Float64Array(0);
  const most = MAX_TAIL * sorted.length;
  return {
    low: low.length > 0 && countAtMost(sorted, low.at(-1)!) <= most ? low : none,
    high: high.length > 0 && sorted.length - countBelow(sorted, high[0]!) <= most ? high : none,
  };
}

function sumOf(counts: Float64Array): number {
  return counts.reduce((sum, count) => sum + count, 0);
}
