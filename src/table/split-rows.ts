import type { RandomStream } from "../core/random.js";
import { requireShare } from "./require-share.js";
import { type Table, takeRows } from "./table.js";

/** Two tables without a row in common. */
export interface RowSplit {
  readonly train: Table;
  readonly holdout: Table;
}

/**
 * Sets a random share of the rows aside: `round(share * rowCount)` of them, without replacement, but at least one row
 * stays on either side of a table of two rows and more. Both sides keep the table's order of rows. `share` lies
 * strictly between 0 and 1, else E_USAGE_HOLDOUT_SHARE.
 */
export function splitRows(table: Table, share: number, random: RandomStream): RowSplit {
  requireShare(share);
  const wanted = Math.round(share * table.rowCount);
  const holdoutCount = Math.min(Math.max(1, wanted), Math.max(0, table.rowCount - 1));
  const order = random.permutation(table.rowCount);
  const holdoutRows = order.slice(0, holdoutCount).sort();
  const trainRows = order.slice(holdoutCount).sort();
  return { train: takeRows(table, trainRows), holdout: takeRows(table, holdoutRows) };
}
