import { setImmediate } from "node:timers/promises";
import { throwIfAborted } from "../../core/errors.js";
import type { RandomStream } from "../../core/random.js";
import { auc } from "../../stats/auc.js";
import { aucVariance } from "../../stats/auc-variance.js";
import { fitBooster, predictBooster } from "../../stats/histogram-boosting.js";
import { makeFigure, unavailable } from "../figure.js";
import type { Figure } from "../report-schema.js";
import { joinValues, type ScoredTable, type ScoredValues, takeFirstRows, takeScoredValues } from "../scored-table.js";

export interface ClassifierTestOptions {
  readonly random: RandomStream;
  /** Rows a side, at most; default 20,000. */
  readonly maxRows?: number;
  readonly signal?: AbortSignal | undefined;
}

/** Rows a side that the classifier two-sample test looks at, at most. */
export const C2ST_ROWS = 20_000;

const FOLDS = 5;
/** With fewer rows a side a fold is too small to learn from. */
const MIN_ROWS = 50;

/**
 * Classifier two-sample test (Lopez-Paz and Oquab 2017, arXiv:1610.06545): can histogram boosting tell the sample from the
 * reference? Equal sizes, five folds, stratified; the mean of the folds' AUC: .5 = cannot be told apart, 1 = each row can.
 * The interval is DeLong's, folds taken as independent (they share rows of training, so it is somewhat narrow).
 */
export async function classifierTest(
  reference: ScoredTable,
  sample: ScoredTable,
  options: ClassifierTestOptions,
): Promise<Figure> {
  const { random, signal } = options;
  const rows = Math.min(reference.rowCount, sample.rowCount, options.maxRows ?? C2ST_ROWS);
  if (rows < MIN_ROWS) return unavailable(`it needs ${MIN_ROWS} rows a side; there are ${rows}`);
  const left = takeFirstRows(reference, rows, random.fork("reference").permutation(reference.rowCount));
  const right = takeFirstRows(sample, rows, random.fork("sample").permutation(sample.rowCount));
  const features = left.columns.map((column, at) => joinValues(column, right.columns[at]!));
  const labels = Float64Array.from({ length: 2 * rows }, (_, row) => (row < rows ? 0 : 1));
  const folds = stratifiedFolds(rows, random.fork("folds"));
  let sum = 0;
  let variance = 0;
  for (let fold = 0; fold < FOLDS; fold++) {
    await setImmediate();
    throwIfAborted(signal);
    const result = testFold(features, labels, folds, fold);
    sum += result.auc;
    variance += result.variance;
  }
  const value = sum / FOLDS;
  const error = Math.sqrt(variance) / FOLDS;
  return makeFigure(value, { error, n: 2 * rows, reason: value + 1.96 * error < 0.5 ? BELOW_HALF : undefined });
}

const BELOW_HALF =
  "below .5: rows stand on both sides, as copies do, so that what is learned from one fold is wrong in another";

/** AUC and its variance of one fold, by a booster fitted on the others. */
function testFold(
  features: readonly ScoredValues[],
  labels: Float64Array,
  folds: Uint8Array,
  fold: number,
): { auc: number; variance: number } {
  const rows = Uint32Array.from(folds.keys());
  const fitting = rows.filter((row) => folds[row] !== fold);
  const testing = rows.filter((row) => folds[row] === fold);
  const take = (chosen: Uint32Array): ScoredValues[] => features.map((column) => takeScoredValues(column, chosen));
  const labelsOf = (chosen: Uint32Array): Float64Array => Float64Array.from(chosen, (row) => labels[row]!);
  const booster = fitBooster(take(fitting), labelsOf(fitting), { loss: "logistic" });
  const scores = predictBooster(booster, take(testing));
  const truth = labelsOf(testing);
  return { auc: auc(scores, truth), variance: aucVariance(scores, truth) };
}

/** A fold a row, equally many of each side's rows in each. */
function stratifiedFolds(rowsPerSide: number, random: RandomStream): Uint8Array {
  const folds = new Uint8Array(2 * rowsPerSide);
  for (let side = 0; side < 2; side++) {
    random.permutation(rowsPerSide).forEach((row, position) => {
      folds[side * rowsPerSide + row] = position % FOLDS;
    });
  }
  return folds;
}
