import type { RandomStream } from "../../core/random.js";
import { type FieldCounts, meanEntropyRatio } from "./field-measures.js";
import type { ProbeRows } from "./probe-space.js";

/** Classes that a field's codes are put into: tables of few cells tell more with few rows. */
const CLASSES = 6;
const MAX_PAIRS = 500;

/** Class of every code, field by field. */
export type CodeClasses = readonly Uint8Array[];

/** Neighbouring codes together, until a class has a sixth of the real rows. */
export function classesOfCodes(real: FieldCounts): CodeClasses {
  return real.map((counts) => {
    const total = counts.reduce((sum, count) => sum + count, 0);
    let below = 0;
    return Uint8Array.from(counts, (count) => {
      const middle = (below + count / 2) / Math.max(1, total);
      below += count;
      return Math.min(CLASSES - 1, Math.floor(middle * CLASSES));
    });
  });
}

/** All pairs of `fields` fields, or 500 at random; a field alone is paired with itself. */
export function choosePairs(fields: number, random: RandomStream): readonly (readonly [number, number])[] {
  if (fields === 1) return [[0, 0]];
  if ((fields * (fields - 1)) / 2 > MAX_PAIRS) {
    return Array.from({ length: MAX_PAIRS }, () => {
      const a = random.integer(fields);
      return [a, (a + 1 + random.integer(fields - 1)) % fields] as const;
    });
  }
  return Array.from({ length: fields }, (_, a) =>
    Array.from({ length: fields - a - 1 }, (_, b) => [a, a + 1 + b] as const),
  ).flat();
}

/** Classes of rows, [K] of [rows]. */
export function classColumns(rows: ProbeRows, classes: CodeClasses): readonly Uint8Array[] {
  return rows.codes.map((codes, field) => {
    const own = classes[field]!;
    const column = new Uint8Array(codes.length);
    for (let row = 0; row < codes.length; row++) column[row] = own[codes[row]!]!;
    return column;
  });
}

/** Mean over pairs of fields of the total variation between their contingency tables, 0..1; 0 where there is no pair. */
export function pairDifference(
  a: readonly Uint8Array[],
  b: readonly Uint8Array[],
  pairs: readonly (readonly [number, number])[],
): number {
  let sum = 0;
  const table = new Float64Array(CLASSES * CLASSES);
  for (const [first, second] of pairs) {
    table.fill(0);
    addPair(table, a[first]!, a[second]!, 1);
    addPair(table, b[first]!, b[second]!, -1);
    for (const cell of table) sum += Math.abs(cell) / 2;
  }
  return pairs.length === 0 ? 0 : sum / pairs.length;
}

/** Mean over pairs of fields of the entropy of their contingency table over that of as many real rows; pairs that vary. */
export function pairEntropyRatio(
  drawn: readonly Uint8Array[],
  real: readonly Uint8Array[],
  pairs: readonly (readonly [number, number])[],
): number {
  const tableOf = (rows: readonly Uint8Array[], [first, second]: readonly [number, number]): Float64Array => {
    const table = new Float64Array(CLASSES * CLASSES);
    addPair(table, rows[first]!, rows[second]!, rows[first]!.length);
    return table;
  };
  return meanEntropyRatio(
    pairs.map((pair) => tableOf(drawn, pair)),
    pairs.map((pair) => tableOf(real, pair)),
  );
}

function addPair(table: Float64Array, first: Uint8Array, second: Uint8Array, total: number): void {
  const weight = total / first.length;
  for (let row = 0; row < first.length; row++) table[first[row]! * CLASSES + second[row]!]! += weight;
}
