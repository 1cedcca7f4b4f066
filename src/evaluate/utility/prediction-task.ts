import { fitBooster, predictBooster } from "../../stats/histogram-boosting.js";
import { fitLinearModel, predictLinearModel } from "../../stats/linear-model.js";
import { type ScoredTable, type ScoredTables, type ScoredValues, takeScoredRows } from "../scored-table.js";

/** Gradient boosting, or logistic and least-squares regression. */
export type UtilityModel = "boosting" | "linear";

/** Predictions of a fitted model: probabilities of class 1, or the value, [rows]; of each class, [rows, outputs], for "classes". */
export type Predictor = (table: ScoredTable) => Float64Array;

/** What is predicted from what. */
export interface PredictionTask {
  readonly kind: "binary" | "classes" | "regression";
  /** Classes of "classes"; 1 otherwise. */
  readonly outputs: number;
  /** The rows whose target is known. */
  selectRows(table: ScoredTable): ScoredTable;
  /** The target: 0 and 1, a class number, or the value, [rows]. */
  targetOf(table: ScoredTable): Float64Array;
  /** Why predictions cannot be scored on these rows, or undefined. */
  whyUntestable(test: ScoredTable): string | undefined;
  /** Why no model can be fitted on these rows, or undefined. */
  whyNothingToLearn(fitting: ScoredTable): string | undefined;
  /** A model fitted on rows that are not useless. `onIteration` may throw to stop. */
  fit(model: UtilityModel, fitting: ScoredTable, onIteration: () => void): Predictor;
  /** What knows nothing: the shares of the classes, or the mean, of these rows for every row. */
  fitBaseline(fitting: ScoredTable): Predictor;
}

/** Classes that are told apart; the rarer ones are one class, "other". */
const MAX_CLASSES = 10;
/** Training rows that a class of its own has at least. */
const MIN_CLASS_ROWS = 20;

/** The task of predicting column `at` from all others. Class 1 of two is the one rarer in training. */
export function makeTask(tables: ScoredTables, at: number): PredictionTask {
  const column = tables.train.columns[at]!;
  return column.kind === "number" ? regressionTask(at) : classTask(at, column.codes, column.levels);
}

function regressionTask(at: number): PredictionTask {
  const targetOf = (table: ScoredTable): Float64Array => {
    const column = table.columns[at]!;
    return column.kind === "number" ? column.values : new Float64Array(0);
  };
  const task = {
    kind: "regression",
    outputs: 1,
    targetOf,
    selectRows: (table: ScoredTable) => selectFinite(table, targetOf(table)),
    whyUntestable: (test: ScoredTable) =>
      new Set(targetOf(test)).size < 2 ? "the held-out rows have fewer than two values of the target" : undefined,
    whyNothingToLearn: (fitting: ScoredTable) =>
      fitting.rowCount === 0 ? "no row has a known target, so nothing can be learned" : undefined,
  } as const;
  return {
    ...task,
    fit: fitterOf(at, targetOf, { loss: "squared" }),
    fitBaseline: (fitting) => repeatMeans([targetOf(fitting)]),
  };
}

function classTask(at: number, trainCodes: Int32Array, levels: number): PredictionTask {
  const { classOf, count } = numberClasses(trainCodes, levels);
  const targetOf = (table: ScoredTable): Float64Array => {
    const column = table.columns[at]!;
    const codes = column.kind === "category" ? column.codes : new Int32Array(0);
    return Float64Array.from(codes, (code) => (code < 0 ? Number.NaN : classOf[code]!));
  };
  const fewClasses = (table: ScoredTable): boolean => new Set(targetOf(table)).size < 2;
  const binary = count === 2;
  const loss: Loss = binary ? { loss: "logistic" } : { loss: "softmax", classes: count };
  const indicators = (table: ScoredTable): Float64Array[] => {
    const target = targetOf(table);
    const asked = binary ? [1] : Array.from({ length: count }, (_, k) => k);
    return asked.map((k) => target.map((value) => (value === k ? 1 : 0)));
  };
  return {
    kind: binary ? "binary" : "classes",
    outputs: binary ? 1 : count,
    targetOf,
    selectRows: (table) => selectFinite(table, targetOf(table)),
    whyUntestable: (test) => {
      if (count < 2) return `the target has no two classes of ${MIN_CLASS_ROWS} training rows or more`;
      return fewClasses(test) ? "the held-out rows have fewer than two classes of the target" : undefined;
    },
    whyNothingToLearn: (fitting) =>
      fewClasses(fitting) ? "the target has fewer than two classes here, so nothing can be learned" : undefined,
    fit: fitterOf(at, targetOf, loss),
    fitBaseline: (fitting) => repeatMeans(indicators(fitting)),
  };
}

/**
 * Classes by frequency in training, the most frequent one 0: the ten most frequent levels that have rows enough to learn
 * from (the first two of few levels in any case); the rest is one more class where it has rows enough together, else its
 * rows are left out (NaN): an AUC of one or two rows is only noise. The count is 1 where no two classes are left.
 */
function numberClasses(codes: Int32Array, levels: number): { classOf: Float64Array; count: number } {
  const counts = new Uint32Array(levels);
  for (const code of codes) if (code >= 0) counts[code]! += 1;
  const order = Array.from(counts.keys()).filter((level) => counts[level]! > 0);
  order.sort((a, b) => counts[b]! - counts[a]! || a - b);
  const spared = order.length <= MAX_CLASSES ? 2 : 0;
  const named = order.filter((level, k) => k < spared || (k < MAX_CLASSES && counts[level]! >= MIN_CLASS_ROWS));
  const rest = order.slice(named.length).reduce((sum, level) => sum + counts[level]!, 0);
  const hasRest = rest >= MIN_CLASS_ROWS;
  const classOf = new Float64Array(levels).fill(hasRest ? named.length : Number.NaN);
  for (const [k, level] of named.entries()) classOf[level] = k;
  return { classOf, count: named.length + (hasRest ? 1 : 0) };
}

function selectFinite(table: ScoredTable, target: Float64Array): ScoredTable {
  const rows = Uint32Array.from(target.keys()).filter((row) => Number.isFinite(target[row]!));
  return rows.length === table.rowCount ? table : takeScoredRows(table, rows);
}

/** Boosting rounds; fewer where columns times classes are many, for a tree's time grows with the columns. */
export const UTILITY_ROUNDS = 100;
const MIN_ROUNDS = 20;
/** Columns times classes times rounds, about. */
const ROUND_CELLS = 20_000;

function roundsFor(columns: number, loss: Loss): number {
  const trees = loss.loss === "softmax" ? loss.classes : 1;
  return Math.max(MIN_ROUNDS, Math.min(UTILITY_ROUNDS, Math.floor(ROUND_CELLS / (columns * trees))));
}

type Loss = { readonly loss: "logistic" | "squared" } | { readonly loss: "softmax"; readonly classes: number };

function fitterOf(at: number, targetOf: (table: ScoredTable) => Float64Array, loss: Loss): PredictionTask["fit"] {
  const featuresOf = (table: ScoredTable): ScoredValues[] => table.columns.filter((_, column) => column !== at);
  return (model, fitting, onIteration) => {
    const features = featuresOf(fitting);
    const target = targetOf(fitting);
    switch (model) {
      case "boosting": {
        const iterations = roundsFor(features.length, loss);
        const booster = fitBooster(features, target, { ...loss, iterations, onIteration });
        return (table) => predictBooster(booster, featuresOf(table));
      }
      case "linear": {
        const linear = fitLinearModel(features, target, loss);
        return (table) => predictLinearModel(linear, featuresOf(table));
      }
      default:
        return model satisfies never;
    }
  };
}

/** The columns' means for every row, [rows, columns]. */
function repeatMeans(columns: readonly Float64Array[]): Predictor {
  const means = columns.map((column) => column.reduce((sum, value) => sum + value / column.length, 0));
  return (table) => Float64Array.from({ length: table.rowCount * means.length }, (_, i) => means[i % means.length]!);
}
