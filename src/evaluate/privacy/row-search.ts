import { setImmediate as nextTurn } from "node:timers/promises";
import { throwIfAborted } from "../../core/errors.js";
import type { CodedTable } from "./coded-table.js";
import { makeNearestSearch } from "./nearest-search.js";
import { buildNeighborTree, type NeighborTree } from "./neighbor-tree.js";
import { approximateRows, makeScanSearch } from "./row-approximation.js";
import { makeTreeSearch, type OfferRow, type SearchRows } from "./search-tree.js";

/** A reference table made ready to be searched exactly. */
export interface RowSearch {
  readonly tree: NeighborTree;
  readonly makeSearch: (tree: NeighborTree, offer: OfferRow) => SearchRows;
  /** Cells that one query looks at, about, in the time of a scan's. */
  readonly cost: number;
}

/** Queries that the choice is made on. */
const PILOT = 16;
/** A cell of the tree takes as long as so many of a scan of approximations (measured: 3 to 4 at 20 and 500 columns). */
const TREE_COST = 3;
/** Cells that a search may look at: some 3 seconds of one core. */
const AFFORDABLE = 3e9;
/** Queries that are searched in any case. */
const LEAST_QUERIES = 500;
/** Cells of a reference below which a scan is not worth its preparation. */
const LEAST_CELLS = 20_000;

/**
 * Chooses how to search the reference: by its tree, or by a scan of approximated rows where the tree leaves out little (many
 * columns of numbers), judged by the rows that the first queries' two nearest made it look at. Both find the same.
 */
export function planRowSearch(reference: CodedTable, queries: CodedTable): RowSearch {
  const tree = buildNeighborTree(reference);
  const byTree = TREE_COST * tree.width * countLooked(tree, queries);
  const cells = tree.rowCount * tree.width;
  if (byTree <= cells || cells < LEAST_CELLS) return { tree, makeSearch: makeTreeSearch, cost: byTree };
  const approximation = approximateRows(tree);
  return { tree, makeSearch: (of, offer) => makeScanSearch(of, approximation, offer), cost: cells };
}

/**
 * How many of the queries can be searched in some seconds: fewer than all where the reference is large, the columns are many
 * and nothing can be left out. The same tables give the same number.
 */
export function affordableQueries(reference: CodedTable, queries: CodedTable): number {
  const { rowCount, width } = reference;
  if (rowCount * width * queries.rowCount <= AFFORDABLE) return queries.rowCount;
  const affordable = Math.floor(AFFORDABLE / planRowSearch(reference, queries).cost);
  return Math.min(queries.rowCount, Math.max(LEAST_QUERIES, affordable));
}

/** The query's cells in the tree's order of columns. */
export function readQuery(
  { columnOrder, width }: NeighborTree,
  queries: CodedTable,
  row: number,
  out: Float64Array,
): void {
  for (let column = 0; column < width; column++) out[column] = queries.values[row * width + columnOrder[column]!]!;
}

/** Queries between two turns of the event loop. */
const CHUNK = 50;

/**
 * Calls `search` for each query in order, with its cells in the tree's order of columns (valid during the call only). Gives the
 * event loop a turn every 50 queries; throws E_INTERRUPTED once `signal` is aborted.
 */
export async function forEachQuery(
  tree: NeighborTree,
  queries: CodedTable,
  search: (query: Float64Array, at: number) => void,
  signal?: AbortSignal,
): Promise<void> {
  const query = new Float64Array(tree.width);
  for (let at = 0; at < queries.rowCount; at++) {
    if (at % CHUNK === 0) {
      await nextTurn();
      throwIfAborted(signal);
    }
    readQuery(tree, queries, at, query);
    search(query, at);
  }
}

/** Rows that one query looks at in the tree, on average. */
function countLooked(tree: NeighborTree, queries: CodedTable): number {
  const search = makeNearestSearch(tree, makeTreeSearch, 2);
  const [query, sums, rows] = [new Float64Array(tree.width), new Float64Array(2), new Int32Array(2)];
  const count = Math.min(PILOT, queries.rowCount);
  let looked = 0;
  for (let at = 0; at < count; at++) {
    readQuery(tree, queries, Math.floor((at * queries.rowCount) / count), query);
    looked += search(query, sums, rows);
  }
  return looked / Math.max(1, count);
}
