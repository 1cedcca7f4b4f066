import type { RandomStream } from "../../core/random.js";
import type { Utility } from "../contract/utility-schema.js";
import type { ScoredTables } from "../scored-table.js";
import { compareFits, metricsBeside, testBaseline } from "./compare-fits.js";
import { knowNothing, mainMetric, withoutFigures } from "./main-figures.js";
import { makeTask } from "./prediction-task.js";
import type { Steps } from "./steps.js";
import { chooseUtilityRows } from "./utility-rows.js";

/** Rows that a column's models are fitted on, at most. */
export const EVERY_COLUMN_ROWS = 20_000;

type ColumnUtility = NonNullable<Utility["everyColumn"]>[number];

/** Each column in turn predicted from all others, by boosting: as synthetic rows teach it and as real ones do. */
export async function scoreEveryColumn(
  tables: ScoredTables,
  random: RandomStream,
  steps: Steps,
): Promise<ColumnUtility[]> {
  const scores: ColumnUtility[] = [];
  for (const at of tables.columns.keys()) scores.push(await scoreColumn(tables, at, random.fork(at), steps));
  return scores;
}

async function scoreColumn(
  tables: ScoredTables,
  at: number,
  random: RandomStream,
  steps: Steps,
): Promise<ColumnUtility> {
  const target = tables.columns[at]!.name;
  const task = makeTask(tables, at);
  const rows = chooseUtilityRows(tables, task, random, EVERY_COLUMN_ROWS);
  if ("problem" in rows) return { target, ...withoutFigures(rows.problem) };
  const words = `predicting column ${at + 1} of ${tables.columns.length}`;
  const fits = await compareFits(task, "boosting", rows, ["synthetic", "real"], {
    next: () => steps.next(words),
    check: steps.check,
  });
  const { synthetic, real } = metricsBeside(fits, testBaseline(task, rows))[0]!;
  return { target, metric: mainMetric(task), synthetic, real, baseline: knowNothing(task, rows) };
}
