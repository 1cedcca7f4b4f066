/** What numbers of a column look like beside their digits; a plain number (`-1234.5`) has none of it. */
export interface NumberStyle {
  /** A currency's sign or code with its space: "$", "EUR ". */
  readonly prefix?: string | undefined;
  /** "%" or a currency, with its space: " €". The value of `12 %` is 12. */
  readonly suffix?: string | undefined;
  /** What stands between groups of three digits: "," "." "'" or a space. Default: nothing. */
  readonly thousands?: string | undefined;
  /** Default ".". */
  readonly decimalMark?: "," | undefined;
  /** Negatives: `-$5` by default, `($5)` or `$-5`. */
  readonly negative?: "parentheses" | "after-prefix" | undefined;
}

/** How numbers of a column are written, see formatNumber in number-format.ts. */
export interface NumberFormat extends NumberStyle {
  /** The largest number of digits seen after the decimal mark, 0..100; at 100 nothing is rounded. */
  readonly decimals: number;
  /** The smallest number of digits seen after the decimal mark (71.0: 1); shorter numbers are padded. Default 0. */
  readonly minDecimals?: number | undefined;
}

interface ColumnBase {
  readonly name: string;
  /** How a missing value is spelled in text formats (the spelling the column used most): "", "?", "NA". */
  readonly missingText: string;
}

/** Numbers; NaN is a missing value. */
export interface NumberColumn extends ColumnBase {
  readonly kind: "number";
  /** [rows] */
  readonly values: Float64Array;
  readonly format: NumberFormat;
}

/**
 * Dates and timestamps as milliseconds since 1970-01-01T00:00:00Z (UTC, proleptic Gregorian), times of day as milliseconds
 * since midnight, durations as milliseconds; NaN is a missing value. `format` tells which (dateMeaning in date-format.ts).
 */
export interface DateColumn extends ColumnBase {
  readonly kind: "date";
  /** [rows] */
  readonly values: Float64Array;
  /** The written form in the language of date-format.ts, e.g. "YYYY-MM-DD". */
  readonly format: string;
}

/** Strings, dictionary-coded in order of first appearance. */
export interface TextColumn extends ColumnBase {
  readonly kind: "text";
  /** [rows], an index into dictionary; -1 is a missing value. */
  readonly codes: Int32Array;
  readonly dictionary: readonly string[];
}

/** Booleans: codes 0 (false), 1 (true), -1 (missing); the dictionary holds the two spellings. */
export interface BooleanColumn extends ColumnBase {
  readonly kind: "boolean";
  readonly codes: Int32Array;
  readonly dictionary: readonly [string, string];
}

/** One immutable column. What holds codes and a dictionary (`text`, `boolean`) is discrete; the rest is numeric. */
export type Column = NumberColumn | DateColumn | TextColumn | BooleanColumn;

/** Rows of a column. */
export function columnLength(column: Column): number {
  return "codes" in column ? column.codes.length : column.values.length;
}

/** True where the row's value is missing. */
export function isMissing(column: Column, row: number): boolean {
  return "codes" in column ? column.codes[row]! < 0 : Number.isNaN(column.values[row]!);
}

/** The number of missing values. */
export function countMissing(column: Column): number {
  let missing = 0;
  for (let row = 0; row < columnLength(column); row++) if (isMissing(column, row)) missing++;
  return missing;
}

/** The column's rows in the order of `rows` (indices into the column, repeats allowed). */
export function takeColumn(column: Column, rows: ArrayLike<number>): Column {
  if ("codes" in column) {
    const codes = new Int32Array(rows.length);
    for (let i = 0; i < rows.length; i++) codes[i] = column.codes[rows[i]!]!;
    return { ...column, codes };
  }
  const values = new Float64Array(rows.length);
  for (let i = 0; i < rows.length; i++) values[i] = column.values[rows[i]!]!;
  return { ...column, values };
}
