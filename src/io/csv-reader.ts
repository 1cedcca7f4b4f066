import { createReadStream } from "node:fs";
import { extname } from "node:path";
import { dataError, throwIfAborted } from "../core/errors.js";
import { inferColumn } from "../table/infer-column.js";
import { makeTable, type Table } from "../table/table.js";
import { sniffDialect } from "./csv-dialect.js";
import { checkHeader } from "./csv-header.js";
import { type CsvRowParser, type CsvRows, makeCsvRowParser } from "./csv-rows.js";
import type { ReadTableOptions } from "./read-options.js";
import { openSampler, type RowSampler, tellSampling } from "./row-sampler.js";
import { longCell, MAX_CELL_CHARACTERS, makeTextColumnBuilder, type TextColumnBuilder } from "./text-column-builder.js";
import { makeUtf8Decoder } from "./utf8.js";

/** How much of a file is read before its dialect is decided. */
const SNIFFED_CHARACTERS = 32_768;

/** How many of the rows at fault an error lists. */
const LISTED_ROWS = 5;

/**
 * Reads delimited text with a header: UTF-8, with or without a byte order mark; comma, semicolon, tab or bar; any line
 * ends. It streams: memory grows with the distinct values. Blank lines are skipped, but in a table of one column,
 * where they are missing values. `byteCount` is the file's size, for progress.
 *
 * Errors: E_DATA_EMPTY_FILE, E_DATA_NO_ROWS, E_DATA_BLANK_COLUMN, E_DATA_DUPLICATE_COLUMN, E_DATA_RAGGED_ROW,
 * E_DATA_OPEN_QUOTE, E_DATA_STRAY_QUOTE, E_DATA_LONG_CELL, E_DATA_NOT_UTF8, E_INTERRUPTED.
 */
export async function readCsv(path: string, byteCount: number, options: ReadTableOptions = {}): Promise<Table> {
  const sampler = openSampler(options);
  const collector = makeCollector(path, extname(path).toLowerCase() === ".tsv" ? "\t" : ",", sampler);
  let doneBytes = 0;
  for await (const piece of readPieces(path)) {
    throwIfAborted(options.signal);
    collector.add(piece.text, piece.isLast);
    doneBytes += piece.byteCount;
    const total = Math.max(byteCount, doneBytes);
    options.onProgress?.({ kind: "progress", stage: "read", done: doneBytes, total, unit: "bytes" });
  }
  const table = makeTable(
    collector.finish().map((builder) => {
      const inferred = inferColumn(builder.finish(sampler.order()), { missing: options.missing });
      for (const notice of inferred.notices) options.onProgress?.(notice);
      return inferred.column;
    }),
  );
  tellSampling(sampler, options);
  return table;
}

interface Piece {
  readonly text: string;
  readonly byteCount: number;
  readonly isLast: boolean;
}

/** The file's text in pieces; the first is long enough to sniff, the last is marked and may be empty. */
async function* readPieces(path: string): AsyncGenerator<Piece> {
  const decoder = makeUtf8Decoder(path);
  let text = "";
  let byteCount = 0;
  let isSniffable = false;
  for await (const bytes of createReadStream(path) as AsyncIterable<Buffer>) {
    text += decoder.decode(bytes, false);
    byteCount += bytes.length;
    isSniffable ||= text.length >= SNIFFED_CHARACTERS;
    if (!isSniffable) continue;
    yield { text, byteCount, isLast: false };
    text = "";
    byteCount = 0;
  }
  yield { text: text + decoder.decode(new Uint8Array(0), true), byteCount, isLast: true };
}

interface Collector {
  add(text: string, isLast: boolean): void;
  finish(): readonly TextColumnBuilder[];
}

/** Turns pieces of text into columns; the first row that is not blank is the header. */
function makeCollector(path: string, fallbackDelimiter: string, sampler: RowSampler): Collector {
  let parser: CsvRowParser | undefined;
  let names: readonly string[] | undefined;
  let builders: readonly TextColumnBuilder[] = [];
  let rowCount = 0;
  return {
    add(text, isLast) {
      parser ??= makeCsvRowParser(sniffDialect(text, fallbackDelimiter));
      const parsed = parser.parse(text, isLast);
      let first = 0;
      if (names === undefined) {
        first = 1 + parsed.rows.findIndex((row) => !isBlankRow(row));
        if (first > 0) {
          names = checkHeader(parsed.rows[first - 1]!, path, parsed.fault?.row === first - 1);
          builders = names.map(makeTextColumnBuilder);
        }
      }
      if (names !== undefined) rowCount = addRows(parsed, first, names, builders, rowCount, sampler);
      checkPending(parser, names, rowCount);
    },
    finish() {
      if (names === undefined) throw emptyFile(path);
      if (rowCount === 0) throw noRows(path);
      return builders;
    },
  };
}

function addRows(
  parsed: CsvRows,
  first: number,
  names: readonly string[],
  builders: readonly TextColumnBuilder[],
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
