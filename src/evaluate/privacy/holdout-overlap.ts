import type { ProgressEvent } from "../../core/progress.js";
import { wilsonInterval } from "../../stats/wilson-interval.js";
import type { Report } from "../report-schema.js";
import type { CodedTable } from "./coded-table.js";
import { makeRowIndex } from "./identical-matches.js";

export type HoldoutOverlap = NonNullable<Report["privacy"]["holdoutOverlap"]>;

/** 99.5 % intervals, of the one share and of the other: a warning needs to be sure. */
const SURE = 2.81;

/**
 * Held-out rows that equal a training row, where they are more than chance explains: were the two drawn alike, a held-out row
 * would equal a training row as often as a training row equals another one. Undefined where they are not more.
 */
export function findHoldoutOverlap(train: CodedTable, holdout: CodedTable): HoldoutOverlap | undefined {
  const index = makeRowIndex(train);
  let rows = 0;
  for (let row = 0; row < holdout.rowCount; row++) if (index.find(holdout, row) >= 0) rows++;
  const met = wilsonInterval(rows, holdout.rowCount, SURE);
  const byChance = wilsonInterval(countRepeated(train), train.rowCount, SURE);
  return met.low > byChance.high ? { rows, share: rows / holdout.rowCount } : undefined;
}

/** What to tell of it. */
export function overlapNotice({ rows, share }: HoldoutOverlap): ProgressEvent {
  const message =
    `${rows} held-out rows (${(100 * share).toFixed(1)} %) equal training rows, more than chance explains: every figure of ` +
    "privacy is nearer to no leak than it should be; hold out rows that are not in the training table";
  return { kind: "notice", code: "N_HOLDOUT_OVERLAP", message };
}

/** Rows that equal another row of the table. */
function countRepeated(table: CodedTable): number {
  const index = makeRowIndex(table);
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
