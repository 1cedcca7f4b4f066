import { dataError } from "../core/errors.js";
import { type Column, columnLength, takeColumn } from "./column.js";

/** An immutable, columnar table. Column names are unique; every column has `rowCount` rows. */
export interface Table {
  readonly rowCount: number;
  readonly columns: readonly Column[];
}

/** A table of columns of equal length. Throws E_DATA_DUPLICATE_COLUMN and E_DATA_COLUMN_LENGTH. */
export function makeTable(columns: readonly Column[]): Table {
  const rowCount = columns[0] === undefined ? 0 : columnLength(columns[0]);
  const names = new Set<string>();
  for (const column of columns) {
    if (names.has(column.name)) {
      throw dataError("E_DATA_DUPLICATE_COLUMN", `two columns are named "${column.name}"`, {
        where: `column "${column.name}"`,
        hint: "give every column a name of its own",
      });
    }
    names.add(column.name);
    if (columnLength(column) !== rowCount) {
      throw dataError(
        "E_DATA_COLUMN_LENGTH",
        `column "${column.name}" has ${columnLength(column)} rows, the first column has ${rowCount}`,
        { where: `column "${column.name}"` },
      );
    }
  }
  return { rowCount, columns };
}

/** The column of that name, or undefined. */
export function findColumn(table: Table, name: string): Column | undefined {
  return table.columns.find((column) => column.name === name);
}

/** The table's rows in the order of `rows` (indices, repeats allowed). */
export function takeRows(table: Table, rows: ArrayLike<number>): Table {
  return { rowCount: rows.length, columns: table.columns.map((column) => takeColumn(column, rows)) };
}
