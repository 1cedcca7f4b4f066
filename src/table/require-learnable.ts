import { dataError } from "../core/errors.js";
import type { Table } from "./table.js";

/**
 * Throws where nothing can be learned from a table or compared with it: E_DATA_TOO_FEW_ROWS below two rows,
 * E_DATA_TOO_FEW_COLUMNS below two columns. `what` names the table in the message, e.g. its file.
 */
export function requireLearnable(table: Table, what = "the table"): void {
  if (table.rowCount < 2) {
    throw dataError(
      "E_DATA_TOO_FEW_ROWS",
      `${what} has ${table.rowCount === 1 ? "one row" : "no rows"}; two are needed`,
      {
        where: what,
        hint: "give a table with more rows; hundreds are a sensible minimum",
      },
    );
  }
  if (table.columns.length < 2) {
    const found = table.columns.length === 1 ? "one column" : "no columns";
    throw dataError("E_DATA_TOO_FEW_COLUMNS", `${what} has ${found}; two are needed`, {
      where: what,
      hint: "give a table with more columns, or check that its separator is , ; | or a tab",
    });
  }
}
