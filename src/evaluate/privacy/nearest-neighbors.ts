import { setImmediate as nextTurn } from "node:timers/promises";
import { throwIfAborted } from "../../core/errors.js";
import type { CodedTable } from "./coded-table.js";
import { buildNeighborTree, type NeighborTree } from "./neighbor-tree.js";

/** The nearest reference rows of every query. */
export interface Neighbors {
  readonly k: number;
  /** [queries, k] Gower distances, ascending; Infinity where the reference has fewer than k rows. */
  readonly distances: Float64Array;
  /** [queries, k] rows of the reference; -1 where it has fewer than k rows. Which of equally near rows is open. */
  readonly rows: Int32Array;
}

/** Queries between two turns of the event loop. */
const CHUNK = 200;

/**
 * The k nearest rows of `reference` for each row of `queries` by Gower's distance: exact, by branch and bound over a
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
  const search = makeSearch(tree, k);
  const { columnOrder, width } = tree;
  const query = new Float64Array(width);
  for (let at = 0; at < queries.rowCount; at++) {
    if (at % CHUNK === 0) {
      await nextTurn();
      throwIfAborted(signal);
    }
    for (let c = 0; c < width; c++) query[c] = queries.values[at * width + columnOrder[c]!]!;
    search(query, distances.subarray(at * k, (at + 1) * k), rows.subarray(at * k, (at + 1) * k));
  }
  for (let i = 0; i < distances.length; i++) distances[i] = distances[i]! / width;
  return { k, distances, rows };
}

type Search = (query: Float64Array, distances: Float64Array, rows: Int32Array) => void;

/** A search over the tree with its buffers; distances are sums over columns. */
function makeSearch(tree: NeighborTree, k: number): Search {
  const { splitColumn, leftMaximum, rightMinimum, rightChild, first, end, values, width } = tree;
  /** Distance of the query to the node's box, by column. */
  const offsets = new Float64Array(width);
  const best = new Float64Array(k);
  const bestRows = new Int32Array(k);
  let query: Float64Array = offsets;
  let worst = Number.POSITIVE_INFINITY;

  const insert = (sum: number, row: number): void => {
    let at = k - 1;
    for (; at > 0 && best[at - 1]! > sum; at--) {
      best[at] = best[at - 1]!;
      bestRows[at] = bestRows[at - 1]!;
    }
    best[at] = sum;
    bestRows[at] = row;
    worst = best[k - 1]!;
  };

  const scan = (from: number, to: number): void => {
    for (let row = from, at = from * width; row < to; row++, at += width) {
      let sum = 0;
      let column = 0;
      for (; column < width; column++) {
        const difference = Math.abs(query[column]! - values[at + column]!);
        sum += Math.min(difference, 1);
        if (sum >= worst) break;
      }
      if (sum < worst) insert(sum, row);
    }
  };

  const descend = (node: number, bound: number): void => {
    const column = splitColumn[node]!;
    if (column < 0) {
      scan(first[node]!, end[node]!);
      return;
    }
    const value = query[column]!;
    const before = offsets[column]!;
    const toLeft = Math.max(before, Math.min(1, value - leftMaximum[node]!));
    const toRight = Math.max(before, Math.min(1, rightMinimum[node]! - value));
    const leftFirst = toLeft <= toRight;
    visit(leftFirst ? node + 1 : rightChild[node]!, column, leftFirst ? toLeft : toRight, bound, before);
    visit(leftFirst ? rightChild[node]! : node + 1, column, leftFirst ? toRight : toLeft, bound, before);
  };

  const visit = (node: number, column: number, offset: number, bound: number, before: number): void => {
    const raised = bound + (offset - before);
    if (raised >= worst) return;
    offsets[column] = offset;
    descend(node, raised);
    offsets[column] = before;
  };

  return (next, distances, rows) => {
    query = next;
    worst = Number.POSITIVE_INFINITY;
    best.fill(worst);
    bestRows.fill(-1);
    if (tree.rowCount > 0) descend(0, 0);
    distances.set(best);
    for (let i = 0; i < k; i++) rows[i] = bestRows[i]! < 0 ? -1 : tree.rows[bestRows[i]!]!;
  };
}
