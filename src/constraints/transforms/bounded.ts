import type { Column } from "../../table/column.js";
import type { Table } from "../../table/table.js";
import { numericColumnOf } from "../numeric-column.js";
import type { Bounded } from "../transform.js";

/** The column with what left its bounds put on them. */
export function restoreBounded(transform: Bounded, table: Table): Column {
  const { low = Number.NEGATIVE_INFINITY, high = Number.POSITIVE_INFINITY } = transform;
  const column = numericColumnOf(table, transform.column);
  return { ...column, values: column.values.map((value) => Math.max(low, Math.min(high, value))) };
}
