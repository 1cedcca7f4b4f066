import { usageError } from "../core/errors.js";
import { choleskyFactor, choleskySolve } from "./cholesky.js";
import type { BoosterFeature } from "./feature-bins.js";
import {
  addProduct,
  addTransposedProduct,
  fitLinearEncoding,
  gramDiagonal,
  gramMatrix,
  type LinearDesign,
  type LinearEncoding,
  makeLinearDesign,
} from "./linear-design.js";
import { type Minimum, minimize } from "./minimize.js";
import { logSumExp, sigmoid, softmaxRows } from "./softmax.js";

/** What is minimised: log-loss of two classes (targets 0, 1), of `classes` classes (0..classes-1), squared error. */
export type LinearLoss = "logistic" | "softmax" | "squared";

export interface LinearOptions {
  readonly loss: LinearLoss;
  /** Number of classes; softmax only. */
  readonly classes?: number;
}

/** A fitted linear model: one row of weights a class (one class for logistic and squared). */
export interface LinearModel {
  readonly loss: LinearLoss;
  readonly encoding: LinearEncoding;
  /** [classes] of [width]; the last weight is the constant. */
  readonly weights: readonly Float64Array[];
  readonly iterations: number;
  /** Whether the minimum was reached; of up to 600 columns it always was in the tests. */
  readonly converged: boolean;
}

/** Designs with more columns have a diagonal preconditioner: a matrix of this size takes .1 s to factor. */
const MAX_FACTORED = 600;
/** Iterations at most, and of such designs, whose minimum is slow to reach: weights then stay somewhat nearer to 0. */
const MAX_ITERATIONS = 200;
const WIDE_ITERATIONS = 30;

/**
 * Fits ridge-penalised logistic, multinomial or least-squares regression on standardised numbers and one-hot categories:
 * the minimum of the summed loss + |weights|^2 / 2, the constant free of penalty. The same as scikit-learn's
 * LogisticRegression with C = 1 and Ridge with alpha = 1; deterministic.
 * @param features one entry a column, each of target.length rows
 * @param target [rows], finite; classes as 0..classes-1
 */
export function fitLinearModel(
  features: readonly BoosterFeature[],
  target: ArrayLike<number>,
  options: LinearOptions,
): LinearModel {
  const classes = checkTarget(features, target, options);
  const encoding = fitLinearEncoding(features);
  const design = makeLinearDesign(encoding, features);
  const { loss } = options;
  if (loss === "squared") return fitSquared(encoding, design, target);
  const { point, iterations, converged } = minimizeLoss(design, target, loss, classes);
  const weights = Array.from({ length: classes }, (_, k) => point.slice(k * design.width, (k + 1) * design.width));
  return { loss, encoding, weights, iterations, converged };
}

/**
 * Predictions for rows of the same features (same order and kinds as in fitting).
 * @returns logistic: probability of class 1, [rows]; squared: the mean, [rows]; softmax: [rows, classes], row by row
 */
export function predictLinearModel(model: LinearModel, features: readonly BoosterFeature[]): Float64Array {
  const { encoding, loss, weights } = model;
  if (features.length !== encoding.features.length) {
    const message = `the linear model has ${encoding.features.length} features; got ${features.length}`;
    throw usageError("E_LINEAR_FEATURES", message);
  }
  const design = makeLinearDesign(encoding, features);
  const scores = weights.map((own) => {
    const score = new Float64Array(design.rowCount);
    addProduct(design, own, score);
    return score;
  });
  switch (loss) {
    case "squared":
      return scores[0]!;
    case "logistic":
      return scores[0]!.map(sigmoid);
    case "softmax":
      return softmaxRows(scores, design.rowCount);
    default:
      return loss satisfies never;
  }
}

function checkTarget(features: readonly BoosterFeature[], target: ArrayLike<number>, options: LinearOptions): number {
  const classes = options.loss === "softmax" ? (options.classes ?? 0) : options.loss === "logistic" ? 2 : 0;
  if (options.loss === "softmax" && classes < 2) {
    throw usageError("E_LINEAR_CLASSES", `linear.classes must be 2 or more; got ${classes}`);
  }
  if (target.length === 0) throw usageError("E_LINEAR_EMPTY", "the linear model needs one row or more");
  for (const feature of features) {
    const rows = feature.kind === "number" ? feature.values.length : feature.codes.length;
    if (rows === target.length) continue;
    throw usageError("E_LINEAR_ROWS", `a feature has ${rows} rows, the target ${target.length}`);
  }
  for (let row = 0; row < target.length; row++) {
    const value = target[row]!;
    const valid = classes === 0 ? Number.isFinite(value) : Number.isInteger(value) && value >= 0 && value < classes;
    if (valid) continue;
    throw usageError("E_LINEAR_TARGET", `the target's row ${row + 1} is not a valid ${options.loss} target`);
  }
  return options.loss === "softmax" ? classes : 1;
}

/** Least squares on the target in units of its standard deviation, so that tolerances mean the same for every target. */
function fitSquared(encoding: LinearEncoding, design: LinearDesign, target: ArrayLike<number>): LinearModel {
  let unit = 0;
  for (let row = 0; row < target.length; row++) unit = Math.max(unit, Math.abs(target[row]!));
  if (unit === 0) unit = 1;
  const scaled = Float64Array.from(target, (value) => value / unit);
  const mean = scaled.reduce((sum, value) => sum + value / scaled.length, 0);
  const deviation = Math.sqrt(scaled.reduce((sum, value) => sum + (value - mean) ** 2 / scaled.length, 0)) || 1;
  const standard = scaled.map((value) => (value - mean) / deviation);
  const { point, iterations, converged } = minimizeLoss(design, standard, "squared", 1);
  const weights = point.map((weight) => weight * deviation * unit);
  weights[design.width - 1] = weights[design.width - 1]! + mean * unit;
  return { loss: "squared", encoding, weights: [weights], iterations, converged };
}

function minimizeLoss(design: LinearDesign, target: ArrayLike<number>, loss: LinearLoss, classes: number): Minimum {
  const { width, rowCount } = design;
  const scores = Array.from({ length: classes }, () => new Float64Array(rowCount));
  const part = (vector: Float64Array, k: number): Float64Array => vector.subarray(k * width, (k + 1) * width);
  const start = new Float64Array(classes * width);
  startConstants(loss, target, classes).forEach((constant, k) => {
    start[(k + 1) * width - 1] = constant;
  });
  return minimize(
    {
      evaluate(point, gradient) {
        gradient.fill(0);
        for (let k = 0; k < classes; k++) addProduct(design, part(point, k), scores[k]!.fill(0));
        let value = replaceByResiduals(loss, scores, target);
        for (let k = 0; k < classes; k++) {
          addTransposedProduct(design, scores[k]!, part(gradient, k));
          value += addPenalty(part(point, k), part(gradient, k));
        }
        return value;
      },
      makePreconditioner() {
        const own = scores.map((residuals) => classPreconditioner(design, curvatures(loss, residuals)));
        return (vector) => {
          for (const [k, solve] of own.entries()) solve(part(vector, k));
        };
      },
    },
    start,
    width > MAX_FACTORED ? WIDE_ITERATIONS : MAX_ITERATIONS,
  );
}

/** Log-odds, log-frequencies or 0; a class without rows starts as if it had half a row. */
function startConstants(loss: LinearLoss, target: ArrayLike<number>, classes: number): number[] {
  if (loss === "squared") return [0];
  const counts = new Array<number>(Math.max(2, classes)).fill(0);
  for (let row = 0; row < target.length; row++) counts[target[row]!] = counts[target[row]!]! + 1;
  const logs = counts.map((count) => Math.log(Math.max(count, 0.5)));
  return loss === "logistic" ? [logs[1]! - logs[0]!] : logs;
}

/** Second derivatives of the rows' losses; a class's residual is p or p - 1, either way p(1 - p). */
function curvatures(loss: LinearLoss, residuals: Float64Array): Float64Array {
  if (loss === "squared") return new Float64Array(residuals.length).fill(1);
  return residuals.map((residual) => Math.abs(residual) * (1 - Math.abs(residual)));
}

/** Solves with one class's second derivatives, or with their diagonal where the design is wide. */
function classPreconditioner(design: LinearDesign, weights: Float64Array): (vector: Float64Array) => void {
  const { width } = design;
  const penalty = (at: number): number => (at === width - 1 ? 1e-9 : 1);
  if (width <= MAX_FACTORED) {
    const gram = gramMatrix(design, weights);
    for (let at = 0; at < width; at++) gram[at * (width + 1)] = gram[at * (width + 1)]! + penalty(at);
    const factor = choleskyFactor(gram, width);
    if (factor !== undefined) return (vector) => choleskySolve(factor, vector);
  }
  const inverse = gramDiagonal(design, weights).map((value, at) => 1 / (value + penalty(at)));
  return (vector) => {
    for (let at = 0; at < width; at++) vector[at] = vector[at]! * inverse[at]!;
  };
}

/** |weights|^2 / 2, its slope added to the gradient; the constant is free. */
function addPenalty(weights: Float64Array, gradient: Float64Array): number {
  let sum = 0;
  for (let at = 0; at < weights.length - 1; at++) {
    const weight = weights[at]!;
    sum += weight * weight;
    gradient[at] = gradient[at]! + weight;
  }
  return sum / 2;
}

/** The summed loss; `scores` become its slopes, [classes] of [rows]. */
function replaceByResiduals(loss: LinearLoss, scores: readonly Float64Array[], target: ArrayLike<number>): number {
  switch (loss) {
    case "squared":
      return squaredResiduals(scores[0]!, target);
    case "logistic":
      return logisticResiduals(scores[0]!, target);
    case "softmax":
      return softmaxResiduals(scores, target);
    default:
      return loss satisfies never;
  }
}

function squaredResiduals(score: Float64Array, target: ArrayLike<number>): number {
  let sum = 0;
  for (let row = 0; row < score.length; row++) {
    const residual = score[row]! - target[row]!;
    score[row] = residual;
    sum += residual * residual;
  }
  return sum / 2;
}

function logisticResiduals(score: Float64Array, target: ArrayLike<number>): number {
  let sum = 0;
  for (let row = 0; row < score.length; row++) {
    const value = score[row]!;
    const tail = Math.exp(-Math.abs(value));
    sum += Math.max(value, 0) - value * target[row]! + Math.log1p(tail);
    score[row] = (value >= 0 ? 1 : tail) / (1 + tail) - target[row]!;
  }
  return sum;
}

function softmaxResiduals(scores: readonly Float64Array[], target: ArrayLike<number>): number {
  let sum = 0;
  for (let row = 0; row < target.length; row++) {
    const total = logSumExp(scores, row);
    sum += total - scores[target[row]!]![row]!;
    for (let k = 0; k < scores.length; k++) {
      scores[k]![row] = Math.exp(scores[k]![row]! - total) - (target[row] === k ? 1 : 0);
    }
  }
  return sum;
}
