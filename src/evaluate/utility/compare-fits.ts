import type { UtilityMetric } from "../contract/utility-schema.js";
import { makeFigure, unavailable } from "../figure.js";
import type { Figure } from "../report-schema.js";
import type { ScoredTable } from "../scored-table.js";
import type { PredictionTask, Predictor, UtilityModel } from "./prediction-task.js";
import type { Steps } from "./steps.js";
import { metricsOf, type TestedMetric, testPredictions } from "./test-predictions.js";
import type { UtilityRows } from "./utility-rows.js";

/** A model fitted on one set of rows: its figures, and what it predicts unless there was nothing to learn. */
export interface Fit {
  readonly figures: readonly TestedMetric[];
  readonly predictor?: Predictor;
  /** Of the test rows. */
  readonly predictions?: Float64Array;
}

/** Sets of rows that a model is fitted on. */
export type FittingSet = "synthetic" | "real" | "allReal" | "augmented";

export type Fits = Readonly<Partial<Record<FittingSet, Fit>>>;

/** Fits the model on each of the sets, one step each; where allReal is no more than real the fit is the same. */
export async function compareFits(
  task: PredictionTask,
  model: UtilityModel,
  rows: UtilityRows,
  sets: readonly FittingSet[],
  steps: Steps,
): Promise<Fits> {
  const fits: Partial<Record<FittingSet, Fit>> = {};
  const known = new Map<ScoredTable, Fit>();
  for (const set of sets) {
    await steps.next(WORDS[set]);
    const fitting = rows[set];
    const fit = known.get(fitting) ?? fitAndTest(task, model, fitting, rows, steps);
    known.set(fitting, fit);
    fits[set] = fit;
  }
  return fits;
}

const WORDS: Readonly<Record<FittingSet, string>> = {
  synthetic: "training models on synthetic rows",
  real: "training models on real rows",
  allReal: "training models on all real rows",
  augmented: "training models on real and synthetic rows",
};

function fitAndTest(
  task: PredictionTask,
  model: UtilityModel,
  fitting: ScoredTable,
  { test, caveat }: UtilityRows,
  steps: Steps,
): Fit {
  const useless = task.whyNothingToLearn(fitting);
  if (useless !== undefined) {
    const guess = makeFigure(task.kind === "regression" ? 0 : 0.5, { n: test.rowCount, reason: useless });
    return {
      figures: metricsOf(task).map((metric, i) => ({ metric, figure: i === 0 ? guess : unavailable(useless) })),
    };
  }
  const predictor = task.fit(model, fitting, () => steps.check());
  const predictions = predictor(test);
  const figures = testPredictions(task, predictions, fitting, test);
  return {
    predictor,
    predictions,
    figures: figures.map(({ metric, figure }) => ({ metric, figure: withReason(figure, caveat) })),
  };
}

function withReason(figure: Figure, caveat: string | undefined): Figure {
  if (caveat === undefined) return figure;
  return { ...figure, reason: figure.reason === undefined ? caveat : `${figure.reason}; ${caveat}` };
}

/** The figures of what knows nothing but how often each class occurs, or the mean. */
export function testBaseline(task: PredictionTask, rows: UtilityRows): TestedMetric[] {
  const useless = task.whyNothingToLearn(rows.real);
  if (useless !== undefined) return metricsOf(task).map((metric) => ({ metric, figure: unavailable(useless) }));
  return testPredictions(task, task.fitBaseline(rows.real)(rows.test), rows.real, rows.test);
}

/** The measures side by side; a synthetic figure's ceiling is the real one. */
export function metricsBeside(fits: Fits, baseline: readonly TestedMetric[]): UtilityMetric[] {
  return baseline.map(({ metric, figure }, i) => {
    const of = (set: FittingSet): Figure => fits[set]?.figures[i]?.figure ?? unavailable("the model was not fitted");
    const extra = (set: FittingSet) => (fits[set] === undefined ? {} : { [set]: of(set) });
    return {
      metric,
      synthetic: withCeiling(of("synthetic"), of("real")),
      real: of("real"),
      ...extra("augmented"),
      ...extra("allReal"),
      baseline: figure,
    };
  });
}

function withCeiling(figure: Figure, ceiling: Figure): Figure {
  return figure.value === undefined || ceiling.value === undefined ? figure : { ...figure, ceiling: ceiling.value };
}
