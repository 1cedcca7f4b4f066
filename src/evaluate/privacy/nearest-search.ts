import type { NeighborTree } from "./neighbor-tree.js";
import type { OfferRow, SearchRows } from "./search-tree.js";

/**
 * Writes the k nearest rows of one query (columns in the tree's order): [k] sums of differences, ascending, and [k] rows of the
 * table; Infinity and -1 where there are fewer. Returns how many rows were looked at.
 */
export type NearestSearch = (query: Float64Array, sums: Float64Array, rows: Int32Array) => number;

/** A search for the k nearest rows of the tree by the given way to search it, with its buffers. */
export function makeNearestSearch(
  tree: NeighborTree,
  makeSearch: (tree: NeighborTree, offer: OfferRow) => SearchRows,
  k: number,
): NearestSearch {
  const best = new Float64Array(k);
  const bestRows = new Int32Array(k);
  const search = makeSearch(tree, (row, sum) => {
    let at = k - 1;
    for (; at > 0 && best[at - 1]! > sum; at--) {
      best[at] = best[at - 1]!;
      bestRows[at] = bestRows[at - 1]!;
    }
    best[at] = sum;
    bestRows[at] = row;
    return best[k - 1]!;
  });
  return (query, sums, rows) => {
    best.fill(Number.POSITIVE_INFINITY);
    bestRows.fill(-1);
    const looked = search(query, Number.POSITIVE_INFINITY);
    sums.set(best);
    for (let i = 0; i < k; i++) rows[i] = bestRows[i]! < 0 ? -1 : tree.rows[bestRows[i]!]!;
    return looked;
  };
}
