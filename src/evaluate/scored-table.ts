import type { ColumnType } from "../schema/table-schema.js";

/** One column's values as the metrics see them; also a feature of the booster. */
export type ScoredValues =
  | {
      readonly kind: "number";
      /** [rows]; NaN is missing; dates are milliseconds since 1970. */
      readonly values: Float64Array;
    }
  | {
      readonly kind: "category";
      /** [rows]; -1 is missing; the same code is the same value in every table. */
      readonly codes: Int32Array;
      readonly levels: number;
    };

/** What all tables know of a column. */
export interface ScoredColumn {
  readonly name: string;
  readonly type: ColumnType;
  /** Names of the levels of a category, over all tables; empty for numbers. */
  readonly dictionary: readonly string[];
  /** Smallest step between two written numbers of this column (.01, a day in ms); 1 for categories. */
  readonly unit: number;
  /** Writes a number of this column as the table's file does. */
  readonly write: (value: number) => string;
}

/** The scored columns of one table, in the order of ScoredTables.columns. */
export interface ScoredTable {
  readonly rowCount: number;
  readonly columns: readonly ScoredValues[];
}

/** Tables made comparable: the same columns, the same category codes. */
export interface ScoredTables {
  readonly columns: readonly ScoredColumn[];
  readonly train: ScoredTable;
  readonly synthetic: ScoredTable;
  readonly holdout?: ScoredTable;
}

/** The rows in the order of `rows` (indices). */
export function takeScoredRows(table: ScoredTable, rows: ArrayLike<number>): ScoredTable {
  return { rowCount: rows.length, columns: table.columns.map((column) => takeScoredValues(column, rows)) };
}

/** One column's values in the order of `rows` (indices). */
export function takeScoredValues(column: ScoredValues, rows: ArrayLike<number>): ScoredValues {
  if (column.kind === "number") {
    const values = new Float64Array(rows.length);
    for (let i = 0; i < values.length; i++) values[i] = column.values[rows[i]!]!;
    return { kind: "number", values };
  }
  const codes = new Int32Array(rows.length);
  for (let i = 0; i < codes.length; i++) codes[i] = column.codes[rows[i]!]!;
  return { kind: "category", codes, levels: column.levels };
}

/** `count` rows drawn without replacement by the permutation `order` of the table's rows; the table where it has no more. */
export function takeFirstRows(table: ScoredTable, count: number, order: Uint32Array): ScoredTable {
  return table.rowCount <= count ? table : takeScoredRows(table, order.subarray(0, count));
}

/** The rows of two tables, those of `a` first. */
export function joinScoredTables(a: ScoredTable, b: ScoredTable): ScoredTable {
  const columns = a.columns.map((column, at) => joinValues(column, b.columns[at]!));
  return { rowCount: a.rowCount + b.rowCount, columns };
}

/** The values of one column in two tables, those of `a` first. */
export function joinValues(a: ScoredValues, b: ScoredValues): ScoredValues {
  if (a.kind === "number" && b.kind === "number") {
    const values = new Float64Array(a.values.length + b.values.length);
    values.set(a.values);
    values.set(b.values, a.values.length);
    return { kind: "number", values };
  }
  if (a.kind === "category" && b.kind === "category") {
    const codes = new Int32Array(a.codes.length + b.codes.length);
    codes.set(a.codes);
    codes.set(b.codes, a.codes.length);
    return { kind: "category", codes, levels: Math.max(a.levels, b.levels) };
  }
  throw new TypeError("the two sides of a column are of different kinds");
}
