import type { ProgressEvent } from "../../core/progress.js";
import { newcombeInterval } from "../../stats/newcombe-interval.js";
import type { Report } from "../report-schema.js";
import type { CodedTable } from "./coded-table.js";
import type { RowIndex } from "./identical-matches.js";

export type HoldoutOverlap = NonNullable<Report["privacy"]["holdoutOverlap"]>;

/** A 99.5 % interval: a warning needs to be sure. */
const SURE = 2.81;

/**
 * Held-out rows that equal a training row, and by how much more they are than chance explains: were the two drawn alike, a
 * held-out row would equal a training row as often as a training row equals another one. Both tables have rows.
 * @param index of the training rows
 */
export function findHoldoutOverlap(train: CodedTable, holdout: CodedTable, index: RowIndex): HoldoutOverlap {
  let rows = 0;
  for (let row = 0; row < holdout.rowCount; row++) if (index.find(holdout, row) >= 0) rows++;
  const met = { successes: rows, trials: holdout.rowCount };
  const byChance = { successes: countRepeated(train, index), trials: train.rowCount };
  const value = met.successes / met.trials - byChance.successes / byChance.trials;
  return { rows, excess: { value, ...newcombeInterval(met, byChance, SURE), n: holdout.rowCount, status: "ok" } };
}

/** More than chance explains. */
export function isOverlapping({ excess }: HoldoutOverlap): boolean {
  return (excess.low ?? 0) > 0;
}

/** What to tell of it. */
export function overlapNotice({ rows }: HoldoutOverlap): ProgressEvent {
  const message =
    `${rows} held-out rows equal training rows, more than chance explains: every figure of ` +
    "privacy is nearer to no leak than it should be; hold out rows that are not in the training table";
  return { kind: "notice", code: "N_HOLDOUT_OVERLAP", message };
}

/** Rows that equal another row of the table. */
function countRepeated(table: CodedTable, index: RowIndex): number {
  const repeated = new Set<number>();
  let later = 0;
  for (let row = 0; row < table.rowCount; row++) {
    const first = index.find(table, row);
    if (first === row) continue;
    later++;
    repeated.add(first);
  }
  return later + repeated.size;
}
