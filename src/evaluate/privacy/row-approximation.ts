import type { NeighborTree } from "./neighbor-tree.js";
import { type OfferRow, type SearchRows, sumDifferences } from "./search-tree.js";

/**
 * The rows of a tree in one byte a cell: a vector approximation file (Weber, Schek and Blott 1998, VLDB 24, 194-205). A code
 * stands for an interval of its column's values.
 */
export interface RowApproximation {
  /** [rows, width] */
  readonly codes: Uint8Array;
  /** [width, CODES] Smallest and largest value of each code; Infinity and -Infinity where no row has it. */
  readonly low: Float64Array;
  readonly high: Float64Array;
}

/** Codes of a column. */
const CODES = 256;
/** Sums that differ by less differ by rounding alone. */
const ROUNDING = 1e-9;
/** Columns between two looks at the limit. */
const BLOCK = 8;

/** Approximates the tree's rows: each column's range in CODES equal parts. */
export function approximateRows({ values, width, rowCount }: NeighborTree): RowApproximation {
  const codes = new Uint8Array(values.length);
  const { minimum, scale } = rangesOf(values, width);
  const low = new Float64Array(width * CODES).fill(Number.POSITIVE_INFINITY);
  const high = new Float64Array(width * CODES).fill(Number.NEGATIVE_INFINITY);
  for (let row = 0, at = 0; row < rowCount; row++) {
    for (let column = 0; column < width; column++, at++) {
      const value = values[at]!;
      const code = (value - minimum[column]!) * scale[column]!;
      codes[at] = code;
      const entry = column * CODES + codes[at]!;
      if (value < low[entry]!) low[entry] = value;
      if (value > high[entry]!) high[entry] = value;
    }
  }
  return { codes, low, high };
}

/**
 * Searches by looking at every row's bytes: a table of each code's least difference from the query gives a lower bound of the
 * row's sum, and rows whose bound is below the limit are summed exactly. For tables of many columns, of which a tree leaves
 * out little.
 */
export function makeScanSearch(tree: NeighborTree, approximation: RowApproximation, offer: OfferRow): SearchRows {
  const { rowCount, width, squared } = tree;
  const { codes, low, high } = approximation;
  const least = new Float64Array(low.length);
  return (query, atMost) => {
    let limit = atMost;
    for (let entry = 0; entry < least.length; entry++) {
      const value = query[entry >>> 8]!;
      const gap = Math.min(1, Math.max(0, low[entry]! - value, value - high[entry]!));
      least[entry] = squared ? gap * gap : gap;
    }
    for (let row = 0; row < rowCount; row++) {
      if (boundRow(codes, least, row * width, width, limit + ROUNDING) >= limit + ROUNDING) continue;
      const sum = sumDifferences(tree, query, row, limit);
      if (sum < limit) limit = offer(row, sum);
    }
    return rowCount;
  };
}

/** A lower bound of the sum of the row whose codes begin at `at`, as far as it is below the limit. */
function boundRow(codes: Uint8Array, least: Float64Array, at: number, width: number, limit: number): number {
  const blocks = width - (width % BLOCK);
  let sum = 0;
  let cell = at;
  let entry = 0;
  for (const end = at + blocks; cell < end && sum < limit; cell += BLOCK, entry += BLOCK * CODES) {
    sum +=
      least[entry + codes[cell]!]! +
      least[entry + CODES + codes[cell + 1]!]! +
      (least[entry + 2 * CODES + codes[cell + 2]!]! + least[entry + 3 * CODES + codes[cell + 3]!]!) +
      (least[entry + 4 * CODES + codes[cell + 4]!]! + least[entry + 5 * CODES + codes[cell + 5]!]!) +
      (least[entry + 6 * CODES + codes[cell + 6]!]! + least[entry + 7 * CODES + codes[cell + 7]!]!);
  }
  if (sum >= limit) return sum;
  for (const end = at + width; cell < end; cell++, entry += CODES) sum += least[entry + codes[cell]!]!;
  return sum;
}

/** Each column's smallest value, and the codes in a unit: less than CODES in the whole range, 0 where it has none. */
function rangesOf(values: Float64Array, width: number): { minimum: Float64Array; scale: Float64Array } {
  const minimum = values.slice(0, width);
  const maximum = values.slice(0, width);
  for (let at = 0, column = 0; at < values.length; at++, column = column + 1 === width ? 0 : column + 1) {
    const value = values[at]!;
    if (value < minimum[column]!) minimum[column] = value;
    if (value > maximum[column]!) maximum[column] = value;
  }
  const scale = minimum.map((from, column) =>
    maximum[column]! > from ? (CODES - 0.001) / (maximum[column]! - from) : 0,
  );
  return { minimum, scale };
}
