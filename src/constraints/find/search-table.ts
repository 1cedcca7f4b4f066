import { roleOf } from "../../schema/column-role.js";
import type { TableSchema } from "../../schema/table-schema.js";
import type { Column } from "../../table/column.js";
import { findColumn, type Table } from "../../table/table.js";

/** A column as searches for constraints see it. */
export interface SearchColumn {
  readonly name: string;
  readonly column: Column;
  /** Distinct values in the whole table. */
  readonly distinctCount: number;
  /** [rows], dense codes of the values in order of first appearance; -1 is missing. */
  readonly codes: Int32Array;
  /** Rows by code. */
  readonly counts: Uint32Array;
  readonly present: number;
  /** [rows] numbers, dates in ms, NaN = missing; undefined for texts and booleans. */
  readonly values: Float64Array | undefined;
}

/** Rows to search for constraints, and the columns that may have some. */
export interface SearchTable {
  readonly rowCount: number;
  /** Rows of the whole table for each of these, 1 and more. */
  readonly rowsPerSampled: number;
  readonly columns: readonly SearchColumn[];
}

/** The columns that are learned and not constant. */
export function makeSearchTable(table: Table, schema: TableSchema): SearchTable {
  const columns = schema.columns.flatMap((described) => {
    const role = roleOf(described);
    const column = findColumn(table, described.name);
    const isLearned = role === "category" || role === "boolean" || role === "number" || role === "date";
    return isLearned && column !== undefined ? [makeSearchColumn(column, described.distinctCount)] : [];
  });
  return { rowCount: table.rowCount, rowsPerSampled: Math.max(1, schema.rowCount / table.rowCount), columns };
}

/** The chance that two rows drawn at random have the same value. */
export function agreement({ counts, present }: SearchColumn): number {
  return counts.reduce((sum, count) => sum + (count / present) ** 2, 0);
}

function makeSearchColumn(column: Column, distinctCount: number): SearchColumn {
  const source = "codes" in column ? column.codes : column.values;
  const known = new Map<number, number>();
  const counts: number[] = [];
  const codes = Int32Array.from(source, (value) => {
    if (Number.isNaN(value) || ("codes" in column && value < 0)) return -1;
    const code = known.get(value) ?? counts.push(0) - 1;
    known.set(value, code);
    counts[code]!++;
    return code;
  });
  return {
    name: column.name,
    column,
    distinctCount,
    codes,
    counts: Uint32Array.from(counts),
    present: codes.reduce((sum, code) => sum + (code < 0 ? 0 : 1), 0),
    values: "codes" in column ? undefined : column.values,
  };
}
