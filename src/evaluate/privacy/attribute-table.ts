import type { Table } from "../../table/table.js";
import { sharedCodes } from "./coded-table.js";
import { type GowerSpace, requireColumn } from "./gower-space.js";

/**
 * A table's values as attacks compare them, column by column: numbers and dates as they are, categories as codes shared by
 * all tables. Infinity is a missing value.
 */
export interface AttributeTable {
  readonly rowCount: number;
  readonly columns: readonly AttributeColumn[];
}

export interface AttributeColumn {
  readonly name: string;
  readonly kind: "number" | "date" | "category";
  /** Largest less smallest real value; 0 for categories. */
  readonly range: number;
  /** [rows] */
  readonly values: Float64Array;
}

/** The rows `rows` of the table as attributes. Throws E_PRIVACY_COLUMN for a column that the table lacks. */
export function readAttributes(space: GowerSpace, table: Table, rows: Uint32Array): AttributeTable {
  const columns = space.columns.map((column): AttributeColumn => {
    const source = requireColumn(table, column.name);
    if (column.kind === "categorical") {
      const codes = sharedCodes(column, source);
      const values = Float64Array.from(rows, (row) => (codes[row]! < 0 ? Number.POSITIVE_INFINITY : codes[row]!));
      return { name: column.name, kind: "category", range: 0, values };
    }
    const numbers = "values" in source ? source.values : new Float64Array(table.rowCount).fill(Number.NaN);
    const values = Float64Array.from(rows, (row) => numbers[row]!);
    for (let i = 0; i < values.length; i++) if (Number.isNaN(values[i]!)) values[i] = Number.POSITIVE_INFINITY;
    return { name: column.name, kind: column.isDate ? "date" : "number", range: column.range, values };
  });
  return { rowCount: rows.length, columns };
}
