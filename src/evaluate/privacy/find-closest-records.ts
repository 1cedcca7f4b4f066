import { type CodedTable, firstRows } from "./coded-table.js";
import { type Neighbors, nearestNeighbors } from "./nearest-neighbors.js";
import type { RecordSearch } from "./prepare-audit.js";
import { affordableQueries } from "./row-search.js";

/** The two nearest records of rows, in one space. */
export interface ClosestRecords {
  /** The synthetic rows that were searched for. */
  readonly queries: CodedTable;
  /** Synthetic rows to training. */
  readonly toTrain: Neighbors;
  /** The same synthetic rows to held-out rows, of which there are as many, and held-out rows to training. */
  readonly beside: { readonly toHoldout: Neighbors; readonly real: Neighbors } | undefined;
}

/**
 * Searches them: for all rows of the search, or for as many of its first ones as can be searched in some seconds. Throws
 * E_INTERRUPTED.
 */
export async function findClosestRecords(search: RecordSearch, signal?: AbortSignal): Promise<ClosestRecords> {
  const { train, holdout } = search;
  const queries = firstRows(search.queries, affordableQueries(train, search.queries));
  const toTrain = await nearestNeighbors(train, queries, 2, signal);
  if (holdout === undefined) return { queries, toTrain, beside: undefined };
  const toHoldout = await nearestNeighbors(holdout, queries, 2, signal);
  const real = await nearestNeighbors(train, firstRows(holdout, queries.rowCount), 2, signal);
  return { queries, toTrain, beside: { toHoldout, real } };
}
