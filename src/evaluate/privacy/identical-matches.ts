import { wilsonInterval } from "../../stats/wilson-interval.js";
import type { Figure } from "../report-schema.js";
import type { CodedTable } from "./coded-table.js";

/** The rows of a coded table, findable by their values. */
export interface RowIndex {
  /** The first row of the table with the same values as row `row` of `other`, or -1. */
  find(other: CodedTable, row: number): number;
}

/** An exact index of the table's rows: hashed, then compared value by value. */
export function makeRowIndex(table: CodedTable): RowIndex {
  let buckets = 16;
  while (buckets < table.rowCount * 2) buckets *= 2;
  const heads = new Int32Array(buckets).fill(-1);
  const next = new Int32Array(table.rowCount).fill(-1);
  for (let row = table.rowCount - 1; row >= 0; row--) {
    const bucket = hashRow(table, row) & (buckets - 1);
    next[row] = heads[bucket]!;
    heads[bucket] = row;
  }
  return {
    find(other, row) {
      let candidate = heads[hashRow(other, row) & (buckets - 1)]!;
      while (candidate >= 0 && !isSameRow(table, candidate, other, row)) candidate = next[candidate]!;
      return candidate;
    },
  };
}

/** Share of rows that equal some row of the index's table, with Wilson's interval. */
export function identicalMatchShare(rows: CodedTable, index: RowIndex): Figure {
  let matches = 0;
  for (let row = 0; row < rows.rowCount; row++) if (index.find(rows, row) >= 0) matches++;
  if (rows.rowCount === 0) return { status: "unavailable", reason: "there are no rows" };
  const { low, high } = wilsonInterval(matches, rows.rowCount);
  return { value: matches / rows.rowCount, low, high, n: rows.rowCount, status: "ok" };
}

/**
 * By how much more rows equal a training row than they equal a held-out row, of equally many (-1..1; 0 = copies of neither
 * are preferred). All rows that equal one record stand or fall with it: the standard error counts records, not rows. The
 * interval is 99.5 % (z = 2.8), for no copy is allowed: at 95 % four chance matches on one side would already be a finding.
 */
export function identicalMatchExcess(rows: CodedTable, train: CodedTable, holdout: CodedTable): Figure {
  if (rows.rowCount === 0) return { status: "unavailable", reason: "there are no rows" };
  const trainIndex = makeRowIndex(train);
  const holdoutIndex = makeRowIndex(holdout);
  const perRecord = new Map<string, number>();
  let excess = 0;
  for (let row = 0; row < rows.rowCount; row++) {
    const inTrain = trainIndex.find(rows, row);
    const inHoldout = holdoutIndex.find(rows, row);
    if (inTrain >= 0 === inHoldout >= 0) continue;
    excess += inTrain >= 0 ? 1 : -1;
    const record = inTrain >= 0 ? `train ${inTrain}` : `holdout ${inHoldout}`;
    perRecord.set(record, (perRecord.get(record) ?? 0) + 1);
  }
  return differenceFigure(excess, perRecord.values(), rows.rowCount, 2.8);
}

/** (hits on one side - hits on the other) / n with +- z sqrt(sum of squared hits per record) / n. */
export function differenceFigure(difference: number, hitsPerRecord: Iterable<number>, n: number, z = 1.96): Figure {
  let squares = 0;
  for (const hits of hitsPerRecord) squares += hits * hits;
  const margin = z * Math.sqrt(squares);
  return { value: difference / n, low: (difference - margin) / n, high: (difference + margin) / n, n, status: "ok" };
}

const words = new Uint32Array(2);
const word = new Float64Array(words.buffer);

/** FNV-1a over the row's 32-bit halves, mixed. */
function hashRow(table: CodedTable, row: number): number {
  let hash = 0x811c9dc5;
  for (let at = row * table.width; at < (row + 1) * table.width; at++) {
    word[0] = table.values[at]! + 0;
    hash = Math.imul(hash ^ words[0]!, 0x01000193);
    hash = Math.imul(hash ^ words[1]!, 0x01000193);
    hash ^= hash >>> 15;
  }
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  return (hash ^ (hash >>> 13)) >>> 0;
}

function isSameRow(a: CodedTable, i: number, b: CodedTable, j: number): boolean {
  for (let column = 0; column < a.width; column++) {
    if (a.values[i * a.width + column] !== b.values[j * b.width + column]) return false;
  }
  return true;
}
