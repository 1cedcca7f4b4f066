import type { Column } from "../table/column.js";
import { makeCellFormatter } from "../table/format-cell.js";
import { isPlainStyle } from "../table/number-format.js";
import { CSV_DELIMITERS } from "./csv-dialect.js";
import { spellLevels } from "./spell-levels.js";
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
      const formatters = rows.columns.map((column) => makeCellWriter(column, delimiter, quote));
      return chunker.add(rows.rowCount, (row) => {
        let line = "";
        for (let column = 0; column < formatters.length; column++) {
          line += column === 0 ? formatters[column]!(row) : delimiter + formatters[column]!(row);
        }
        return `${line}\n`;
      });
    },
    finish: () => chunker.rest(),
  };
}

/** makeCellFormatter, quoted where needed; levels are looked at once, and numbers and dates only where their format asks for it. */
function makeCellWriter(column: Column, delimiter: string, quote: (cell: string) => string): (row: number) => string {
  const missingText = quote(column.missingText);
  if ("codes" in column) {
    const { codes, dictionary } = column;
    const level = spellLevels(dictionary, quote);
    return (row) => (codes[row]! < 0 ? missingText : level(codes[row]!));
  }
  const format = makeCellFormatter({ ...column, missingText });
  const isNeverQuoted = column.kind === "date" ? !column.format.includes(delimiter) : isPlainStyle(column.format);
  if (isNeverQuoted) return format;
  const { values } = column;
  return (row) => (Number.isNaN(values[row]!) ? missingText : quote(format(row)));
}

/** Quotes what holds one of the delimiters. Names are quoted for every delimiter, so that no reader mistakes the header. */
function makeQuoter(delimiters: string): (cell: string) => string {
  const needsQuotes = new RegExp(`[${delimiters}"\\r\\n]|^\\s|\\s$`);
  return (cell) => (needsQuotes.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell);
}
