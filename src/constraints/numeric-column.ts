import { SynthError } from "../core/errors.js";
import type { Column, DateColumn, NumberColumn } from "../table/column.js";
import { findColumn, type Table } from "../table/table.js";

/** The table's column of that name. Throws E_DEFECT where it lacks it. */
export function columnOf(table: Table, name: string): Column {
  const column = findColumn(table, name);
  if (column !== undefined) return column;
  throw new SynthError("defect", "E_DEFECT", `a constraint needs column "${name}", which the rows do not have`);
}

/** The table's number or date of that name. Throws E_DEFECT where it is neither. */
export function numericColumnOf(table: Table, name: string): NumberColumn | DateColumn {
  const column = columnOf(table, name);
  if (column.kind === "number" || column.kind === "date") return column;
  throw new SynthError("defect", "E_DEFECT", `column "${name}" of a constraint is neither a number nor a date`);
}
