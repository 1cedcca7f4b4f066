import type { Column } from "../../table/column.js";
import type { Table } from "../../table/table.js";
import { type GowerColumn, type GowerSpace, requireColumn } from "./gower-space.js";

/**
 * A table as one compact matrix in which distances need no cases: the difference of two cells is min(1, |a - b|).
 * Numbers are scaled so that the real range is [0, 1]; categories are whole numbers, so that two of them are at least
 * 1 apart; a missing number is 4, a missing category -1, each at least 1 from every value. Synthetic numbers outside the
 * real range are kept within [-1, 2], which changes no distance to a real row.
 */
export interface CodedTable {
  readonly rowCount: number;
  /** Gower's distance is the mean difference over the columns, the Euclidean the root of the mean square; default Gower's. */
  readonly metric?: "gower" | "euclidean";
  readonly width: number;
  /** [rows, width], row-major. */
  readonly values: Float64Array;
}

/** What a missing number is coded as. */
export const MISSING_NUMBER = 4;

/** The table in the space's coding. Throws E_PRIVACY_COLUMN for a column that the table lacks. */
export function codeTable(space: GowerSpace, table: Table): CodedTable {
  const width = space.columns.length;
  const values = new Float64Array(table.rowCount * width);
  space.columns.forEach((column, at) => {
    writeColumn(column, requireColumn(table, column.name), values, at, width);
  });
  return { rowCount: table.rowCount, width, values };
}

/** The rows of `rows`, in that order. */
export function takeCodedRows(table: CodedTable, rows: ArrayLike<number>): CodedTable {
  const { width } = table;
  const values = new Float64Array(rows.length * width);
  for (let i = 0; i < rows.length; i++) {
    values.set(table.values.subarray(rows[i]! * width, (rows[i]! + 1) * width), i * width);
  }
  return { ...table, rowCount: rows.length, values };
}

/** The first `count` rows, or all where there are fewer: of a table in random order a sample. */
export function firstRows(table: CodedTable, count: number): CodedTable {
  const rowCount = Math.min(count, table.rowCount);
  return { ...table, rowCount, values: table.values.subarray(0, rowCount * table.width) };
}

/** The columns of `columns` (positions), in that order. */
export function takeCodedColumns(table: CodedTable, columns: readonly number[]): CodedTable {
  const width = columns.length;
  const values = new Float64Array(table.rowCount * width);
  for (let to = 0; to < width; to++) {
    const from = columns[to]!;
    for (let row = 0; row < table.rowCount; row++) {
      values[row * width + to] = table.values[row * table.width + from]!;
    }
  }
  return { ...table, width, values };
}

/** Gower's distance of row `i` of `a` and row `j` of `b`, in 0..1: the mean over columns of min(1, |a - b|). */
export function gowerDistance(a: CodedTable, i: number, b: CodedTable, j: number): number {
  let sum = 0;
  for (let column = 0; column < a.width; column++) {
    sum += Math.min(1, Math.abs(a.values[i * a.width + column]! - b.values[j * b.width + column]!));
  }
  return sum / a.width;
}

function writeColumn(column: GowerColumn, source: Column, out: Float64Array, at: number, width: number): void {
  if (column.kind === "categorical") {
    const codes = sharedCodes(column, source);
    for (let row = 0; row < codes.length; row++) out[row * width + at] = codes[row]!;
    return;
  }
  if ("codes" in source) return;
  const { values } = source;
  for (let row = 0; row < values.length; row++) out[row * width + at] = scaleNumber(values[row]!, column);
}

/** The source's codes in the coding shared by all tables; -1 is a missing value. [rows] */
export function sharedCodes(column: GowerColumn & { readonly kind: "categorical" }, source: Column): Int32Array {
  if (!("codes" in source)) return new Int32Array(source.values.length).fill(-1);
  const { codes: shared } = column;
  if (shared === undefined) return source.codes;
  const translation = source.dictionary.map((spelling) => shared.get(spelling) ?? -1);
  return source.codes.map((code) => (code < 0 ? -1 : translation[code]!));
}

function scaleNumber(value: number, column: GowerColumn & { readonly kind: "numeric" }): number {
  if (Number.isNaN(value)) return MISSING_NUMBER;
  const offset = value - column.minimum;
  if (offset === 0) return 0;
  const scaled = column.range > 0 ? offset / column.range : offset * Number.POSITIVE_INFINITY;
  return Math.min(2, Math.max(-1, scaled));
}
