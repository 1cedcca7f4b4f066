import { setImmediate } from "node:timers/promises";
import { throwIfAborted } from "../../core/errors.js";
import type { OnProgress } from "../../core/progress.js";
import type { RandomStream } from "../../core/random.js";
import { makeFigure, unavailable } from "../figure.js";
import type { Figure, Report } from "../report-schema.js";
import { type ScoredTable, type ScoredTables, takeFirstRows } from "../scored-table.js";
import { chooseTarget } from "./choose-target.js";
import { makeTask, type PredictionTask } from "./prediction-task.js";
import { testPredictions } from "./test-predictions.js";

export interface UtilityOptions {
  /** Name of the column to predict; chosen by chooseTarget where it is not given. */
  readonly target?: string | undefined;
  readonly random: RandomStream;
  readonly onProgress?: OnProgress | undefined;
  readonly signal?: AbortSignal | undefined;
}

type Utility = Report["utility"];

/** Rows that a model is fitted on, at most; fewer where there are many classes, which take a tree each. */
export const UTILITY_ROWS = 50_000;

/**
 * Train on synthetic, test on real: a booster fitted on synthetic rows and one fitted on as many training rows predict the
 * target of held-out rows. AUC for a category (several classes: the mean over classes of one against the rest), R2 for a
 * number. The baseline knows nothing: .5, or 0. The synthetic figure's ceiling is the real one. Without held-out rows the
 * figures are unavailable. Throws E_EVALUATE_TARGET.
 */
export async function scoreUtility(tables: ScoredTables, options: UtilityOptions): Promise<Utility> {
  const at = chooseTarget(tables, options.target);
  if (at === undefined) return withoutFigures("no column can be a target: none is a number or has 2 to 10 values");
  const target = tables.columns[at]!.name;
  if (tables.columns.length < 2) return { target, ...withoutFigures("there is no other column to predict it from") };
  if (tables.holdout === undefined) {
    return { target, ...withoutFigures("there are no held-out rows to test on") };
  }
  const task = makeTask(tables, at);
  const metric = task.kind === "regression" ? "R2" : "AUC";
  const test = task.selectRows(tables.holdout);
  const problem = task.whyUntestable(test);
  if (problem !== undefined) return { target, metric, ...withoutFigures(problem) };
  const fitting = matchFittingRows(tables, task, options.random);
  const progress = (done: number): void =>
    options.onProgress?.({ kind: "progress", stage: "utility", done, total: 2, unit: "models" });
  progress(0);
  const synthetic = await fitAndTest(task, fitting.synthetic, test, options.signal);
  progress(1);
  const real = await fitAndTest(task, fitting.train, test, options.signal);
  progress(2);
  const ceiling = real.value === undefined || synthetic.value === undefined ? {} : { ceiling: real.value };
  const baseline = makeFigure(task.kind === "regression" ? 0 : 0.5, { n: test.rowCount });
  return { target, metric, synthetic: { ...synthetic, ...ceiling }, real, baseline };
}

function withoutFigures(reason: string): Pick<Utility, "synthetic" | "real" | "baseline"> {
  return { synthetic: unavailable(reason), real: unavailable(reason), baseline: unavailable(reason) };
}

/** Equally many rows with a known target of the synthetic and of the training table. */
function matchFittingRows(
  tables: ScoredTables,
  task: PredictionTask,
  random: RandomStream,
): { synthetic: ScoredTable; train: ScoredTable } {
  const synthetic = task.selectRows(tables.synthetic);
  const train = task.selectRows(tables.train);
  const cap = Math.ceil(UTILITY_ROWS / Math.max(1, task.outputs / 2));
  const rows = Math.min(cap, synthetic.rowCount === 0 ? cap : synthetic.rowCount, train.rowCount);
  const cut = (table: ScoredTable, label: string): ScoredTable =>
    takeFirstRows(table, rows, random.fork(label).permutation(table.rowCount));
  return { synthetic: cut(synthetic, "synthetic"), train: cut(train, "train") };
}

async function fitAndTest(
  task: PredictionTask,
  fitting: ScoredTable,
  test: ScoredTable,
  signal: AbortSignal | undefined,
): Promise<Figure> {
  await setImmediate();
  throwIfAborted(signal);
  const n = test.rowCount;
  const useless = task.whyNothingToLearn(fitting);
  if (useless !== undefined) return makeFigure(task.kind === "regression" ? 0 : 0.5, { n, reason: useless });
  return testPredictions(
    task,
    task.fitAndPredict(fitting, test, () => throwIfAborted(signal)),
    fitting,
    test,
  );
}
