import type { ScoredTable } from "../../scored-table.js";
import type { GroupRange, TellingGroups } from "./telling-groups.js";

/** Rows of both sides in groups, for counting who follows a rule. */
export interface GroupedRows {
  /** [columns] of [rows], the real rows first. */
  readonly codes: readonly Uint8Array[];
  readonly realRows: number;
  readonly syntheticRows: number;
}

/** A set of GroupedRows' rows, one bit a row. */
export type RowSet = Uint32Array;

/** Rows of a set by side. */
export interface SideCounts {
  readonly real: number;
  readonly synthetic: number;
}

/** Both tables' rows in the groups of `groups`, [columns]. */
export function groupRows(real: ScoredTable, synthetic: ScoredTable, groups: readonly TellingGroups[]): GroupedRows {
  const codes = groups.map((group, at) => {
    const both = new Uint8Array(real.rowCount + synthetic.rowCount);
    both.set(group.codesOf(real.columns[at]!));
    both.set(group.codesOf(synthetic.columns[at]!), real.rowCount);
    return both;
  });
  return { codes, realRows: real.rowCount, syntheticRows: synthetic.rowCount };
}

/** The rows within a range. */
export function rowsInRange(rows: GroupedRows, { column, first, last }: GroupRange): RowSet {
  const codes = rows.codes[column]!;
  const set = new Uint32Array(Math.ceil(codes.length / 32));
  for (let row = 0; row < codes.length; row++) {
    const code = codes[row]!;
    if (code >= first && code <= last) set[row >>> 5] = set[row >>> 5]! | (1 << (row & 31));
  }
  return set;
}

/** All rows. */
export function everyRow(rows: GroupedRows): RowSet {
  const count = rows.realRows + rows.syntheticRows;
  const set = new Uint32Array(Math.ceil(count / 32)).fill(0xffffffff);
  if (count % 32 > 0) set[set.length - 1] = 2 ** (count % 32) - 1;
  return set;
}

export function intersect(a: RowSet, b: RowSet): RowSet {
  return a.map((word, at) => word & b[at]!);
}

export function subtract(a: RowSet, b: RowSet): RowSet {
  return a.map((word, at) => word & ~b[at]!);
}

/** How many rows of each side both sets hold. */
export function countBoth(rows: GroupedRows, a: RowSet, b: RowSet): SideCounts {
  const border = rows.realRows >>> 5;
  let real = 0;
  let synthetic = 0;
  for (let at = 0; at < border; at++) real += countBits(a[at]! & b[at]!);
  for (let at = border + 1; at < a.length; at++) synthetic += countBits(a[at]! & b[at]!);
  if (border < a.length) {
    const shared = a[border]! & b[border]!;
    const mask = 2 ** (rows.realRows & 31) - 1;
    real += countBits(shared & mask);
    synthetic += countBits(shared & ~mask);
  }
  return { real, synthetic };
}

/** Number of ones of a 32-bit word (Warren, "Hacker's Delight", figure 5-2). */
function countBits(word: number): number {
  let bits = word - ((word >>> 1) & 0x55555555);
  bits = (bits & 0x33333333) + ((bits >>> 2) & 0x33333333);
  return Math.imul((bits + (bits >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24;
}
