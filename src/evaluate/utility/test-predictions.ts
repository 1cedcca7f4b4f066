import { auc } from "../../stats/auc.js";
import { aucVariance } from "../../stats/auc-variance.js";
import { makeFigure } from "../figure.js";
import type { Figure } from "../report-schema.js";
import type { ScoredTable } from "../scored-table.js";
import type { PredictionTask } from "./prediction-task.js";

/**
 * Scores predictions of held-out rows: AUC with DeLong's interval; for several classes the mean of one against the rest,
 * over the classes that held-out rows have, with the mean of their standard errors (which is on the safe side); a class
 * that the fitting rows lack counts .5. R2 = 1 - residual over total squares, with the ratio's standard error.
 */
export function testPredictions(
  task: PredictionTask,
  predictions: Float64Array,
  fitting: ScoredTable,
  test: ScoredTable,
): Figure {
  const truth = task.targetOf(test);
  switch (task.kind) {
    case "binary":
      return makeFigure(auc(predictions, truth), {
        error: Math.sqrt(aucVariance(predictions, truth)),
        n: test.rowCount,
      });
    case "classes":
      return classesFigure(predictions, truth, new Set(task.targetOf(fitting)), task.outputs);
    case "regression":
      return regressionFigure(predictions, truth);
    default:
      return task.kind satisfies never;
  }
}

function classesFigure(
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

function regressionFigure(predictions: Float64Array, truth: Float64Array): Figure {
  const n = truth.length;
  let mean = 0;
  for (const value of truth) mean += value / n;
  let residual = 0;
  let total = 0;
  for (let row = 0; row < n; row++) {
    residual += (truth[row]! - predictions[row]!) ** 2;
    total += (truth[row]! - mean) ** 2;
  }
  const ratio = residual / total;
  let spread = 0;
  for (let row = 0; row < n; row++) {
    spread += ((truth[row]! - predictions[row]!) ** 2 - ratio * (truth[row]! - mean) ** 2) ** 2;
  }
  return makeFigure(1 - ratio, { error: Math.sqrt(spread) / total, range: [Number.NEGATIVE_INFINITY, 1], n });
}
