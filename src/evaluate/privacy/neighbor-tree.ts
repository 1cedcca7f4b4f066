import type { CodedTable } from "./coded-table.js";

/**
 * A binary tree over the rows of a coded table, for exact nearest neighbours. An inner node splits its rows by one
 * column: values up to `leftMaximum` go left, values from `rightMinimum` on go right. Nodes stand in preorder: the left
 * child of node i is i + 1.
 */
export interface NeighborTree {
  readonly rowCount: number;
  readonly width: number;
  /** True where a row's distance is the sum of squared differences (the Euclidean space), else of differences. */
  readonly squared: boolean;
  /** Positions of the table's columns in the order in which distances are summed: those that differ most first. */
  readonly columnOrder: Uint32Array;
  /** [rows, width] in the order of the leaves, columns in columnOrder. */
  readonly values: Float64Array;
  /** The table's row of each row of `values`. */
  readonly rows: Uint32Array;
  /** [nodes] The split column (position in columnOrder), or -1 for a leaf. */
  readonly splitColumn: Int32Array;
  /** [nodes] */
  readonly leftMaximum: Float64Array;
  /** [nodes] */
  readonly rightMinimum: Float64Array;
  /** [nodes] */
  readonly rightChild: Int32Array;
  /** [nodes] The node's rows are first..end-1 of `values`. */
  readonly first: Uint32Array;
  /** [nodes] */
  readonly end: Uint32Array;
}

/** Rows of a leaf: fewer cost more bookkeeping than they spare (measured on adult: 8, 16, 32, 64). */
const LEAF_ROWS = 16;
/** Rows looked at to choose a node's split. */
const SPLIT_SAMPLE = 64;

/** Builds the tree; the same table gives the same tree. O(rows log rows). */
export function buildNeighborTree(table: CodedTable): NeighborTree {
  const { rowCount, width } = table;
  const columnOrder = orderColumns(table);
  const ordered = gather(table, identity(rowCount), columnOrder);
  const rows = identity(rowCount);
  const nodes = growNodes(ordered, rows, width);
  return {
    rowCount,
    width,
    squared: table.metric === "euclidean",
    columnOrder,
    rows,
    values: gather(table, rows, columnOrder),
    splitColumn: Int32Array.from(nodes, (node) => node.splitColumn),
    leftMaximum: Float64Array.from(nodes, (node) => node.leftMaximum),
    rightMinimum: Float64Array.from(nodes, (node) => node.rightMinimum),
    rightChild: Int32Array.from(nodes, (node) => node.rightChild),
    first: Uint32Array.from(nodes, (node) => node.first),
    end: Uint32Array.from(nodes, (node) => node.end),
  };
}

interface Node {
  splitColumn: number;
  leftMaximum: number;
  rightMinimum: number;
  rightChild: number;
  readonly first: number;
  readonly end: number;
}

/** Grows the nodes in preorder, reordering `rows` in place so that every node's rows lie together. */
function growNodes(values: Float64Array, rows: Uint32Array, width: number): Node[] {
  const nodes: Node[] = [];
  const pending: { first: number; end: number; parent: number }[] = [{ first: 0, end: rows.length, parent: -1 }];
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    const { first, end, parent } = next;
    const at = nodes.length;
    if (parent >= 0) nodes[parent]!.rightChild = at;
    const node: Node = { splitColumn: -1, leftMaximum: 0, rightMinimum: 0, rightChild: -1, first, end };
    nodes.push(node);
    const column = end - first > LEAF_ROWS ? chooseColumn(values, rows, first, end, width) : -1;
    if (column < 0) continue;
    const threshold = chooseThreshold(values, rows, first, end, width, column);
    const middle = partition(values, rows, first, end, width, column, threshold);
    if (middle === first || middle === end) continue;
    node.splitColumn = column;
    node.leftMaximum = extreme(values, rows, first, middle, width, column, Math.max);
    node.rightMinimum = extreme(values, rows, middle, end, width, column, Math.min);
    pending.push({ first: middle, end, parent: at }, { first, end: middle, parent: -1 });
  }
  return nodes;
}

/** The column whose cells differ most between pairs of the node's rows, or -1 where the looked-at rows are all equal. */
function chooseColumn(values: Float64Array, rows: Uint32Array, first: number, end: number, width: number): number {
  let best = -1;
  let bestSpread = 0;
  for (let column = 0; column < width; column++) {
    const spread = spreadOf(values, (i) => rows[first + i]!, end - first, width, column);
    if (spread > bestSpread) {
      bestSpread = spread;
      best = column;
    }
  }
  return best;
}

/** Sum of min(1, |a - b|) over up to SPLIT_SAMPLE pairs of rows half the node apart. */
function spreadOf(
  values: Float64Array,
  rowAt: (i: number) => number,
  count: number,
  width: number,
  column: number,
): number {
  const half = count >> 1;
  const step = Math.max(1, Math.floor(half / SPLIT_SAMPLE));
  let sum = 0;
  for (let i = 0; i < half; i += step) {
    const difference = Math.abs(values[rowAt(i) * width + column]! - values[rowAt(i + half) * width + column]!);
    sum += Math.min(1, difference);
  }
  return sum / Math.max(1, half);
}

/** The value t such that "up to t" cuts the looked-at rows most evenly, with rows on both sides. */
function chooseThreshold(
  values: Float64Array,
  rows: Uint32Array,
  first: number,
  end: number,
  width: number,
  column: number,
): number {
  const step = Math.max(1, Math.floor((end - first) / (2 * SPLIT_SAMPLE)));
  const sample: number[] = [];
  for (let i = first; i < end; i += step) sample.push(values[rows[i]! * width + column]!);
  const sorted = Float64Array.from(sample).sort();
  const median = sorted[sorted.length >> 1]!;
  const below = lowerBound(sorted, median);
  let above = below;
  while (above < sorted.length && sorted[above]! <= median) above++;
  const cutBelow = below > 0 && sorted.length - above < below;
  return cutBelow || above === sorted.length ? (sorted[below - 1] ?? median) : median;
}

function lowerBound(sorted: Float64Array, value: number): number {
  let at = 0;
  while (at < sorted.length && sorted[at]! < value) at++;
  return at;
}

function partition(
  values: Float64Array,
  rows: Uint32Array,
  first: number,
  end: number,
  width: number,
  column: number,
  threshold: number,
): number {
  let left = first;
  for (let i = first; i < end; i++) {
    const row = rows[i]!;
    if (values[row * width + column]! > threshold) continue;
    rows[i] = rows[left]!;
    rows[left++] = row;
  }
  return left;
}

function extreme(
  values: Float64Array,
  rows: Uint32Array,
  first: number,
  end: number,
  width: number,
  column: number,
  choose: (a: number, b: number) => number,
): number {
  let found = values[rows[first]! * width + column]!;
  for (let i = first + 1; i < end; i++) found = choose(found, values[rows[i]! * width + column]!);
  return found;
}

function orderColumns(table: CodedTable): Uint32Array {
  const { rowCount, width, values } = table;
  const spreads = Array.from({ length: width }, (_, column) => spreadOf(values, (i) => i, rowCount, width, column));
  return identity(width).sort((a, b) => spreads[b]! - spreads[a]! || a - b);
}

function gather(table: CodedTable, rows: Uint32Array, columns: Uint32Array): Float64Array {
  const { width } = table;
  const out = new Float64Array(rows.length * width);
  for (let i = 0; i < rows.length; i++) {
    const from = rows[i]! * width;
    for (let c = 0; c < width; c++) out[i * width + c] = table.values[from + columns[c]!]!;
  }
  return out;
}

function identity(count: number): Uint32Array {
  return Uint32Array.from({ length: count }, (_, i) => i);
}
