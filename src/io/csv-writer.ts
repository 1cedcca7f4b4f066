import { makeCellFormatter } from "../table/format-cell.js";
import type { Table } from "../table/table.js";

const ROWS_PER_CHUNK = 2048;

/**
 * The table as CSV text (RFC 4180: quotes where needed, doubled within) in chunks of rows, header first, rows ended by
 * "\n". Cells are written as makeCellFormatter says, as the column's file had them. readCsv reads it back to the same
 * table, but for what CSV cannot say: a text that is blank or spells a missing value, and a text column whose values
 * all look like numbers, dates or booleans.
 */
export function* tableToCsv(table: Table, delimiter = ","): Generator<string> {
  const needsQuotes = new RegExp(`[${delimiter === "|" ? "\\|" : delimiter}"\\r\\n]|^\\s|\\s$`);
  const quote = (cell: string) => (needsQuotes.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell);
  yield `${table.columns.map((column) => quote(column.name)).join(delimiter)}\n`;
  const formatters = table.columns.map(makeCellFormatter);
  let chunk = "";
  for (let row = 0; row < table.rowCount; row++) {
    chunk += `${formatters.map((format) => quote(format(row))).join(delimiter)}\n`;
    if (row % ROWS_PER_CHUNK !== ROWS_PER_CHUNK - 1) continue;
    yield chunk;
    chunk = "";
  }
  if (chunk !== "") yield chunk;
}
