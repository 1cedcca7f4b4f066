import type { Column } from "../table/column.js";
import { makeCellFormatter } from "../table/format-cell.js";
import { CSV_DELIMITERS } from "./csv-dialect.js";
import type { TableEncoder } from "./table-encoder.js";
import { makeTextChunker } from "./text-chunker.js";

/**
 * Encodes tables as CSV text (RFC 4180: quotes where needed, doubled within), header first, rows ended by "\n". Cells are
 * written as makeCellFormatter says, as the column's file had them. readCsv reads it back to the same table, but for what
 * CSV cannot say: a text that is blank or spells a missing value, and a text column whose values all look like numbers,
 * dates or booleans.
 */
export function makeCsvEncoder(columns: readonly Column[], delimiter: "," | "\t"): TableEncoder {
  const quoteName = makeQuoter(CSV_DELIMITERS.join(""));
  const quote = makeQuoter(delimiter);
  const chunker = makeTextChunker(`${columns.map((column) => quoteName(column.name)).join(delimiter)}\n`);
  return {
    encode(rows) {
      const formatters = rows.columns.map(makeCellFormatter);
      return chunker.add(rows.rowCount, (row) => {
        let line = "";
        for (let column = 0; column < formatters.length; column++) {
          line += column === 0 ? quote(formatters[column]!(row)) : delimiter + quote(formatters[column]!(row));
        }
        return `${line}\n`;
      });
    },
    finish: () => chunker.rest(),
  };
}

/** Quotes what holds one of the delimiters. Names are quoted for every delimiter, so that no reader mistakes the header. */
function makeQuoter(delimiters: string): (cell: string) => string {
  const needsQuotes = new RegExp(`[${delimiters}"\\r\\n]|^\\s|\\s$`);
  return (cell) => (needsQuotes.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell);
}
