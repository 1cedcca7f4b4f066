import { dataError } from "../core/errors.js";
import type { Table } from "./table.js";

/** The fewest rows that anything is learned from. */
export const MIN_ROWS = 10;

/** Throws E_DATA_ONE_COLUMN and E_DATA_TOO_FEW_ROWS for a table that nothing can be learned from. */
export function requireLearnable(table: Table): void {
  if (table.columns.length < 2) {
    throw dataError("E_DATA_ONE_COLUMN", "the table has one column; there is nothing to relate it to", {
      where: "header",
      hint: "give a table of two columns and more; if it has them, check its delimiter",
    });
  }
  if (table.rowCount < MIN_ROWS) {
    const rows = table.rowCount === 1 ? "1 row" : `${table.rowCount} rows`;
    throw dataError("E_DATA_TOO_FEW_ROWS", `there are ${rows} to learn from; at least ${MIN_ROWS} are needed`, {
      hint: "give a larger table",
    });
  }
}
