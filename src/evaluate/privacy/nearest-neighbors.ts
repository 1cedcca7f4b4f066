import type { CodedTable } from "./coded-table.js";
import { makeNearestSearch } from "./nearest-search.js";
import { forEachQuery, planRowSearch } from "./row-search.js";

/** The nearest reference rows of every query. */
export interface Neighbors {
  readonly k: number;
  /** [queries, k] Distances in the tables' metric, ascending; Infinity where the reference has fewer than k rows. */
  readonly distances: Float64Array;
  /** [queries, k] rows of the reference; -1 where it has fewer than k rows. Which of equally near rows is open. */
  readonly rows: Int32Array;
}

/**
 * The k nearest rows of `reference` for each row of `queries` in the tables' metric: exact, by branch and bound over a tree of
 * the reference or by a scan of its approximated rows, whichever looks at fewer cells. Gives the event loop a turn every 50
 * queries; throws E_INTERRUPTED once `signal` is aborted.
 */
export async function nearestNeighbors(
  reference: CodedTable,
  queries: CodedTable,
  k: number,
  signal?: AbortSignal,
): Promise<Neighbors> {
  const { tree, makeSearch } = planRowSearch(reference, queries);
  const distances = new Float64Array(queries.rowCount * k).fill(Number.POSITIVE_INFINITY);
  const rows = new Int32Array(queries.rowCount * k).fill(-1);
  const search = makeNearestSearch(tree, makeSearch, k);
  const searchInto = (query: Float64Array, at: number) =>
    search(query, distances.subarray(at * k, (at + 1) * k), rows.subarray(at * k, (at + 1) * k));
  await forEachQuery(tree, queries, searchInto, signal);
  for (let i = 0; i < distances.length; i++) {
    const mean = distances[i]! / tree.width;
    distances[i] = tree.squared ? Math.sqrt(mean) : mean;
  }
  return { k, distances, rows };
}
