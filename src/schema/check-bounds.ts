import { dataError, usageError } from "../core/errors.js";
import type { Column, DateColumn, NumberColumn } from "../table/column.js";
import { parseDate } from "../table/date-format.js";
import { parseNumber } from "../table/number-format.js";
import type { ColumnSchema } from "./table-schema.js";

/** The bounds of a numeric column as its values are, both included; infinite where there is none. */
export interface NumericBounds {
  readonly min: number;
  readonly max: number;
}

/**
 * The bounds that the schema gives a column of numbers or dates; undefined where it gives none, or the column has no order.
 * Throws E_SCHEMA_BOUNDS for a bound that is no number, or no date as the column writes them, and for a minimum above the maximum.
 */
export function readBounds(column: Column, { bounds }: Pick<ColumnSchema, "bounds">): NumericBounds | undefined {
  if (bounds === undefined || "codes" in column) return undefined;
  const min = readBound(column, bounds.min, "min") ?? Number.NEGATIVE_INFINITY;
  const max = readBound(column, bounds.max, "max") ?? Number.POSITIVE_INFINITY;
  if (min > max) throw badBound(column.name, "bounds.min is above bounds.max");
  return { min, max };
}

/** Throws E_SCHEMA_OUT_OF_BOUNDS, naming the first row whose value lies beyond the schema's bounds, and how many do. */
export function requireInBounds(column: Column, schema: ColumnSchema): Column {
  const beyond = rowsOutOfBounds(column, readBounds(column, schema));
  if (beyond.length === 0) return column;
  const others = beyond.length === 1 ? "" : `, and ${beyond.length - 1} more rows`;
  const where = `column "${column.name}", row ${beyond[0]! + 1}`;
  throw dataError("E_SCHEMA_OUT_OF_BOUNDS", `${where}: the value is beyond the schema's bounds${others}`, {
    where,
    hint: "correct the cells, or widen bounds.min and bounds.max in the schema",
  });
}

/** The rows (0 = first) whose values lie beyond the bounds. */
export function rowsOutOfBounds(column: Column, bounds: NumericBounds | undefined): number[] {
  if (bounds === undefined || "codes" in column) return [];
  const rows: number[] = [];
  for (const [row, value] of column.values.entries()) if (value < bounds.min || value > bounds.max) rows.push(row);
  return rows;
}

function readBound(
  column: NumberColumn | DateColumn,
  bound: number | string | undefined,
  side: string,
): number | undefined {
  if (bound === undefined) return undefined;
  const value =
    column.kind === "date"
      ? parseDate(String(bound), column.format)
      : typeof bound === "number"
        ? bound
        : parseNumber(bound, column.format);
  if (!Number.isNaN(value)) return value;
  const form = column.kind === "date" ? `a date like ${column.format}` : "a number";
  throw badBound(column.name, `bounds.${side} is not ${form}`);
}

function badBound(name: string, message: string): Error {
  const where = `column "${name}"`;
  return usageError("E_SCHEMA_BOUNDS", `the schema's ${where}: ${message}`, {
    where,
    hint: "correct the bound in the schema",
  });
}
