import type { NeighborTree } from "./neighbor-tree.js";

/**
 * Looks at the rows first..end-1 of the tree's `values`, given the query (columns in the tree's order) and the limit: a row
 * whose sum of differences reaches it is of no interest. Returns the limit from then on.
 */
export type ScanRows = (query: Float64Array, first: number, end: number, limit: number) => number;

/** Shows `scan` every leaf of the tree that may hold a row whose sum of differences is below the limit, nearest first. */
export type TreeWalk = (query: Float64Array, limit: number) => void;

/** A walk with its buffers. */
export function makeTreeWalk(tree: NeighborTree, scan: ScanRows): TreeWalk {
  const { splitColumn, leftMaximum, rightMinimum, rightChild, first, end, squared } = tree;
  /** Distance of the query to the node's box, by column. */
  const offsets = new Float64Array(tree.width);
  let query: Float64Array = offsets;
  let limit = 0;

  const part = (difference: number): number => {
    const kept = Math.max(0, Math.min(1, difference));
    return squared ? kept * kept : kept;
  };

  const descend = (node: number, bound: number): void => {
    const column = splitColumn[node]!;
    if (column < 0) {
      limit = scan(query, first[node]!, end[node]!, limit);
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

  return (next, atMost) => {
    query = next;
    limit = atMost;
    if (tree.rowCount > 0) descend(0, 0);
  };
}

/** The query's cells in the tree's order of columns. */
export function readQuery(tree: NeighborTree, values: Float64Array, row: number, out: Float64Array): void {
  const { columnOrder, width } = tree;
  for (let column = 0; column < width; column++) out[column] = values[row * width + columnOrder[column]!]!;
}

/**
 * The sum over columns between the query and the tree's row whose cells begin at `at`, as far as it is below the limit: from
 * there on the sum so far.
 */
export function sumDifferences(tree: NeighborTree, query: Float64Array, at: number, limit: number): number {
  const { values, width, squared } = tree;
  let sum = 0;
  for (let column = 0; column < width && sum < limit; column++) {
    const difference = Math.min(Math.abs(query[column]! - values[at + column]!), 1);
    sum += squared ? difference * difference : difference;
  }
  return sum;
}
