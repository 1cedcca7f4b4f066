import Papa from "papaparse";
import type { CsvDialect } from "./csv-dialect.js";

/** Rows of cells of one piece of a file, and the first fault of its quoting. */
export interface CsvRows {
  readonly rows: readonly (readonly string[])[];
  /** Where a quote is not closed before the file ends, or is followed by other text: an index into `rows`. */
  readonly fault?: { readonly kind: "open-quote" | "stray-quote"; readonly row: number };
}

export interface CsvRowParser {
  /** The rows that the file has completed with this piece; the last piece completes the last row. */
  parse(piece: string, isLast: boolean): CsvRows;
  /** The beginning of the row that is not complete yet, as cells. */
  pendingCells(): readonly string[];
  /** Characters of the row that is not complete yet. */
  pendingLength(): number;
}

/**
 * Splits a file that comes in pieces into rows of cells, by papaparse's parser: RFC 4180 quoting, line breaks within
 * quotes, rows cut anywhere by the pieces. A blank line is a row of one empty cell.
 */
export function makeCsvRowParser(dialect: CsvDialect): CsvRowParser {
  const parser = new Papa.Parser({ delimiter: dialect.delimiter, newline: dialect.newline, quoteChar: dialect.quote });
  let pending = "";
  const run = (text: string, isLast: boolean) => parser.parse(text, 0, !isLast) as PapaResult;
  return {
    parse(piece, isLast) {
      const text = pending + piece;
      const result = run(text, isLast);
      pending = isLast ? "" : text.slice(result.meta.cursor);
      const rows = isLast && text.endsWith(dialect.newline) ? withoutEnd(result) : result.data;
      if (dialect.hasCarriageReturns) rows.forEach(dropCarriageReturn);
      const fault = result.errors.find((error) => error.type === "Quotes" && error.row < result.data.length);
      if (fault === undefined) return { rows };
      return { rows, fault: { kind: fault.code === "MissingQuotes" ? "open-quote" : "stray-quote", row: fault.row } };
    },
    pendingCells: () => (pending === "" ? [] : (run(pending, true).data[0] ?? [])),
    pendingLength: () => pending.length,
  };
}

interface PapaResult {
  readonly data: string[][];
  readonly errors: readonly { readonly type: string; readonly code: string; readonly row: number }[];
  readonly meta: { readonly cursor: number };
}

/** The line break at the end of a file ends the last row, it does not begin one more. */
function withoutEnd(result: PapaResult): string[][] {
  const last = result.data.at(-1);
  return last?.length === 1 && last[0] === "" ? result.data.slice(0, -1) : result.data;
}

function dropCarriageReturn(row: string[]): void {
  const last = row.length - 1;
  const cell = row[last];
  if (cell?.endsWith("\r")) row[last] = cell.slice(0, -1);
}
