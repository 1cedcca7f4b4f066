import { usageError } from "../core/errors.js";
import { type BoosterFeature, binFeature, type FeatureBins, fitFeatureBins } from "./feature-bins.js";
import { makeBinnedFeatures, makeTreeWorkspace } from "./gradient-histogram.js";
import { growTree, type HistogramTree, leafOf, type TreeRules } from "./histogram-tree.js";
import { logSumExp, sigmoid, softmaxRows } from "./softmax.js";

/** What is minimised: log-loss of two classes (targets 0, 1), of `classes` classes (0..classes-1), squared error. */
export type BoosterLoss = "logistic" | "softmax" | "squared";

export interface BoosterOptions {
  readonly loss: BoosterLoss;
  /** Number of classes; softmax only. */
  readonly classes?: number;
  /** Boosting rounds; default 100. */
  readonly iterations?: number;
  /** Default 0.1. */
  readonly learningRate?: number;
  /** Leaves of a tree at most; default 31. */
  readonly maxLeaves?: number;
  /** Rows of a leaf at least; default 20. */
  readonly minLeafRows?: number;
  /** Penalty on leaf values; default 0. */
  readonly l2?: number;
  /** Bins of a feature beside the missing bin, 2..255; default 255. */
  readonly maxBins?: number;
  /** Called after each round; may throw to stop (an aborted signal). */
  readonly onIteration?: (done: number) => void;
}

/** A fitted booster: a start score and trees a class (one class for logistic and squared). */
export interface Booster {
  readonly loss: BoosterLoss;
  readonly bins: readonly FeatureBins[];
  readonly start: readonly number[];
  /** [iterations] of [classes] */
  readonly trees: readonly (readonly HistogramTree[])[];
}

/**
 * Log-odds that a leaf adds at most, before the learning rate. Where rows are predicted with near certainty, and one of
 * them wrongly, gradient over hessian is astronomic: scores would leave the range of numbers.
 */
const MAX_STEP = 10;

/**
 * Fits gradient-boosted histogram trees: leaf-wise growth, missing values on the better side of each cut, categories
 * ordered by gradient. The same defaults as scikit-learn's HistGradientBoosting without early stopping; deterministic.
 *
 * Sources: Friedman 2001 (doi:10.1214/aos/1013203451), Ke et al. 2017 (LightGBM).
 * @param features one entry a column, each of target.length rows
 * @param target [rows], finite; classes as 0..classes-1
 */
export function fitBooster(
  features: readonly BoosterFeature[],
  target: ArrayLike<number>,
  options: BoosterOptions,
): Booster {
  const classes = checkTarget(features, target, options);
  const bins = features.map((feature) => fitFeatureBins(feature, options.maxBins ?? 255));
  const columns = features.map((feature, i) => binFeature(bins[i]!, feature));
  const rowCount = target.length;
  const data = makeBinnedFeatures(bins, columns);
  const rules: TreeRules = {
    l2: options.l2 ?? 0,
    minLeafRows: options.minLeafRows ?? 20,
    maxLeaves: options.maxLeaves ?? 31,
    learningRate: options.learningRate ?? 0.1,
    ...(options.loss === "squared" ? {} : { maxStep: MAX_STEP }),
  };
  const workspace = makeTreeWorkspace(rowCount);
  const start = startScores(options.loss, target, classes);
  const scores = start.map((score) => new Float64Array(rowCount).fill(score));
  const gradients = start.map(() => new Float64Array(rowCount));
  const hessians = start.map(() => new Float64Array(rowCount));
  const trees: HistogramTree[][] = [];
  const iterations = options.iterations ?? 100;
  for (let iteration = 0; iteration < iterations; iteration++) {
    computeGradients(options.loss, scores, target, gradients, hessians);
    trees.push(scores.map((score, k) => growTree(data, gradients[k]!, hessians[k]!, rules, workspace, score)));
    options.onIteration?.(iteration + 1);
  }
  return { loss: options.loss, bins, start, trees };
}

/**
 * Predictions for rows of the same features (same order and kinds as in fitting).
 * @returns logistic: probability of class 1, [rows]; squared: the mean, [rows]; softmax: [rows, classes], row by row
 */
export function predictBooster(booster: Booster, features: readonly BoosterFeature[]): Float64Array {
  if (features.length !== booster.bins.length) {
    throw usageError("E_BOOSTER_FEATURES", `the booster has ${booster.bins.length} features; got ${features.length}`);
  }
  const columns = features.map((feature, i) => binFeature(booster.bins[i]!, feature));
  const rowCount = columns[0]?.length ?? 0;
  const scores = booster.start.map((score) => new Float64Array(rowCount).fill(score));
  for (const round of booster.trees) {
    for (let k = 0; k < round.length; k++) {
      const tree = round[k]!;
      const score = scores[k]!;
      for (let row = 0; row < rowCount; row++) score[row] = score[row]! + tree.value[leafOf(tree, columns, row)]!;
    }
  }
  return linkScores(booster.loss, scores, rowCount);
}

function checkTarget(features: readonly BoosterFeature[], target: ArrayLike<number>, options: BoosterOptions): number {
  const classes = options.loss === "softmax" ? (options.classes ?? 0) : options.loss === "logistic" ? 2 : 0;
  if (options.loss === "softmax" && classes < 2) {
    throw usageError("E_BOOSTER_CLASSES", `booster.classes must be 2 or more; got ${classes}`);
  }
  if (target.length === 0) throw usageError("E_BOOSTER_EMPTY", "the booster needs one row or more");
  for (const feature of features) {
    const rows = feature.kind === "number" ? feature.values.length : feature.codes.length;
    if (rows !== target.length) {
      throw usageError("E_BOOSTER_ROWS", `a feature has ${rows} rows, the target ${target.length}`);
    }
  }
  for (let row = 0; row < target.length; row++) {
    const value = target[row]!;
    const valid = classes === 0 ? Number.isFinite(value) : Number.isInteger(value) && value >= 0 && value < classes;
    if (!valid)
      throw usageError("E_BOOSTER_TARGET", `the target's row ${row + 1} is not a valid ${options.loss} target`);
  }
  return options.loss === "softmax" ? classes : 1;
}

/** Log-odds, log-frequencies or the mean; a class without rows starts as if it had half a row. */
function startScores(loss: BoosterLoss, target: ArrayLike<number>, classes: number): number[] {
  const rows = target.length;
  if (loss === "softmax") {
    const counts = new Array<number>(classes).fill(0);
    for (let row = 0; row < rows; row++) counts[target[row]!] = counts[target[row]!]! + 1;
    return counts.map((count) => Math.log(Math.max(count, 0.5) / rows));
  }
  let sum = 0;
  for (let row = 0; row < rows; row++) sum += target[row]!;
  if (loss === "squared") return [sum / rows];
  const share = Math.min(Math.max(sum, 0.5), rows - 0.5) / rows;
  return [Math.log(share / (1 - share))];
}

function computeGradients(
  loss: BoosterLoss,
  scores: readonly Float64Array[],
  target: ArrayLike<number>,
  gradients: readonly Float64Array[],
  hessians: readonly Float64Array[],
): void {
  if (loss === "softmax") {
    softmaxGradients(scores, target, gradients, hessians);
    return;
  }
  const score = scores[0]!;
  const gradient = gradients[0]!;
  const hessian = hessians[0]!;
  for (let row = 0; row < score.length; row++) {
    const mean = loss === "logistic" ? sigmoid(score[row]!) : score[row]!;
    gradient[row] = mean - target[row]!;
    hessian[row] = loss === "logistic" ? mean * (1 - mean) : 1;
  }
}

function softmaxGradients(
  scores: readonly Float64Array[],
  target: ArrayLike<number>,
  gradients: readonly Float64Array[],
  hessians: readonly Float64Array[],
): void {
  const classes = scores.length;
  for (let row = 0; row < target.length; row++) {
    const total = logSumExp(scores, row);
    for (let k = 0; k < classes; k++) {
      const share = Math.exp(scores[k]![row]! - total);
      gradients[k]![row] = share - (target[row] === k ? 1 : 0);
      hessians[k]![row] = share * (1 - share);
    }
  }
}

function linkScores(loss: BoosterLoss, scores: readonly Float64Array[], rowCount: number): Float64Array {
  if (loss === "squared") return scores[0]!;
  if (loss === "logistic") return scores[0]!.map(sigmoid);
  return softmaxRows(scores, rowCount);
}
