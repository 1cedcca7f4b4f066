import type { CodedTable } from "./coded-table.js";
import { forEachQuery, planRowSearch } from "./row-search.js";

/** Sums that differ by less are equal: the same cells, summed in another order. */
const EQUAL_SUM = 1e-9;

/**
 * Visits for each query, in order, every row of `reference` whose distance is at most that of the query's nearest row and
 * `slack` more, distances as sums over columns (Gower's distance times the number of columns; of squares in the Euclidean
 * space). `rows` holds `count` rows of the reference in no particular order and is valid during the call only. Exact. Nothing
 * is visited where the reference is empty. Throws E_INTERRUPTED once `signal` is aborted.
 */
export async function rowsWithin(
  reference: CodedTable,
  queries: CodedTable,
  slack: number,
  visit: (query: number, rows: Int32Array, count: number) => void,
  signal?: AbortSignal,
): Promise<void> {
  const { tree, makeSearch } = planRowSearch(reference, queries);
  if (tree.rowCount === 0) return;
  const found = new Int32Array(tree.rowCount);
  const sums = new Float64Array(tree.rowCount);
  let count = 0;
  let radius = Number.POSITIVE_INFINITY;
  const search = makeSearch(tree, (row, sum) => {
    found[count] = tree.rows[row]!;
    sums[count++] = sum;
    radius = Math.min(radius, sum + slack + EQUAL_SUM);
    return radius;
  });
  const visitNear = (query: Float64Array, at: number) => {
    count = 0;
    radius = Number.POSITIVE_INFINITY;
    search(query, radius);
    // rows that were offered before a nearer one was found may be too far
    let kept = 0;
    for (let i = 0; i < count; i++) if (sums[i]! < radius) found[kept++] = found[i]!;
    visit(at, found, kept);
  };
  await forEachQuery(tree, queries, visitNear, signal);
}
