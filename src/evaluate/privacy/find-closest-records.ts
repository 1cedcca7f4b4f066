import { type CodedTable, takeCodedRows } from "./coded-table.js";
import { type Neighbors, nearestNeighbors } from "./nearest-neighbors.js";
import type { RecordSearch } from "./prepare-audit.js";

/** The two nearest records of rows, in one space. */
export interface ClosestRecords {
  /** Synthetic rows to training. */
  readonly toTrain: Neighbors;
  /** The same synthetic rows to held-out rows, of which there are as many, and held-out rows to training. */
  readonly beside: { readonly toHoldout: Neighbors; readonly real: Neighbors } | undefined;
}

/** Searches them. Throws E_INTERRUPTED. */
export async function findClosestRecords(search: RecordSearch, signal?: AbortSignal): Promise<ClosestRecords> {
  const { queries, train, holdout } = search;
  const toTrain = await nearestNeighbors(train, queries, 2, signal);
  if (holdout === undefined) return { toTrain, beside: undefined };
  const toHoldout = await nearestNeighbors(holdout, queries, 2, signal);
  const real = await nearestNeighbors(train, firstRows(holdout, queries.rowCount), 2, signal);
  return { toTrain, beside: { toHoldout, real } };
}

/** The sample is in random order already. */
function firstRows(table: CodedTable, count: number): CodedTable {
  return takeCodedRows(
    table,
    Uint32Array.from({ length: Math.min(count, table.rowCount) }, (_, row) => row),
  );
}
