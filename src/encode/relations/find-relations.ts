import type { RandomStream } from "../../core/random.js";
import { levelsOfNumbers, type QuantileBinsEncoding } from "../quantile-bins.js";
import { MAX_COPIES, RATIO_CLASSES, type Relation } from "./relation.js";

/** One numeric column as the search sees it. */
export interface NumericColumn {
  readonly encoding: QuantileBinsEncoding;
  /** [rows], NaN = missing. */
  readonly values: Float64Array;
}

const MAX_ROWS = 20_000;
/** Rows that pairs are screened on: fewer where there are very many. */
const SCREENING_ROWS = 2000;
const SCREENING_ROWS_OF_MANY = 1000;
const MANY_COLUMNS = 250;
/** Pairs x rows of the exact count: a second or two. */
const MAX_COUNTED = 2e8;
/** Copies of the whole table, the most supported first: each is one more level to learn. */
const MAX_RELATIONS = 1024;
const KINDS = RATIO_CLASSES.length + 1;
/** Least share of rows: of equal numbers, of one ratio class. */
const MIN_SHARES = [0.005, ...RATIO_CLASSES.map(() => 0.02)];
const MIN_ROWS = 10;
const LEAST_RATIO = RATIO_CLASSES[0]![0];
const MOST_RATIO = RATIO_CLASSES[RATIO_CLASSES.length - 1]![1];
/** By whole percent of a ratio between those the kind of its class. */
const KIND_OF_PERCENT = Uint8Array.from(
  { length: 113 },
  (_, percent) => 1 + RATIO_CLASSES.findIndex(([low, high]) => percent >= 100 * low && percent < 100 * high),
);

/**
 * Pairs of binned columns whose numbers are equal, or nearly so, in a share of the rows that an independent pairing (the
 * source's rows permuted) does not explain. 0 and values with a level of their own do not count: their level says it already.
 * Looks at no more than 20,000 rows; screens pairs on 2,000 or, of many columns, 1,000. Dates are only compared with dates, for equality.
 */
export function findRelations(columns: readonly NumericColumn[], random: RandomStream): Relation[] {
  const rows = sampleRows(columns[0]?.values.length ?? 0, random);
  const pairing = random.fork("pairing").permutation(rows.length);
  const sides = columns.flatMap((column) => sideOf(column, rows, pairing) ?? []);
  const screening = Math.min(sides.length > MANY_COLUMNS ? SCREENING_ROWS_OF_MANY : SCREENING_ROWS, rows.length);
  const passed: [Side, Side][] = [];
  for (const target of sides) {
    if (!target.isTarget) continue;
    for (const source of sides) {
      if (source === target || source.isDate !== target.isDate || !overlap(target, source)) continue;
      if (kindsOf(target, source, screening, 0.5).length > 0) passed.push([target, source]);
    }
  }
  const counted = Math.min(rows.length, Math.max(screening, Math.floor(MAX_COUNTED / Math.max(1, passed.length))));
  const found = passed.flatMap(([target, source]) =>
    kindsOf(target, source, counted, 1).map(({ kind, share }) => makeRelation(target, source, kind, share)),
  );
  return mostSupported(found);
}

/** A column's sampled rows, as what follows and as what is followed. */
interface Side {
  readonly name: string;
  readonly isDate: boolean;
  readonly isTarget: boolean;
  readonly values: Float64Array;
  /** The values of other rows: what an independent pairing has. */
  readonly shuffled: Float64Array;
  /** The values, NaN where they have a level of their own. */
  readonly open: Float64Array;
  readonly low: number;
  readonly high: number;
}

/** Rows evenly spread over the table, in random order: any first part of them is a sample too. */
function sampleRows(rowCount: number, random: RandomStream): Uint32Array {
  const count = Math.min(rowCount, MAX_ROWS);
  const offsets = random.fork("rows");
  return offsets.permutation(count).map((part) => Math.floor(((part + offsets.uniform()) * rowCount) / count));
}

function sideOf(column: NumericColumn, rows: Uint32Array, pairing: Uint32Array): Side | undefined {
  const { encoding } = column;
  if (encoding.levels.length < 2) return undefined;
  const values = new Float64Array(rows.length);
  for (let i = 0; i < rows.length; i++) values[i] = column.values[rows[i]!]!;
  const shuffled = new Float64Array(rows.length);
  for (let i = 0; i < rows.length; i++) shuffled[i] = values[pairing[i]!]!;
  const open = openValues(encoding, values);
  let low = Number.POSITIVE_INFINITY;
  let high = Number.NEGATIVE_INFINITY;
  for (const value of values) {
    if (value < low) low = value;
    if (value > high) high = value;
  }
  const isTarget = open.some((value) => !Number.isNaN(value));
  return { name: encoding.name, isDate: encoding.output.kind === "date", isTarget, values, shuffled, open, low, high };
}

function openValues(encoding: QuantileBinsEncoding, values: Float64Array): Float64Array {
  const codes = levelsOfNumbers(encoding, values);
  const isBin = encoding.levels.map((level) => Array.isArray(level));
  const open = new Float64Array(values.length).fill(Number.NaN);
  for (let i = 0; i < values.length; i++) if (isBin[codes[i]!]) open[i] = values[i]!;
  return open;
}

function overlap(a: Side, b: Side): boolean {
  return a.low - 0.14 * Math.abs(a.low) <= b.high && a.high + 0.14 * Math.abs(a.high) >= b.low;
}

/** The kinds of relation (0 = equal, then the ratio classes) that hold, with their shares; `strictness` scales what is asked. */
function kindsOf(
  target: Side,
  source: Side,
  rows: number,
  strictness: number,
): { readonly kind: number; readonly share: number }[] {
  const counts = countKinds(target.open, source.values, rows);
  const least = (kind: number): number => Math.max(MIN_ROWS * strictness, MIN_SHARES[kind]! * strictness * rows);
  const kinds = target.isDate ? 1 : KINDS;
  const enough = [...counts.keys()].filter((kind) => kind < kinds && counts[kind]! >= least(kind));
  if (enough.length === 0) return [];
  const chance = countKinds(target.open, source.shuffled, rows);
  return enough
    .filter((kind) => counts[kind]! >= (1 + strictness) * chance[kind]! + least(kind) / 2)
    .map((kind) => ({ kind, share: counts[kind]! / rows }));
}

/** Rows of each kind. The ratio of 0 to 0 is no number, so that equal zeros do not count. */
function countKinds(target: Float64Array, source: Float64Array, rows: number): Uint32Array {
  const counts = new Uint32Array(KINDS);
  for (let row = 0; row < rows; row++) {
    const ratio = target[row]! / source[row]!;
    if (ratio >= LEAST_RATIO && ratio < MOST_RATIO) {
      counts[target[row] === source[row] ? 0 : KIND_OF_PERCENT[(ratio * 100) | 0]!]!++;
    }
  }
  return counts;
}

function makeRelation(target: Side, source: Side, kind: number, share: number): Relation {
  const base = { column: target.name, source: source.name, share: Math.round(share * 1000) / 1000 };
  const range = RATIO_CLASSES[kind - 1];
  return range === undefined ? { kind: "equal", ...base } : { kind: "near", ...base, low: range[0], high: range[1] };
}

/** At most MAX_COPIES a column and MAX_RELATIONS in all, those of the largest shares; grouped by column. */
function mostSupported(relations: readonly Relation[]): Relation[] {
  const ranked = [...relations].sort((a, b) => b.share - a.share);
  const perColumn = new Map<string, Relation[]>();
  let total = 0;
  for (const relation of ranked) {
    const kept = perColumn.get(relation.column) ?? [];
    if (kept.length === MAX_COPIES || total === MAX_RELATIONS) continue;
    kept.push(relation);
    total++;
    perColumn.set(relation.column, kept);
  }
  return [...perColumn.values()].flat();
}
