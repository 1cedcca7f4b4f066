import { cramersV } from "../../stats/cramers-v.js";
import { JACKKNIFE_GROUPS } from "../../stats/jackknife.js";
import { addToMoments, correlationOf, makeMoments, originOf, type PairMoments } from "../../stats/pair-moments.js";
import { pearsonCorrelation } from "../../stats/pearson-correlation.js";
import type { ScoredTable } from "../scored-table.js";
import { cellSimilarity, cellsOfRows, countCells, makeCellIndex } from "./contingency.js";
import { type PairBins, type PairCodes, pairCodes } from "./pair-codes.js";
import type { Sample, Similarity } from "./similarity.js";

/** One pair of columns: how alike its association is in each sample and in the training table. */
export interface PairTrend {
  /** Positions of the two columns. */
  readonly columns: readonly [number, number];
  readonly metric: "CorrelationSimilarity" | "ContingencySimilarity";
  /** [samples] */
  readonly similarities: readonly Similarity[];
  /** Pearson's correlation or Cramer's V in the training table; NaN where it cannot be computed. */
  readonly real: number;
  /** The same of each sample, [samples]. */
  readonly associations: readonly number[];
}

/** Scores pairs of columns of the samples against the training table; columns are coded once. */
export interface PairTrendScorer {
  score(a: number, b: number): PairTrend;
}

/**
 * CorrelationSimilarity 1 - |r_real - r_sample| / 2 for two numbers (Pearson, rows where both are known), for every other
 * pair ContingencySimilarity 1 - 1/2 sum |p_ij - q_ij| with numbers cut into bins and missing as a category of its own.
 */
export function makePairTrendScorer(train: ScoredTable, samples: readonly Sample[], bins: PairBins): PairTrendScorer {
  const code = (table: ScoredTable): PairCodes[] =>
    table.columns.map((column, at) => pairCodes(column, train.columns[at]!, bins));
  const trainCodes = code(train);
  const sampleCodes = samples.map((sample) => code(sample.table));
  return {
    score(a, b) {
      const numeric = train.columns[a]!.kind === "number" && train.columns[b]!.kind === "number";
      return numeric
        ? correlationTrend(train, samples, a, b)
        : contingencyTrend(trainCodes, sampleCodes, samples, a, b);
    },
  };
}

function contingencyTrend(
  train: readonly PairCodes[],
  sampleCodes: readonly (readonly PairCodes[])[],
  samples: readonly Sample[],
  a: number,
  b: number,
): PairTrend {
  const index = makeCellIndex(levelsOf(a, train, sampleCodes), levelsOf(b, train, sampleCodes));
  const trainCells = cellsOfRows(index, train[a]!, train[b]!);
  const cells = sampleCodes.map((codes) => cellsOfRows(index, codes[a]!, codes[b]!));
  const real = countCells(trainCells, index.size());
  const counts = cells.map((side) => countCells(side, index.size()));
  return {
    columns: [a, b],
    metric: "ContingencySimilarity",
    similarities: samples.map((sample, at) => cellSimilarity(real, counts[at]!, cells[at]!, sample.groups)),
    real: cramersV(index.cells(real)),
    associations: counts.map((side) => cramersV(index.cells(side))),
  };
}

function levelsOf(column: number, train: readonly PairCodes[], samples: readonly (readonly PairCodes[])[]): number {
  return Math.max(train[column]!.levels, ...samples.map((codes) => codes[column]!.levels));
}

function correlationTrend(train: ScoredTable, samples: readonly Sample[], a: number, b: number): PairTrend {
  const real = pearsonCorrelation(numbersOf(train, a), numbersOf(train, b));
  const parts = samples.map((sample) => correlations(sample, a, b));
  return {
    columns: [a, b],
    metric: "CorrelationSimilarity",
    similarities: parts.map(({ whole, leaveOut }) => ({
      value: 1 - Math.abs(real - whole) / 2,
      leaveOut: leaveOut.some(Number.isNaN) ? [] : leaveOut.map((part) => 1 - Math.abs(real - part) / 2),
    })),
    real,
    associations: parts.map(({ whole }) => whole),
  };
}

/** The sample's correlation, whole and without each jackknife group. */
function correlations(sample: Sample, a: number, b: number): { whole: number; leaveOut: number[] } {
  const x = numbersOf(sample.table, a);
  const y = numbersOf(sample.table, b);
  const { groups } = sample;
  if (groups === undefined) return { whole: pearsonCorrelation(x, y), leaveOut: [] };
  const originX = originOf(x);
  const originY = originOf(y);
  const parts = Array.from({ length: JACKKNIFE_GROUPS }, () => makeMoments(originX, originY));
  for (let row = 0; row < x.length; row++) addToMoments(parts[groups[row]!]!, x[row]!, y[row]!);
  const whole = sumMoments(parts, -1);
  return { whole: correlationOf(whole), leaveOut: parts.map((_, group) => correlationOf(sumMoments(parts, group))) };
}

function sumMoments(parts: readonly PairMoments[], without: number): PairMoments {
  const sum = makeMoments(parts[0]!.originX, parts[0]!.originY);
  parts.forEach((part, group) => {
    if (group === without) return;
    sum.count += part.count;
    sum.x += part.x;
    sum.y += part.y;
    sum.xx += part.xx;
    sum.yy += part.yy;
    sum.xy += part.xy;
  });
  return sum;
}

function numbersOf(table: ScoredTable, column: number): Float64Array {
  const values = table.columns[column]!;
  return values.kind === "number" ? values.values : new Float64Array(0);
}
