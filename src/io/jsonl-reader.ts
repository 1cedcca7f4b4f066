import { dataError } from "../core/errors.js";
import type { Column } from "../table/column.js";
import { inferColumn, type RawColumn } from "../table/infer-column.js";
import { makeTable, type Table } from "../table/table.js";
import type { InputSource } from "./input-source.js";
import { readJsonRow } from "./json-row.js";
import type { ReadTableOptions } from "./read-options.js";
import { openSampler, type RowSampler, tellSampling } from "./row-sampler.js";
import { makeTextColumnBuilder, type TextColumnBuilder } from "./text-column-builder.js";
import { readTextPieces } from "./text-pieces.js";

/** Lines longer than this are refused: they are no row of a table. */
const MAX_LINE_CHARACTERS = 10_000_000;

/** More columns than this are refused: keys that are values. */
const MAX_COLUMNS = 10_000;

/**
 * Reads JSON lines: one object a line, blank lines skipped. Columns are all keys, in order of first appearance; null and absent
 * are missing. Columns are typed as those of delimited text, but texts that look like plain numbers stay texts.
 *
 * Errors: E_DATA_JSON, E_DATA_JSON_NESTED, E_DATA_EMPTY_FILE, E_DATA_NO_COLUMNS, E_DATA_TOO_MANY_COLUMNS, E_DATA_BLANK_COLUMN,
 * E_DATA_LONG_CELL, and those of readTextPieces.
 */
export async function readJsonl(source: InputSource, options: ReadTableOptions = {}): Promise<Table> {
  const sampler = openSampler(options);
  const columns = new Map<string, JsonColumn>();
  let pending = "";
  for await (const { text, isLast } of readTextPieces(source, 0, options)) {
    const lines = (pending + text).split("\n");
    pending = isLast ? "" : lines.pop()!;
    if (pending.length > MAX_LINE_CHARACTERS) throw badRow(sampler.rowCount() + 1, "is too long");
    for (const line of lines) if (line.trim() !== "") addRow(line, columns, sampler);
  }
  const rowCount = sampler.rowCount();
  if (rowCount === 0)
    throw dataError("E_DATA_EMPTY_FILE", `${source.name} is empty`, { hint: "give a file with rows" });
  if (columns.size === 0) throw dataError("E_DATA_NO_COLUMNS", "the rows have no keys", { hint: "add columns" });
  tellSampling(sampler, options);
  return makeTable([...columns.values()].map((column) => finishColumn(column, sampler, options)));
}

interface JsonColumn {
  readonly builder: TextColumnBuilder;
  /** True once a value was no text. */
  hasOther: boolean;
}

function addRow(line: string, columns: Map<string, JsonColumn>, sampler: RowSampler): void {
  const row = sampler.rowCount() + 1;
  const cells = readJsonRow(line, row);
  const slot = sampler.next();
  for (const name of cells.keys())
    if (!columns.has(name)) columns.set(name, openColumn(name, columns.size, row, sampler));
  if (slot < 0) return;
  for (const [name, column] of columns) {
    const cell = cells.get(name);
    column.hasOther ||= cell?.isText === false;
    column.builder.set(slot, cell?.text ?? "", row);
  }
}

/** A column that the rows before did not have. */
function openColumn(name: string, count: number, row: number, sampler: RowSampler): JsonColumn {
  if (name.trim() === "")
    throw dataError("E_DATA_BLANK_COLUMN", `row ${row} has a key without a name`, { where: `row ${row}` });
  if (count === MAX_COLUMNS) {
    throw dataError("E_DATA_TOO_MANY_COLUMNS", `the rows have more than ${MAX_COLUMNS} different keys`, {
      where: `row ${row}`,
      hint: "use the same keys in all rows",
    });
  }
  const builder = makeTextColumnBuilder(name);
  for (let slot = 0; slot < sampler.slotCount(); slot++) builder.set(slot, "", row);
  return { builder, hasOther: false };
}

function finishColumn({ builder, hasOther }: JsonColumn, sampler: RowSampler, options: ReadTableOptions): Column {
  const raw = builder.finish(sampler.order());
  const inferred = inferColumn(raw, { missing: options.missing, asText: options.asText });
  for (const notice of inferred.notices) options.onProgress?.(notice);
  const { column } = inferred;
  const isPlainNumber = column.kind === "number" && Object.keys(column.format).every((key) => key.endsWith("ecimals"));
  const typed = isPlainNumber && !hasOther ? textOf(raw, column.missingText) : column;
  return { ...typed, missingText: "" };
}

/** The texts of a column that would be numbers in delimited text: in JSON they are said to be none. */
function textOf(raw: RawColumn, missingText: string): Column {
  const isValue = (text: string) => text.trim() !== "" && text !== missingText;
  const dictionary = raw.dictionary.filter(isValue);
  const codes = new Map(dictionary.map((text, code) => [text, code]));
  const byCode = raw.dictionary.map((text) => codes.get(text) ?? -1);
  return { kind: "text", name: raw.name, missingText: "", codes: raw.codes.map((code) => byCode[code]!), dictionary };
}

function badRow(row: number, what: string): Error {
  return dataError("E_DATA_JSON", `row ${row} ${what}`, { where: `row ${row}`, hint: "write one JSON object a line" });
}
