import type { NeighborTree } from "./neighbor-tree.js";

/** Takes a row of the tree's `values` whose sum of differences is below the limit; returns the limit from then on. */
export type OfferRow = (row: number, sum: number) => number;

/**
 * Offers every row of a tree whose sum of differences from the query (columns in the tree's order) is below the limit as it
 * then is; returns how many rows were looked at.
 */
export type SearchRows = (query: Float64Array, limit: number) => number;

/** Searches by branch and bound, near subtrees first: those whose nearest possible row reaches the limit are left out. */
export function makeTreeSearch(tree: NeighborTree, offer: OfferRow): SearchRows {
  const { splitColumn, leftMaximum, rightMinimum, rightChild, first, end, squared } = tree;
  /** Difference of the query from the node's box, by column. */
  const offsets = new Float64Array(tree.width);
  let query: Float64Array = offsets;
  let limit = 0;
  let looked = 0;

  const part = (difference: number): number => {
    const kept = Math.max(0, Math.min(1, difference));
    return squared ? kept * kept : kept;
  };

  const descend = (node: number, bound: number): void => {
    const column = splitColumn[node]!;
    if (column < 0) {
      scan(first[node]!, end[node]!);
      return;
    }
    const value = query[column]!;
    const before = offsets[column]!;
    const toLeft = Math.max(before, part(value - leftMaximum[node]!));
    const toRight = Math.max(before, part(rightMinimum[node]! - value));
    const leftFirst = toLeft <= toRight;
    visit(leftFirst ? node + 1 : rightChild[node]!, column, leftFirst ? toLeft : toRight, bound, before);
    visit(leftFirst ? rightChild[node]! : node + 1, column, leftFirst ? toRight : toLeft, bound, before);
  };

  const visit = (node: number, column: number, offset: number, bound: number, before: number): void => {
    const raised = bound + (offset - before);
    if (raised >= limit) return;
    offsets[column] = offset;
    descend(node, raised);
    offsets[column] = before;
  };

  const scan = (from: number, to: number): void => {
    looked += to - from;
    for (let row = from; row < to; row++) {
      const sum = sumDifferences(tree, query, row, limit);
      if (sum < limit) limit = offer(row, sum);
    }
  };

  return (next, atMost) => {
    query = next;
    limit = atMost;
    looked = 0;
    if (tree.rowCount > 0) descend(0, 0);
    return looked;
  };
}

/** The sum over columns between the query and a row of the tree as far as it is below the limit: from there on the sum so far. */
export function sumDifferences(tree: NeighborTree, query: Float64Array, row: number, limit: number): number {
  const { values, width, squared } = tree;
  let sum = 0;
  for (let column = 0, at = row * width; column < width && sum < limit; column++, at++) {
    const difference = Math.min(Math.abs(query[column]! - values[at]!), 1);
    sum += squared ? difference * difference : difference;
  }
  return sum;
}
