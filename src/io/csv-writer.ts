import { makeCellFormatter } from "../table/format-cell.js";
import type { Table } from "../table/table.js";
import { CSV_DELIMITERS } from "./csv-dialect.js";

const ROWS_PER_CHUNK = 2048;

/**
 * The table as CSV text (RFC 4180: quotes where needed, doubled within) in chunks of rows, header first, rows ended by
 * "\n". Cells are written as makeCellFormatter says, as the column's file had them. readCsv reads it back to the same
 * table, but for what CSV cannot say: a text that is blank or spells a missing value, and a text column whose values
 * all look like numbers, dates or booleans.
 */
export function* tableToCsv(table: Table, delimiter = ","): Generator<string> {
  const quoteName = makeQuoter(CSV_DELIMITERS.join(""));
  yield `${table.columns.map((column) => quoteName(column.name)).join(delimiter)}\n`;
  const formatters = table.columns.map(makeCellFormatter);
  const quote = makeQuoter(delimiter);
  let chunk = "";
  for (let row = 0; row < table.rowCount; row++) {
    chunk += `${formatters.map((format) => quote(format(row))).join(delimiter)}\n`;
    if (row % ROWS_PER_CHUNK !== ROWS_PER_CHUNK - 1) continue;
    yield chunk;
    chunk = "";
  }
  if (chunk !== "") yield chunk;
}

/** Quotes what holds one of the delimiters. Names are quoted for every delimiter, so that no reader mistakes the header. */
function makeQuoter(delimiters: string): (cell: string) => string {
  const needsQuotes = new RegExp(`[${delimiters}"\\r\\n]|^\\s|\\s$`);
  return (cell) => (needsQuotes.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell);
}
