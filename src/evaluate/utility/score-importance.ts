import type { RandomStream } from "../../core/random.js";
import { doubledMidRanks } from "../../stats/mid-ranks.js";
import { spearmanCorrelation } from "../../stats/spearman-correlation.js";
import type { Utility } from "../contract/utility-schema.js";
import { makeFigure, unavailable } from "../figure.js";
import type { Figure } from "../report-schema.js";
import { type ScoredTable, type ScoredTables, takeFirstRows, takeScoredValues } from "../scored-table.js";
import type { PredictionTask, Predictor } from "./prediction-task.js";
import type { Steps } from "./steps.js";

/** Held-out rows that importances are measured on, at most; fewer where there are many columns and classes. */
export const IMPORTANCE_ROWS = 5000;
/** The same at least, where there are so many. */
const MIN_ROWS = 200;
/** Rows times columns times classes, about. */
const CELLS = 100_000;
const RESAMPLES = 200;
/** With fewer columns beside the target a rank correlation says nothing. */
const MIN_COLUMNS = 3;

export interface ImportanceInput {
  readonly tables: ScoredTables;
  readonly task: PredictionTask;
  /** Position of the target. */
  readonly at: number;
  readonly test: ScoredTable;
  /** Undefined where there was nothing to learn. */
  readonly synthetic: Predictor | undefined;
  readonly real: Predictor | undefined;
}

/**
 * Permutation importance of every column for the two models (Breiman 2001, doi:10.1023/A:1010933404324): the mean squared
 * error (of the classes' shares: Brier's) that is added when the column is shuffled among the test rows, over the error of
 * knowing nothing; so the loss of R2. The agreement is Spearman's correlation of the two, its interval from bootstrap
 * samples of the test rows. Undefined where neither model learned anything or the rows looked at have one value.
 */
export async function scoreImportance(
  input: ImportanceInput,
  random: RandomStream,
  steps: Steps,
): Promise<Utility["importance"]> {
  const { tables, task, at, synthetic, real } = input;
  if (synthetic === undefined && real === undefined) return undefined;
  const positions = [...tables.columns.keys()].filter((position) => position !== at);
  const share = Math.floor(CELLS / (positions.length * task.outputs));
  const rows = Math.min(IMPORTANCE_ROWS, Math.max(MIN_ROWS, share));
  const test = takeFirstRows(input.test, rows, random.fork("rows").permutation(input.test.rowCount));
  const unit = meanOf(rowErrors(task.fitBaseline(test)(test), task, test));
  if (!(unit > 0)) return undefined;
  await steps.next("comparing what the models look at");
  const measure = (predictor: Predictor | undefined) =>
    predictor && addedErrors(predictor, task, test, positions, random.fork("shuffle"), steps, unit);
  const added = { real: measure(real), synthetic: measure(synthetic) };
  const means = { real: added.real?.map(meanOf), synthetic: added.synthetic?.map(meanOf) };
  return {
    agreement: agreement(added.real, added.synthetic, test.rowCount, random.fork("resamples")),
    columns: positions.map((position, i) => ({
      name: tables.columns[position]!.name,
      real: means.real?.[i] ?? null,
      synthetic: means.synthetic?.[i] ?? null,
    })),
  };
}

/** What shuffling a column adds to each row's error, in units of the error of knowing nothing: [columns] of [rows]. */
function addedErrors(
  predictor: Predictor,
  task: PredictionTask,
  test: ScoredTable,
  positions: readonly number[],
  random: RandomStream,
  steps: Steps,
  unit: number,
): Float64Array[] {
  const before = rowErrors(predictor(test), task, test);
  return positions.map((position) => {
    steps.check();
    const order = random.fork(position).permutation(test.rowCount);
    const columns = test.columns.with(position, takeScoredValues(test.columns[position]!, order));
    const after = rowErrors(predictor({ rowCount: test.rowCount, columns }), task, test);
    return after.map((error, row) => (error - before[row]!) / unit);
  });
}

/** Squared error of the value, or Brier's of the classes, [rows]. */
function rowErrors(
  predictions: Float64Array,
  { kind, outputs, targetOf }: PredictionTask,
  test: ScoredTable,
): Float64Array {
  return targetOf(test).map((value, row) => {
    if (kind !== "classes") return (value - predictions[row]!) ** 2;
    let sum = 0;
    for (let k = 0; k < outputs; k++) sum += (predictions[row * outputs + k]! - (value === k ? 1 : 0)) ** 2 / 2;
    return sum;
  });
}

function agreement(
  real: readonly Float64Array[] | undefined,
  synthetic: readonly Float64Array[] | undefined,
  rows: number,
  random: RandomStream,
): Figure {
  if (real === undefined || synthetic === undefined) return unavailable("one of the models had nothing to learn from");
  if (real.length < MIN_COLUMNS) return unavailable(`fewer than ${MIN_COLUMNS} columns are beside the target`);
  const value = correlate(real.map(meanOf), synthetic.map(meanOf));
  if (Number.isNaN(value)) return unavailable("one of the models looks at no column");
  const draws = Array.from({ length: RESAMPLES }, () => {
    const counts = resample(rows, random);
    return correlate(
      real.map((column) => weightedSum(column, counts)),
      synthetic.map((column) => weightedSum(column, counts)),
    );
  }).filter((draw) => !Number.isNaN(draw));
  return makeFigure(value, { error: deviation(draws), range: [-1, 1], n: real.length });
}

function correlate(a: readonly number[], b: readonly number[]): number {
  return spearmanCorrelation(doubledMidRanks(Float64Array.from(a)), doubledMidRanks(Float64Array.from(b)));
}

/** How often each row is drawn, [rows]. */
function resample(rows: number, random: RandomStream): Float64Array {
  const counts = new Float64Array(rows);
  for (let i = 0; i < rows; i++) counts[random.integer(rows)]! += 1;
  return counts;
}

function weightedSum(values: Float64Array, weights: Float64Array): number {
  let sum = 0;
  for (let row = 0; row < values.length; row++) sum += values[row]! * weights[row]!;
  return sum;
}

function meanOf(values: Float64Array): number {
  let sum = 0;
  for (const value of values) sum += value;
  return sum / values.length;
}

function deviation(values: readonly number[]): number {
  const mean = values.reduce((sum, value) => sum + value / values.length, 0);
  return Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2 / values.length, 0));
}
