import type { RandomStream } from "../../../core/random.js";
import { auc } from "../../../stats/auc.js";
import { permutationImportance } from "../../../stats/permutation-importance.js";
import { makeFigure } from "../../figure.js";
import type { Figure } from "../../report-schema.js";
import { type ScoredColumn, type ScoredValues, takeScoredValues } from "../../scored-table.js";
import { holdsTimes } from "../round-step.js";
import { aucFigure, type CrossValidation, crossValidate, makeBoosting } from "./classifier-test.js";
import { type TwoSample, thinLabelledRows, thinTwoSample } from "./two-sample.js";

/** AUC that a booster loses with a column shuffled, one entry a fold: by the column's position, of those looked at. */
export type ColumnLosses = Map<number, number[]>;

/** Columns that are looked at, at most. */
export const MAX_TELLING_COLUMNS = 64;
/** Rows of a fold that columns are shuffled in, at most, and such rows times columns. */
const SHUFFLED_ROWS = 2000;
const SHUFFLED_CELLS = 60_000;
/** Rows a side that a column alone is judged on, at most, and such rows times columns. */
const ALONE_ROWS = 5000;
const ALONE_CELLS = 200_000;
/** The least of both, for wide tables. */
const MIN_ROWS = 300;

/**
 * To be called with each fold of a cross-validation: notes what shuffling each column costs there. Of wide tables the
 * columns that the first fold's booster splits on most.
 */
export function noteLosses(losses: ColumnLosses, random: RandomStream): NonNullable<CrossValidation["onFold"]> {
  return ({ predict, splits }, testing, fold) => {
    if (losses.size === 0) for (const at of mostSplit(splits)) losses.set(at, []);
    const { features, labels } = thinLabelledRows(testing, rowsFor(splits.length, SHUFFLED_ROWS, SHUFFLED_CELLS));
    const shuffle = (column: ScoredValues, stream: RandomStream): ScoredValues =>
      takeScoredValues(column, stream.permutation(labels.length));
    const scoreOf = (shuffled: readonly ScoredValues[]): number => auc(predict(shuffled), labels);
    const positions = [...losses.keys()];
    const found = permutationImportance(features, positions, shuffle, scoreOf, random.fork(fold));
    for (const [i, at] of positions.entries()) losses.get(at)!.push(found[i]!);
  };
}

/** Positions of the columns with the most splits, ascending. */
function mostSplit(splits: readonly number[]): number[] {
  const order = [...splits.keys()].sort((a, b) => splits[b]! - splits[a]! || a - b);
  return order.slice(0, MAX_TELLING_COLUMNS).sort((a, b) => a - b);
}

function rowsFor(columns: number, most: number, cells: number): number {
  return Math.max(MIN_ROWS, Math.min(most, Math.floor(cells / columns)));
}

/** Student's 97.5 % quantile for five folds over the normal one: intervals take errors times 1.96. */
const FIVE_FOLDS = 2.776 / 1.96;

/** The mean loss over folds; the interval is Student's, folds taken as independent. */
export function importanceFigure(losses: readonly number[], n: number): Figure {
  const mean = losses.reduce((sum, loss) => sum + loss, 0) / losses.length;
  const squares = losses.reduce((sum, loss) => sum + (loss - mean) ** 2, 0);
  const error = Math.sqrt(squares / (losses.length - 1) / losses.length);
  return makeFigure(mean, { error: FIVE_FOLDS * error, range: [-1, 1], n });
}

/** AUC of a small booster that sees one column alone: its values, and of numbers how round they are and their last digits. */
export async function aloneFigure(
  sample: TwoSample,
  column: ScoredColumn,
  at: number,
  signal: AbortSignal | undefined,
): Promise<Figure> {
  const few = thinTwoSample(sample, rowsFor(sample.features.length, ALONE_ROWS, ALONE_CELLS));
  // Large leaves: a few digits' chance must not hide what the values say.
  const minLeafRows = Math.max(20, Math.ceil(few.labels.length / 40));
  const boosting = makeBoosting({ iterations: 20, learningRate: 0.25, maxLeaves: 8, minLeafRows });
  return aucFigure(await crossValidate(few, digitsOf(few.features[at]!, column), boosting, { signal }));
}

/** Beyond this, a number's last digits are not kept. */
const MAX_COUNT = 2 ** 50;

/** A column's values; of numbers also what quantile bins do not see: how round they are, their last two digits or weekday. */
function digitsOf(values: ScoredValues, column: ScoredColumn): ScoredValues[] {
  if (values.kind === "category") return [values];
  const cycle = holdsTimes(column) ? 7 : 100;
  const roundness = new Float64Array(values.values.length);
  const last = new Float64Array(values.values.length);
  values.values.forEach((value, row) => {
    const count = value / column.unit;
    const whole = Math.round(count);
    const isKnown = Math.abs(whole) < MAX_COUNT;
    roundness[row] = !isKnown ? Number.NaN : Math.abs(count - whole) > 1e-4 ? -1 : trailingZeros(whole);
    last[row] = isKnown ? Math.abs(whole % cycle) : Number.NaN;
  });
  return [values, { kind: "number", values: roundness }, { kind: "number", values: last }];
}

/** Zeros at the end of a whole number; 9 for 0. */
function trailingZeros(whole: number): number {
  let zeros = 0;
  for (let rest = whole; zeros < 9 && rest % 10 === 0; rest /= 10) zeros++;
  return zeros;
}
