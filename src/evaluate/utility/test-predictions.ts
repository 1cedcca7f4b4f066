import { auc } from "../../stats/auc.js";
import { aucVariance } from "../../stats/auc-variance.js";
import { calibration } from "../../stats/calibration.js";
import { macroF1, type ScoreWithError } from "../../stats/macro-f1.js";
import { meanWithError } from "../../stats/mean-with-error.js";
import { wilsonInterval } from "../../stats/wilson-interval.js";
import type { UtilityMetric } from "../contract/utility-schema.js";
import { makeFigure, unavailable } from "../figure.js";
import type { Figure } from "../report-schema.js";
import type { ScoredTable } from "../scored-table.js";
import type { PredictionTask } from "./prediction-task.js";

/** One measure of a model's predictions. */
export interface TestedMetric {
  readonly metric: UtilityMetric["metric"];
  readonly figure: Figure;
}

const BOTH_SIDES: readonly [number, number] = [Number.NEGATIVE_INFINITY, 1];
const UPWARDS: readonly [number, number] = [0, Number.POSITIVE_INFINITY];

/** The measures of a task, the main one first. */
export function metricsOf(task: PredictionTask): readonly UtilityMetric["metric"][] {
  return task.kind === "regression" ? ["R2", "RMSE"] : ["AUC", "F1", "accuracy", "Brier", "ECE"];
}

/**
 * Scores predictions of held-out rows by every measure, the main one first, each with its 95 % interval.
 *
 * AUC with DeLong's interval; for several classes the mean of one against the rest, over the classes that held-out rows
 * have, with the mean of their standard errors (which is on the safe side); a class that the fitting rows lack counts .5.
 * F1, accuracy: of the likeliest class. Brier: half the squared distance of the predicted shares from the truth, 0..1. ECE:
 * of class 1 of two, else of the likeliest class. R2 = 1 - residual over total squares, with the ratio's standard error.
 * @param predictions [rows], or [rows, outputs] for several classes
 */
export function testPredictions(
  task: PredictionTask,
  predictions: Float64Array,
  fitting: ScoredTable,
  test: ScoredTable,
): TestedMetric[] {
  const truth = task.targetOf(test);
  if (task.kind === "regression") return testNumbers(predictions, truth);
  const area =
    task.kind === "binary"
      ? binaryArea(predictions, truth)
      : meanArea(predictions, truth, new Set(task.targetOf(fitting)), task.outputs);
  return [{ metric: "AUC", figure: area }, ...testClasses(task, predictions, truth)];
}

function binaryArea(predictions: Float64Array, truth: Float64Array): Figure {
  return makeFigure(auc(predictions, truth), { error: Math.sqrt(aucVariance(predictions, truth)), n: truth.length });
}

function meanArea(
  predictions: Float64Array,
  truth: Float64Array,
  learned: ReadonlySet<number>,
  classes: number,
): Figure {
  let sum = 0;
  let errors = 0;
  let tested = 0;
  let unlearned = 0;
  for (let k = 0; k < classes; k++) {
    const labels = truth.map((value) => (value === k ? 1 : 0));
    const positives = labels.reduce((count, label) => count + label, 0);
    if (positives === 0 || positives === labels.length) continue;
    tested++;
    if (!learned.has(k)) {
      unlearned++;
      sum += 0.5;
      continue;
    }
    const scores = labels.map((_, row) => predictions[row * classes + k]!);
    sum += auc(scores, labels);
    const variance = aucVariance(scores, labels);
    errors += Number.isNaN(variance) ? 0 : Math.sqrt(variance);
  }
  const reason =
    unlearned === 0 ? undefined : `${unlearned} of ${tested} classes do not occur in the rows learned from`;
  return makeFigure(sum / tested, { error: errors / tested, n: truth.length, reason });
}

function testClasses(task: PredictionTask, predictions: Float64Array, truth: Float64Array): TestedMetric[] {
  const n = truth.length;
  const classes = task.kind === "binary" ? 2 : task.outputs;
  const likeliest = new Float64Array(n);
  const confidence = new Float64Array(n);
  const distance = new Float64Array(n);
  for (let row = 0; row < n; row++) {
    const shareOf = (k: number): number =>
      task.kind !== "binary" ? predictions[row * classes + k]! : k === 1 ? predictions[row]! : 1 - predictions[row]!;
    let best = 0;
    for (let k = 0; k < classes; k++) {
      if (shareOf(k) > shareOf(best)) best = k;
      distance[row]! += (shareOf(k) - (truth[row] === k ? 1 : 0)) ** 2 / 2;
    }
    likeliest[row] = best;
    confidence[row] = task.kind === "binary" ? predictions[row]! : shareOf(best);
  }
  const isRight = likeliest.map((k, row) => (k === truth[row] ? 1 : 0));
  const right = isRight.reduce((count, hit) => count + hit, 0);
  const { low, high } = wilsonInterval(right, n);
  return [
    { metric: "F1", figure: figureOf(macroF1(likeliest, truth, classes), n) },
    { metric: "accuracy", figure: { value: right / n, low, high, n, status: "ok" } },
    { metric: "Brier", figure: figureOf(meanWithError(distance), n) },
    { metric: "ECE", figure: figureOf(calibration(confidence, task.kind === "binary" ? truth : isRight).error, n) },
  ];
}

function figureOf({ value, error }: ScoreWithError, n: number): Figure {
  return makeFigure(value, { error, n });
}

function testNumbers(predictions: Float64Array, truth: Float64Array): TestedMetric[] {
  const n = truth.length;
  const mean = meanWithError(truth).value;
  const squares = truth.map((value, row) => (value - predictions[row]!) ** 2);
  const residual = meanWithError(squares);
  const total = meanWithError(truth.map((value) => (value - mean) ** 2)).value;
  const ratio = residual.value / total;
  const spread = meanWithError(squares.map((square, row) => square - ratio * (truth[row]! - mean) ** 2)).error;
  const root = Math.sqrt(residual.value);
  if (!Number.isFinite(root) || !Number.isFinite(ratio)) {
    const figure = unavailable("the target's values are too large to be squared");
    return [
      { metric: "R2", figure },
      { metric: "RMSE", figure },
    ];
  }
  return [
    { metric: "R2", figure: makeFigure(1 - ratio, { error: spread / total, range: BOTH_SIDES, n }) },
    {
      metric: "RMSE",
      figure: makeFigure(root, { error: root === 0 ? 0 : residual.error / (2 * root), range: UPWARDS, n }),
    },
  ];
}
