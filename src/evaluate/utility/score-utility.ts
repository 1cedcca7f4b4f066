import type { OnProgress } from "../../core/progress.js";
import type { RandomStream } from "../../core/random.js";
import { calibration } from "../../stats/calibration.js";
import type { Utility } from "../contract/utility-schema.js";
import type { ScoredTables } from "../scored-table.js";
import { chooseTarget } from "./choose-target.js";
import { compareFits, type Fits, type FittingSet, metricsBeside, testBaseline } from "./compare-fits.js";
import { knowNothing, mainMetric, withoutFigures } from "./main-figures.js";
import { makeTask, type PredictionTask } from "./prediction-task.js";
import { scoreEveryColumn } from "./score-every-column.js";
import { scoreImportance } from "./score-importance.js";
import { makeSteps, type Steps } from "./steps.js";
import { chooseUtilityRows, type UtilityRows } from "./utility-rows.js";

export interface UtilityOptions {
  /** Name of the column to predict; chosen by chooseTarget where it is not given. */
  readonly target?: string | undefined;
  /** Predict each column in turn too. */
  readonly everyTarget?: boolean | undefined;
  readonly random: RandomStream;
  readonly onProgress?: OnProgress | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** Rows that a model is fitted on and tested on, at most; fewer are fitted on where there are many classes. */
export const UTILITY_ROWS = 50_000;

const SETS: readonly FittingSet[] = ["synthetic", "real", "allReal", "augmented"];
/** Two models on each set, and the importances. */
const TARGET_STEPS = 2 * SETS.length + 1;

/**
 * Train on synthetic, test on real: models fitted on synthetic rows, on as many training rows, on all of them and on these
 * with synthetic rows added predict the target of held-out rows, by gradient boosting and by logistic or least-squares
 * regression. The main measure is boosting's: AUC for a category (several classes: the mean over classes of one against the
 * rest), R2 for a number. The baseline knows nothing: .5, or 0. A synthetic figure's ceiling is the real one. Without
 * held-out rows one half of training stands in for them, and the figures say so. Throws E_EVALUATE_TARGET, E_INTERRUPTED.
 */
export async function scoreUtility(tables: ScoredTables, options: UtilityOptions): Promise<Utility> {
  const { random, everyTarget = false } = options;
  const at = chooseTarget(tables, options.target);
  if (at === undefined) return withoutFigures("no column can be a target: none is a number or has 2 to 10 values");
  const target = { target: tables.columns[at]!.name, targetChosen: options.target === undefined };
  if (tables.columns.length < 2) return { ...target, ...withoutFigures("there is no other column to predict it from") };
  const total = TARGET_STEPS + (everyTarget ? 2 * tables.columns.length : 0);
  const steps = makeSteps("utility", total, options);
  const utility = { ...target, ...(await scoreTarget(tables, at, random, steps)) };
  if (!everyTarget) return utility;
  return { ...utility, everyColumn: await scoreEveryColumn(tables, random.fork("every column"), steps) };
}

async function scoreTarget(tables: ScoredTables, at: number, random: RandomStream, steps: Steps): Promise<Utility> {
  const task = makeTask(tables, at);
  const rows = chooseUtilityRows(tables, task, random, UTILITY_ROWS);
  if ("problem" in rows) return { metric: mainMetric(task), ...withoutFigures(rows.problem) };
  const boosted = await compareFits(task, "boosting", rows, SETS, steps);
  const linear = await compareFits(task, "linear", rows, SETS, steps);
  const baseline = testBaseline(task, rows);
  const metrics = metricsBeside(boosted, baseline);
  const { synthetic, real } = metrics[0]!;
  const predictors = { synthetic: boosted.synthetic?.predictor, real: boosted.real?.predictor };
  const look = { tables, task, at, test: rows.test, ...predictors };
  const importance = await scoreImportance(look, random.fork("importance"), steps);
  return {
    metric: mainMetric(task),
    synthetic,
    real,
    baseline: knowNothing(task, rows),
    models: [
      { model: "boosting", metrics },
      { model: "linear", metrics: metricsBeside(linear, baseline) },
    ],
    ...calibrationCurves(task, rows, boosted),
    ...(importance === undefined ? {} : { importance }),
  };
}

/** Of two classes, where both models learned something. */
function calibrationCurves(task: PredictionTask, { test }: UtilityRows, fits: Fits): Pick<Utility, "calibration"> {
  const synthetic = fits.synthetic?.predictions;
  const real = fits.real?.predictions;
  if (task.kind !== "binary" || synthetic === undefined || real === undefined) return {};
  const truth = task.targetOf(test);
  const curve = (predictions: Float64Array) => [...calibration(predictions, truth).groups];
  return { calibration: { synthetic: curve(synthetic), real: curve(real) } };
}
