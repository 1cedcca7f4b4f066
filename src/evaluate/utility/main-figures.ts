import type { Utility } from "../contract/utility-schema.js";
import { makeFigure, unavailable } from "../figure.js";
import type { Figure } from "../report-schema.js";
import type { PredictionTask } from "./prediction-task.js";
import type { UtilityRows } from "./utility-rows.js";

type MainFigures = Pick<Utility, "synthetic" | "real" | "baseline">;

/** The measure that a task is judged by. */
export function mainMetric(task: PredictionTask): "AUC" | "R2" {
  return task.kind === "regression" ? "R2" : "AUC";
}

/** The main measure of knowing nothing. */
export function knowNothing(task: PredictionTask, { test }: UtilityRows): Figure {
  return makeFigure(task.kind === "regression" ? 0 : 0.5, { n: test.rowCount });
}

/** No main figure, and why. */
export function withoutFigures(reason: string): MainFigures {
  return { synthetic: unavailable(reason), real: unavailable(reason), baseline: unavailable(reason) };
}
