import { type CoarseColumn, mapSides, type Sides } from "./coarse-column.js";

/** Rows with the same values of all quasi-identifiers, over all tables. */
export interface EquivalenceClasses {
  readonly count: number;
  /** [rows], the class of each row, in 0..count-1. */
  readonly of: Sides<Int32Array>;
}

/** Rows by class: those of class c are `rows[starts[c]..starts[c + 1]-1]`. */
export interface ClassRows {
  /** [classes + 1] */
  readonly starts: Int32Array;
  readonly rows: Int32Array;
}

/** The classes that `columns` (one or more) make; exact: column by column, pairs of class and code are numbered anew. */
export function makeClasses(columns: readonly CoarseColumn[]): EquivalenceClasses {
  const [first, ...others] = columns as [CoarseColumn, ...CoarseColumn[]];
  let classes: EquivalenceClasses = { count: first.levels, of: first.codes };
  for (const column of others) classes = splitClasses(classes, column);
  return classes;
}

/** How many of `rows` (row numbers; all where not given) each class has, [classes]. */
export function countByClass(of: Int32Array, classes: number, rows?: Uint32Array): Int32Array {
  const counts = new Int32Array(classes);
  const length = rows?.length ?? of.length;
  for (let i = 0; i < length; i++) {
    const at = of[rows === undefined ? i : rows[i]!]!;
    counts[at] = counts[at]! + 1;
  }
  return counts;
}

/** The `rows` (row numbers; all where not given) sorted by class. */
export function groupByClass(of: Int32Array, classes: number, rows?: Uint32Array): ClassRows {
  const starts = new Int32Array(classes + 1);
  starts.set(countByClass(of, classes, rows), 1);
  for (let at = 0; at < classes; at++) starts[at + 1] = starts[at + 1]! + starts[at]!;
  const next = starts.slice(0, classes);
  const sorted = new Int32Array(rows?.length ?? of.length);
  for (let i = 0; i < sorted.length; i++) {
    const row = rows === undefined ? i : rows[i]!;
    const at = next[of[row]!]!;
    next[of[row]!] = at + 1;
    sorted[at] = row;
  }
  return { starts, rows: sorted };
}

/** Up to so many pairs a row, an array of all pairs is faster than hashing those that occur. */
const DENSE_PAIRS = 4;

function splitClasses({ count, of }: EquivalenceClasses, { codes, levels }: CoarseColumn): EquivalenceClasses {
  const rows = of.train.length + of.synthetic.length + (of.holdout?.length ?? 0);
  const pairs = count * levels;
  const numbers = pairs <= DENSE_PAIRS * rows ? arrayNumbers(pairs) : hashedNumbers(rows);
  const split = mapSides(zipSides(of, codes), ([before, side]) => {
    const after = new Int32Array(before.length);
    for (let row = 0; row < after.length; row++) after[row] = numbers.numberOf(before[row]! * levels + side[row]!);
    return after;
  });
  return { count: numbers.size(), of: split };
}

function zipSides<T, U>(left: Sides<T>, right: Sides<U>): Sides<readonly [T, U]> {
  const both = {
    train: [left.train, right.train] as const,
    synthetic: [left.synthetic, right.synthetic] as const,
  };
  if (left.holdout === undefined || right.holdout === undefined) return both;
  return { ...both, holdout: [left.holdout, right.holdout] as const };
}

/** Numbers pairs 0, 1, 2 in order of their first appearance. */
interface PairNumbers {
  numberOf(pair: number): number;
  size(): number;
}

function arrayNumbers(pairs: number): PairNumbers {
  const numbers = new Int32Array(pairs);
  let size = 0;
  return {
    numberOf: (pair) => {
      if (numbers[pair] === 0) numbers[pair] = ++size;
      return numbers[pair]! - 1;
    },
    size: () => size,
  };
}

/** Open addressing over at most `most` pairs, whole numbers below 2^53. */
function hashedNumbers(most: number): PairNumbers {
  let slots = 16;
  while (slots < most * 2) slots *= 2;
  const pairs = new Float64Array(slots);
  const numbers = new Int32Array(slots);
  let size = 0;
  return {
    numberOf: (pair) => {
      let slot = hash(pair) & (slots - 1);
      while (numbers[slot]! > 0 && pairs[slot] !== pair) slot = (slot + 1) & (slots - 1);
      if (numbers[slot] === 0) {
        pairs[slot] = pair;
        numbers[slot] = ++size;
      }
      return numbers[slot]! - 1;
    },
    size: () => size,
  };
}

function hash(pair: number): number {
  const mixed = Math.imul(pair | 0, 0x9e3779b1) ^ Math.imul((pair / 4294967296) | 0, 0x85ebca6b);
  const folded = Math.imul(mixed ^ (mixed >>> 16), 0x45d9f3b);
  return folded ^ (folded >>> 15);
}
