import type { RandomStream } from "../core/random.js";
import { type ScoredTable, type ScoredTables, takeScoredRows } from "./scored-table.js";

/** The training table in two random halves. The right half has one row less where the rows are odd. */
export interface TrainHalves {
  readonly left: ScoredTable;
  readonly right: ScoredTable;
}

/** With fewer training rows halves are too small to say what chance does. */
export const MIN_SPLIT_ROWS = 100;

/**
 * Training rows in random halves, for references where no row was held out: what one half is to the other, a fresh sample
 * of the same source would be. Undefined where rows were held out or training has fewer than 100 rows.
 */
export function splitTrain({ train, holdout }: ScoredTables, random: RandomStream): TrainHalves | undefined {
  if (holdout !== undefined || train.rowCount < MIN_SPLIT_ROWS) return undefined;
  const order = random.permutation(train.rowCount);
  const middle = Math.ceil(train.rowCount / 2);
  return {
    left: takeScoredRows(train, order.subarray(0, middle)),
    right: takeScoredRows(train, order.subarray(middle)),
  };
}
