import { usageError } from "../core/errors.js";
import type { DateColumn, NumberColumn } from "../table/column.js";
import { parseDate } from "../table/date-format.js";

/** A bound as the column's number: dates are written as the column writes them, or YYYY-MM-DD. Throws E_CONSTRAINT_BOUND. */
export function readBound(bound: number | string | undefined, column: NumberColumn | DateColumn): number | undefined {
  if (bound === undefined) return undefined;
  if (column.kind === "number") {
    if (typeof bound === "number") return bound;
    throw badBound(column.name, "a number");
  }
  for (const format of [column.format, "YYYY-MM-DD"]) {
    const value = typeof bound === "string" ? parseDate(bound, format) : Number.NaN;
    if (!Number.isNaN(value)) return value;
  }
  throw badBound(column.name, `a date written ${column.format}`);
}

function badBound(column: string, what: string): Error {
  return usageError("E_CONSTRAINT_BOUND", `the range of column "${column}" needs ${what} as its bound`, {
    where: `column "${column}"`,
    hint: "correct the bound in the schema",
  });
}
