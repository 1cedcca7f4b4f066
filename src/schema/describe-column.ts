import { type Column, columnLength } from "../table/column.js";

/** What schema inference looks at. */
export interface ColumnDescription {
  readonly column: Column;
  readonly rowCount: number;
  readonly presentCount: number;
  readonly distinctCount: number;
  /** Rows that hold a value seen in at least 5 rows, as a share of rows that are not missing. */
  readonly commonShare: number;
  /** Rows by value, or by code where the column has a dictionary. */
  readonly counts: ReadonlyMap<number, number>;
}

/** A value of so many rows may be named. */
export const COMMON_ROWS = 5;

/** Counts a column's values. */
export function describeColumn(column: Column): ColumnDescription {
  const counts = "codes" in column ? countCodes(column.codes, column.dictionary) : countValues(column.values);
  let presentCount = 0;
  let commonCount = 0;
  for (const count of counts.values()) {
    presentCount += count;
    if (count >= COMMON_ROWS) commonCount += count;
  }
  return {
    column,
    rowCount: columnLength(column),
    presentCount,
    distinctCount: counts.size,
    commonShare: presentCount === 0 ? 0 : commonCount / presentCount,
    counts,
  };
}

function countCodes(codes: Int32Array, dictionary: readonly string[]): Map<number, number> {
  const counts = new Uint32Array(dictionary.length);
  for (const code of codes) if (code >= 0) counts[code]!++;
  const present = new Map<number, number>();
  for (let code = 0; code < counts.length; code++) if (counts[code]! > 0) present.set(code, counts[code]!);
  return present;
}

function countValues(values: Float64Array): Map<number, number> {
  const counts = new Map<number, number>();
  for (const value of values) if (!Number.isNaN(value)) counts.set(value, (counts.get(value) ?? 0) + 1);
  return counts;
}
