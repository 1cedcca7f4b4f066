import type { RandomStream } from "../../core/random.js";
import { joinScoredTables, type ScoredTable, type ScoredTables, takeFirstRows } from "../scored-table.js";
import { MIN_SPLIT_ROWS, splitTrain } from "../split-train.js";
import type { PredictionTask } from "./prediction-task.js";

/** What models learn from and are tested on: rows with a known target. */
export interface UtilityRows {
  /** As many as `real`, drawn at random. */
  readonly synthetic: ScoredTable;
  readonly real: ScoredTable;
  /** All real rows that may be learned from; the same object as `real` where there are no more. */
  readonly allReal: ScoredTable;
  /** `allReal` and as many synthetic rows (all where they are fewer). */
  readonly augmented: ScoredTable;
  readonly test: ScoredTable;
  /** What has to be said with every figure, if anything. */
  readonly caveat?: string;
}

/** Why there are no figures. */
export interface NoUtility {
  readonly problem: string;
}

const ESTIMATE =
  "an estimate: no row was held out, so models learn from one half of the training rows and are tested on the other; the synthetic rows were made from both halves";

/**
 * Rows to learn from and to test on: training against held-out rows, or one half of training against the other where none
 * was held out.
 * @param cap rows that a model learns from (twice as many with augmentation) and is tested on, at most; fewer to learn from
 * where there are many classes, which take a tree each, or many columns
 */
export function chooseUtilityRows(
  tables: ScoredTables,
  task: PredictionTask,
  random: RandomStream,
  cap: number,
): UtilityRows | NoUtility {
  const halves = splitTrain(tables, random.fork("halves"));
  const learned = tables.holdout === undefined ? halves?.left : tables.train;
  const held = tables.holdout ?? halves?.right;
  if (learned === undefined || held === undefined) {
    return { problem: `no row was held out, and fewer than ${MIN_SPLIT_ROWS} training rows are too few to part` };
  }
  const cut = (table: ScoredTable, rows: number, label: string): ScoredTable =>
    takeFirstRows(table, rows, random.fork(label).permutation(table.rowCount));
  const test = cut(task.selectRows(held), cap, "test");
  const problem = task.whyUntestable(test);
  if (problem !== undefined) return { problem };
  const limit = fittingRows(cap, task.outputs, tables.columns.length);
  const synthetic = task.selectRows(tables.synthetic);
  const allReal = cut(task.selectRows(learned), limit, "train");
  const rows = synthetic.rowCount === 0 ? allReal.rowCount : Math.min(allReal.rowCount, synthetic.rowCount);
  const matched = cut(synthetic, rows, "synthetic");
  return {
    synthetic: matched,
    real: rows === allReal.rowCount ? allReal : cut(allReal, rows, "matched"),
    allReal,
    augmented: joinScoredTables(allReal, matched),
    test,
    ...(tables.holdout === undefined ? { caveat: ESTIMATE } : {}),
  };
}

/** Tables of more columns have fewer rows to learn from. */
const WIDE_COLUMNS = 50;
/** But so many at least. */
const MIN_WIDE_ROWS = 2_000;

function fittingRows(cap: number, outputs: number, columns: number): number {
  const rows = Math.ceil(cap / Math.max(1, outputs / 2));
  return Math.min(rows, Math.max(MIN_WIDE_ROWS, Math.ceil((rows * WIDE_COLUMNS) / Math.max(WIDE_COLUMNS, columns))));
}
