import type { NeighborTree } from "./neighbor-tree.js";
import { makeTreeWalk, sumDifferences } from "./walk-neighbor-tree.js";

/** Writes the k nearest rows of one query: [k] sums of differences, ascending, and [k] rows of the table; Infinity and -1 where there are fewer. */
export type NearestSearch = (query: Float64Array, sums: Float64Array, rows: Int32Array) => void;

/** A search for the k nearest rows in the tree, with its buffers. */
export function makeNearestSearch(tree: NeighborTree, k: number): NearestSearch {
  const { width } = tree;
  const best = new Float64Array(k);
  const bestRows = new Int32Array(k);

  const insert = (sum: number, row: number): void => {
    let at = k - 1;
    for (; at > 0 && best[at - 1]! > sum; at--) {
      best[at] = best[at - 1]!;
      bestRows[at] = bestRows[at - 1]!;
    }
    best[at] = sum;
    bestRows[at] = row;
  };

  const walk = makeTreeWalk(tree, (query, first, end, limit) => {
    let worst = limit;
    for (let row = first, at = first * width; row < end; row++, at += width) {
      const sum = sumDifferences(tree, query, at, worst);
      if (sum >= worst) continue;
      insert(sum, row);
      worst = best[k - 1]!;
    }
    return worst;
  });

  return (query, sums, rows) => {
    best.fill(Number.POSITIVE_INFINITY);
    bestRows.fill(-1);
    walk(query, Number.POSITIVE_INFINITY);
    sums.set(best);
    for (let i = 0; i < k; i++) rows[i] = bestRows[i]! < 0 ? -1 : tree.rows[bestRows[i]!]!;
  };
}
