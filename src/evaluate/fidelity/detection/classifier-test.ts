import { setImmediate } from "node:timers/promises";
import { throwIfAborted } from "../../../core/errors.js";
import type { RandomStream } from "../../../core/random.js";
import { auc } from "../../../stats/auc.js";
import { aucVariance } from "../../../stats/auc-variance.js";
import { type BoosterOptions, fitBooster, predictBooster } from "../../../stats/histogram-boosting.js";
import { fitLinearModel, predictLinearModel } from "../../../stats/linear-model.js";
import { type FigureParts, makeFigure, unavailable } from "../../figure.js";
import type { Figure } from "../../report-schema.js";
import type { ScoredTable, ScoredValues } from "../../scored-table.js";
import { FOLDS, foldRows, type LabelledRows, makeTwoSample, type TwoSample, takeLabelledRows } from "./two-sample.js";

/** Tables of more columns are looked at in fewer rows, with fewer bins a column and fewer rounds. */
const WIDE_COLUMNS = 100;
const C2ST_ROWS = 20_000;
const MIN_WIDE_ROWS = 4_000;

/** Rows a side that the classifier two-sample test looks at, at most; fewer of wide tables, or they would take minutes. */
export function c2stRows(columns: number): number {
  return Math.max(MIN_WIDE_ROWS, Math.floor((C2ST_ROWS * WIDE_COLUMNS) / Math.max(WIDE_COLUMNS, columns)));
}

/** With fewer rows a side a fold is too small to learn from. */
export const MIN_C2ST_ROWS = 50;

/** A classifier that learned from rows of both sides. */
export interface FittedClassifier {
  /** The probability that rows are the sample's, [rows]. */
  readonly predict: (features: readonly ScoredValues[]) => Float64Array;
  /** How often it splits on each column, [columns]; a regression does not. */
  readonly splits: readonly number[];
}

/** Fits on rows of both sides. */
export type Classifier = (rows: LabelledRows) => FittedClassifier;

/** An AUC with its standard error. */
export interface AucEstimate {
  readonly value: number;
  readonly error: number;
  /** Rows of both sides. */
  readonly n: number;
}

export interface CrossValidation {
  readonly signal?: AbortSignal | undefined;
  /** Called with each fold's classifier and the rows that it did not learn from. */
  readonly onFold?: (fitted: FittedClassifier, testing: LabelledRows, fold: number) => void;
}

const WIDE = { maxBins: 63, iterations: 50 } as const;

/** Gradient boosting, with scikit-learn's defaults unless told otherwise; of wide tables with 63 bins and 50 rounds. */
export function makeBoosting(options: Omit<BoosterOptions, "loss"> = {}): Classifier {
  return ({ features, labels }) => {
    const usual = features.length > WIDE_COLUMNS ? WIDE : {};
    const booster = fitBooster(features, labels, { ...usual, ...options, loss: "logistic" });
    const splits = features.map(() => 0);
    for (const [tree] of booster.trees) for (const at of tree!.feature) if (at >= 0) splits[at] = splits[at]! + 1;
    return { predict: (rows) => predictBooster(booster, rows), splits };
  };
}

/** Logistic regression on standardised numbers and one-hot categories. */
export function fitLogistic({ features, labels }: LabelledRows): FittedClassifier {
  const model = fitLinearModel(features, labels, { loss: "logistic" });
  return { predict: (rows) => predictLinearModel(model, rows), splits: [] };
}

/** Variance of a mean over folds beside that of one fold: folds share rows of training, which n folds alone would hide. */
const FOLDS_VARIANCE = 1 / FOLDS + 1 / (FOLDS - 1);

/**
 * AUC of a classifier on rows that it did not learn from: the mean over five folds. The error is DeLong's of a fold, corrected
 * for what the folds share by Nadeau and Bengio (2003, doi:10.1023/A:1024068626366), 1.5 times that of independent folds.
 */
export async function crossValidate(
  sample: TwoSample,
  features: readonly ScoredValues[],
  fit: Classifier,
  { signal, onFold }: CrossValidation,
): Promise<AucEstimate> {
  let sum = 0;
  let variance = 0;
  for (let fold = 0; fold < FOLDS; fold++) {
    await setImmediate();
    throwIfAborted(signal);
    const fitted = fit(takeLabelledRows(sample, features, foldRows(sample, fold, "outside")));
    const testing = takeLabelledRows(sample, features, foldRows(sample, fold, "inside"));
    const scores = fitted.predict(testing.features);
    sum += auc(scores, testing.labels);
    variance += aucVariance(scores, testing.labels);
    onFold?.(fitted, testing, fold);
  }
  const error = Math.sqrt((variance / FOLDS) * FOLDS_VARIANCE);
  return { value: sum / FOLDS, error, n: sample.labels.length };
}

/** An AUC as a figure. */
export function aucFigure({ value, error, n }: AucEstimate, parts: FigureParts = {}): Figure {
  return makeFigure(value, { error, n, ...parts });
}

/** Why a booster's AUC is below .5 by more than chance; undefined where it is not. */
export function whyBelowHalf({ value, error }: AucEstimate): string | undefined {
  return value + 1.96 * error < 0.5 ? BELOW_HALF : undefined;
}

const BELOW_HALF =
  "below .5: rows stand on both sides, as copies do, so that what is learned from one fold is wrong in another";

export interface ClassifierTestOptions {
  readonly random: RandomStream;
  /** Rows a side, at most; default c2stRows. */
  readonly maxRows?: number;
  readonly signal?: AbortSignal | undefined;
}

/**
 * Classifier two-sample test (Lopez-Paz and Oquab 2017, arXiv:1610.06545): can histogram boosting tell the sample from the
 * reference? Equal sizes, five folds, stratified; the mean of the folds' AUC: .5 = cannot be told apart, 1 = each row can.
 */
export async function classifierTest(
  reference: ScoredTable,
  sample: ScoredTable,
  { random, signal, maxRows }: ClassifierTestOptions,
): Promise<Figure> {
  const rows = Math.min(reference.rowCount, sample.rowCount, maxRows ?? c2stRows(reference.columns.length));
  if (rows < MIN_C2ST_ROWS) return tooFewRows(rows);
  const two = makeTwoSample(reference, sample, rows, random);
  const estimate = await crossValidate(two, two.features, makeBoosting(), { signal });
  return aucFigure(estimate, { reason: whyBelowHalf(estimate) });
}

/** The figure of a comparison that has too few rows. */
export function tooFewRows(rows: number): Figure {
  return unavailable(`it needs ${MIN_C2ST_ROWS} rows a side; there are ${rows}`);
}
