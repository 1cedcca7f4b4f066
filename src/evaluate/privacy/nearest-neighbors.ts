import { setImmediate as nextTurn } from "node:timers/promises";
import { throwIfAborted } from "../../core/errors.js";
import type { CodedTable } from "./coded-table.js";
import { makeNearestSearch } from "./nearest-search.js";
import { buildNeighborTree } from "./neighbor-tree.js";
import { readQuery } from "./walk-neighbor-tree.js";

/** The nearest reference rows of every query. */
export interface Neighbors {
  readonly k: number;
  /** [queries, k] Distances in the tables' metric, ascending; Infinity where the reference has fewer than k rows. */
  readonly distances: Float64Array;
  /** [queries, k] rows of the reference; -1 where it has fewer than k rows. Which of equally near rows is open. */
  readonly rows: Int32Array;
}

/** Queries between two turns of the event loop. */
const CHUNK = 200;

/**
 * The k nearest rows of `reference` for each row of `queries` in the tables' metric: exact, by branch and bound over a
 * tree of the reference. A subtree is left out when the distance to its nearest possible row is not below the k-th found.
 * Gives the event loop a turn every 200 queries; throws E_INTERRUPTED once `signal` is aborted.
 */
export async function nearestNeighbors(
  reference: CodedTable,
  queries: CodedTable,
  k: number,
  signal?: AbortSignal,
): Promise<Neighbors> {
  const tree = buildNeighborTree(reference);
  const distances = new Float64Array(queries.rowCount * k).fill(Number.POSITIVE_INFINITY);
  const rows = new Int32Array(queries.rowCount * k).fill(-1);
  const search = makeNearestSearch(tree, k);
  const query = new Float64Array(tree.width);
  for (let at = 0; at < queries.rowCount; at++) {
    if (at % CHUNK === 0) {
      await nextTurn();
      throwIfAborted(signal);
    }
    readQuery(tree, queries.values, at, query);
    search(query, distances.subarray(at * k, (at + 1) * k), rows.subarray(at * k, (at + 1) * k));
  }
  for (let i = 0; i < distances.length; i++) {
    const mean = distances[i]! / tree.width;
    distances[i] = tree.squared ? Math.sqrt(mean) : mean;
  }
  return { k, distances, rows };
}
