import { cramersV } from "../../stats/cramers-v.js";
import { type LeaveOutCorrelations, leaveOutCorrelations } from "../../stats/leave-out-correlations.js";
import { pearsonCorrelation } from "../../stats/pearson-correlation.js";
import type { ScoredTable } from "../scored-table.js";
import { type Association, correlationRatioOf, knownCramersV } from "./association.js";
import { makeContingencyTables } from "./contingency.js";
import { jointSimilarity } from "./joint-counts.js";
import { type PairBins, type PairCodes, pairCodes } from "./pair-codes.js";
import { mapReferences, type Sample, type Similarity } from "./similarity.js";

/** One pair of columns: how alike its association is in each sample and in the sample's reference. */
export interface PairTrend {
  /** Positions of the two columns. */
  readonly columns: readonly [number, number];
  readonly metric: "CorrelationSimilarity" | "ContingencySimilarity";
  /** [samples] */
  readonly similarities: readonly Similarity[];
  /** In training and in the first sample. */
  readonly association: Association;
  /** By which SDMetrics leaves pairs out: Pearson's correlation or, with numbers cut and missing as a category, Cramer's V in training; NaN where it cannot be computed. */
  readonly strength: number;
}

/** Scores pairs of columns of the samples against their references; columns are coded once. */
export interface PairTrendScorer {
  score(a: number, b: number): PairTrend;
}

/**
 * CorrelationSimilarity 1 - |r_real - r_sample| / 2 for two numbers (Pearson, rows where both are known), for every other
 * pair ContingencySimilarity 1 - 1/2 sum |p_ij - q_ij| with numbers cut into bins and missing as a category of its own.
 * @param samples the first one's reference is `train`
 */
export function makePairTrendScorer(train: ScoredTable, samples: readonly Sample[], bins: PairBins): PairTrendScorer {
  const tables = [...new Set([train, ...samples.flatMap(({ reference, table }) => [reference, table])])];
  const codes: CodedTables = new Map(
    tables.map((table) => [table, table.columns.map((column, at) => pairCodes(column, train.columns[at]!, bins))]),
  );
  return {
    score(a, b) {
      const numeric = train.columns[a]!.kind === "number" && train.columns[b]!.kind === "number";
      return numeric ? correlationTrend(train, samples, a, b) : contingencyTrend(train, codes, samples, a, b);
    },
  };
}

/** The coded columns of each table. */
type CodedTables = ReadonlyMap<ScoredTable, readonly PairCodes[]>;

function contingencyTrend(
  train: ScoredTable,
  codes: CodedTables,
  samples: readonly Sample[],
  a: number,
  b: number,
): PairTrend {
  const contingency = makeContingencyTables([...codes.values()].map((columns) => [columns[a]!, columns[b]!]));
  const positions = new Map([...codes.keys()].map((table, at) => [table, at]));
  const count = (table: ScoredTable, groups?: Uint8Array) => contingency.count(positions.get(table)!, groups);
  const references = mapReferences(samples, (table) => count(table).whole);
  const counts = samples.map(({ table, groups }) => count(table, groups));
  const real = references.get(train)!;
  const missing = [codes.get(train)![a]!.levels - 1, codes.get(train)![b]!.levels - 1] as const;
  return {
    columns: [a, b],
    metric: "ContingencySimilarity",
    similarities: samples.map(({ reference }, at) => jointSimilarity(references.get(reference)!, counts[at]!)),
    association: isMixed(train, a, b)
      ? mixedAssociation(train, samples[0]!.table, a, b)
      : {
          measure: "cramersV",
          real: knownCramersV(contingency, real, missing),
          synthetic: knownCramersV(contingency, counts[0]!.whole, missing),
        },
    strength: cramersV(contingency.withPlaces(real)),
  };
}

function isMixed(train: ScoredTable, a: number, b: number): boolean {
  return train.columns[a]!.kind !== train.columns[b]!.kind;
}

function mixedAssociation(train: ScoredTable, synthetic: ScoredTable, a: number, b: number): Association {
  const [real, drawn] = [train, synthetic].map(({ columns }) => correlationRatioOf(columns[a]!, columns[b]!));
  return { measure: "correlationRatio", real: real!, synthetic: drawn! };
}

function correlationTrend(train: ScoredTable, samples: readonly Sample[], a: number, b: number): PairTrend {
  const references = mapReferences(samples, (table) => pearsonCorrelation(numbersOf(table, a), numbersOf(table, b)));
  const parts = samples.map(({ table, groups }) =>
    leaveOutCorrelations(numbersOf(table, a), numbersOf(table, b), groups),
  );
  const real = references.get(train)!;
  return {
    columns: [a, b],
    metric: "CorrelationSimilarity",
    similarities: samples.map(({ reference }, at) => correlationSimilarity(references.get(reference)!, parts[at]!)),
    association: { measure: "pearson", real, synthetic: parts[0]!.whole },
    strength: real,
  };
}

function correlationSimilarity(real: number, { whole, leaveOut }: LeaveOutCorrelations): Similarity {
  const similarity = (sample: number): number => 1 - Math.abs(real - sample) / 2;
  return { value: similarity(whole), leaveOut: leaveOut.some(Number.isNaN) ? [] : leaveOut.map(similarity) };
}

function numbersOf(table: ScoredTable, column: number): Float64Array {
  const values = table.columns[column]!;
  return values.kind === "number" ? values.values : new Float64Array(0);
}
