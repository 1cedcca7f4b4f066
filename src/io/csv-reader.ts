import { dataError } from "../core/errors.js";
import type { Column } from "../table/column.js";
import { makeTable, type Table } from "../table/table.js";
import { type CellColumnBuilder, makeCellColumnBuilder } from "./cell-column-builder.js";
import { type CsvDialect, sniffDialect } from "./csv-dialect.js";
import { checkHeader } from "./csv-header.js";
import { tellDialect } from "./csv-notices.js";
import { type CsvRowParser, type CsvRows, makeCsvRowParser } from "./csv-rows.js";
import { inferColumns } from "./infer-columns.js";
import type { InputSource } from "./input-source.js";
import type { ReadTableOptions } from "./read-options.js";
import { openSampler, type RowSampler, tellSampling } from "./row-sampler.js";
import { longCell, MAX_CELL_CHARACTERS } from "./text-column-builder.js";
import type { TextEncoding } from "./text-decoder.js";
import { readTextPieces } from "./text-pieces.js";

/** How much of a file is read before its dialect is decided. */
const SNIFFED_CHARACTERS = 32_768;

/** How many of the rows at fault an error lists. */
const LISTED_ROWS = 5;

/**
 * Reads delimited text with a header (`header: false`: without): UTF-8, UTF-16 with a byte order mark or Windows-1252; comma,
 * semicolon, tab or bar; double or single quotes; any line ends. It streams: memory grows with the distinct values. Blank lines
 * are skipped, but in a table of one column, where they are missing values. `fallback` is the delimiter where none is found.
 * What was found is said where it is not the standard: N_CSV_DIALECT, N_ENCODING, N_NO_HEADER.
 *
 * Errors: E_DATA_EMPTY_FILE, E_DATA_NO_ROWS, E_DATA_BLANK_COLUMN, E_DATA_DUPLICATE_COLUMN, E_DATA_RAGGED_ROW,
 * E_DATA_OPEN_QUOTE, E_DATA_STRAY_QUOTE, E_DATA_LONG_CELL, E_DATA_NOT_UTF8, E_INTERRUPTED.
 */
export async function readCsv(source: InputSource, fallback: string, options: ReadTableOptions = {}): Promise<Table> {
  const sampler = openSampler(options);
  const collector = makeCollector(source.name, fallback, sampler, options);
  for await (const { text, isLast, encoding } of readTextPieces(source, SNIFFED_CHARACTERS, options)) {
    collector.add(text, isLast, encoding);
  }
  const columns = inferColumns(collector.finish(), sampler.order(), options);
  collector.tell(columns);
  tellSampling(sampler, options);
  return makeTable(columns);
}

interface Collector {
  add(text: string, isLast: boolean, encoding: TextEncoding): void;
  /** Says what is not the standard; after `finish`. */
  tell(columns: readonly Column[]): void;
  finish(): readonly CellColumnBuilder[];
}

/** Turns pieces of text into columns; the first row that is not blank is the header. */
function makeCollector(path: string, fallback: string, sampler: RowSampler, options: ReadTableOptions): Collector {
  let dialect: CsvDialect | undefined;
  let encoding: TextEncoding = "UTF-8";
  let parser: CsvRowParser | undefined;
  let names: readonly string[] | undefined;
  let builders: readonly CellColumnBuilder[] = [];
  let rowCount = 0;
  const hasHeader = options.header ?? true;
  return {
    add(text, isLast, foundEncoding) {
      encoding = foundEncoding;
      dialect ??= sniffDialect(text, fallback);
      parser ??= makeCsvRowParser(dialect);
      const parsed = parser.parse(text, isLast);
      let first = 0;
      if (names === undefined) {
        const line = parsed.rows.findIndex((row) => !isBlankRow(row));
        if (line >= 0) {
          const row = parsed.rows[line]!;
          names = hasHeader ? checkHeader(row, path, parsed.fault?.row === line) : row.map(numberedName);
          builders = names.map((name) => makeCellColumnBuilder(name));
          first = hasHeader ? line + 1 : line;
        }
      }
      if (names !== undefined) rowCount = addRows(parsed, first, names, builders, rowCount, sampler);
      checkPending(parser, names, rowCount);
    },
    tell(columns) {
      if (dialect !== undefined) tellDialect({ dialect, encoding, hasHeader, fallback, columns }, options);
    },
    finish() {
      if (names === undefined) throw emptyFile(path);
      if (rowCount === 0) throw noRows(path);
      return builders;
    },
  };
}

function numberedName(_: string, index: number): string {
  return `column_${index + 1}`;
}

function addRows(
  parsed: CsvRows,
  first: number,
  names: readonly string[],
  builders: readonly CellColumnBuilder[],
  rowsBefore: number,
  sampler: RowSampler,
): number {
  const ragged: { row: number; cells: number }[] = [];
  let rowCount = rowsBefore;
  for (let index = first; index < parsed.rows.length; index++) {
    const cells = parsed.rows[index]!;
    if (names.length > 1 && isBlankRow(cells)) continue;
    rowCount++;
    if (parsed.fault?.row === index) throw quoteFault(parsed.fault.kind, rowCount, names[cells.length - 1]);
    if (cells.length !== names.length) ragged.push({ row: rowCount, cells: cells.length });
    else {
      const slot = sampler.next();
      if (slot < 0) continue;
      for (let column = 0; column < cells.length; column++) builders[column]!.set(slot, cells[column]!, rowCount);
    }
  }
  if (ragged.length > 0) throw raggedRows(ragged, names.length);
  return rowCount;
}

/** Refuses an endless row early: a quote that is never closed would swallow the rest of the file. */
function checkPending(parser: CsvRowParser, names: readonly string[] | undefined, rowCount: number): void {
  if (parser.pendingLength() <= MAX_CELL_CHARACTERS) return;
  const cells = parser.pendingCells();
  const long = cells.findIndex((cell) => cell.length > MAX_CELL_CHARACTERS);
  if (long >= 0) throw longCell(names?.[long] ?? `number ${long + 1}`, names === undefined ? 0 : rowCount + 1);
}

function isBlankRow(row: readonly string[]): boolean {
  return row.length === 1 && row[0]!.trim() === "";
}

function emptyFile(path: string): Error {
  return dataError("E_DATA_EMPTY_FILE", `${path} is empty`, {
    where: path,
    hint: "give a file with a header line and rows",
  });
}

function noRows(path: string): Error {
  return dataError("E_DATA_NO_ROWS", `${path} has a header but no rows`, {
    where: path,
    hint: "give a file with rows",
  });
}

function quoteFault(kind: "open-quote" | "stray-quote", row: number, column: string | undefined): Error {
  const where = column === undefined ? `row ${row}` : `column "${column}", row ${row}`;
  return kind === "open-quote"
    ? dataError("E_DATA_OPEN_QUOTE", `${where}: a quote is opened and never closed`, {
        where,
        hint: "the file may have been cut off; close the quote or fetch the file again",
      })
    : dataError("E_DATA_STRAY_QUOTE", `${where}: text follows a closing quote`, {
        where,
        hint: 'write a quote within a quoted cell twice ("")',
      });
}

function raggedRows(ragged: readonly { row: number; cells: number }[], width: number): Error {
  const listed = ragged.slice(0, LISTED_ROWS).map(({ row, cells }) => `row ${row} has ${cells}`);
  const more = ragged.length > LISTED_ROWS ? ", and more rows" : "";
  return dataError("E_DATA_RAGGED_ROW", `the header has ${width} columns, but ${listed.join(", ")}${more}`, {
    where: `row ${ragged[0]!.row}`,
    hint: "check the separator, and quote the cells that contain it",
  });
}
