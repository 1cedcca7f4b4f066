import { dataError } from "../core/errors.js";
import type { BooleanColumn, Column, DateColumn, NumberColumn, TextColumn } from "./column.js";
import { parseDate } from "./date-format.js";
import { detectDateFormat } from "./detect-date-format.js";
import { BOOLEAN_SPELLINGS } from "./infer-column.js";
import { MISSING_AMONG_NUMBERS } from "./missing-text.js";
import { parseNumber } from "./number-format.js";
import { findColumn, makeTable, type Table } from "./table.js";
import { writtenTexts } from "./written-texts.js";

/**
 * A table made comparable with a reference: its columns by name in the reference's order, each of the reference's
 * physical kind. Files differ in what typing made of them (a category of digits read as numbers, a column that is all
 * missing, dates written another way); values are carried over by their written form. A text column keeps its own
 * dictionary. `what` names the table in messages.
 *
 * Errors: E_DATA_COLUMNS lists missing and extra columns; E_DATA_COLUMN_KIND names the column and the first row whose
 * value the reference's kind cannot hold.
 */
export function conformTable(table: Table, like: Table, what = "the table"): Table {
  checkNames(table, like, what);
  return makeTable(like.columns.map((reference) => conformColumn(findColumn(table, reference.name)!, reference, what)));
}

/** The column in the reference's physical kind, see conformTable. Throws E_DATA_COLUMN_KIND. */
export function conformColumn(column: Column, reference: Column, what = "the table"): Column {
  switch (reference.kind) {
    case "number":
      return column.kind === "number" ? column : toNumbers(column, reference, what);
    case "date":
      return toDates(column, reference, what);
    case "boolean":
      return column.kind === "boolean" && isSamePair(column, reference) ? column : toBooleans(column, reference, what);
    case "text":
      return writtenTexts(column);
    default:
      throw reference satisfies never;
  }
}

function isSamePair(column: BooleanColumn, reference: BooleanColumn): boolean {
  return column.dictionary[0] === reference.dictionary[0] && column.dictionary[1] === reference.dictionary[1];
}

function checkNames(table: Table, like: Table, what: string): void {
  const missing = like.columns.filter((column) => findColumn(table, column.name) === undefined);
  const extra = table.columns.filter((column) => findColumn(like, column.name) === undefined);
  if (missing.length === 0 && extra.length === 0) return;
  const list = (columns: readonly Column[]) => columns.map((column) => `"${column.name}"`).join(", ");
  const faults = [
    ...(missing.length > 0 ? [`lacks ${list(missing)}`] : []),
    ...(extra.length > 0 ? [`has ${list(extra)} beside the reference's columns`] : []),
  ];
  throw dataError("E_DATA_COLUMNS", `${what} ${faults.join(" and ")}`, {
    where: what,
    hint: "give tables with the same columns; rename, add or take out columns",
  });
}

function toNumbers(column: Column, reference: NumberColumn, what: string): NumberColumn {
  const texts = writtenTexts(column);
  const spellings = column.kind === "boolean" ? column.dictionary : undefined;
  const numbers = texts.dictionary.map((text) => spellings?.indexOf(text) ?? parseLooseNumber(text));
  const values = readCodes(texts, numbers, reference, what);
  return { kind: "number", name: column.name, missingText: column.missingText, values, format: reference.format };
}

/** What typing does not take for a number (007, +5, long integers) is one where the reference is a number. */
function parseLooseNumber(text: string): number {
  const trimmed = text.trim();
  const value = /^[+-]?\d+(\.\d*)?$/.test(trimmed) ? Number(trimmed) : parseNumber(trimmed);
  return Number.isFinite(value) ? value : Number.NaN;
}

/** Dates in the reference's format where it reads them all: it settles the order of day and month. */
function toDates(column: Column, reference: DateColumn, what: string): Column {
  if (column.kind === "date" && column.format === reference.format) return column;
  const texts = writtenTexts(column);
  const dates = texts.dictionary.filter((text) => !MISSING_AMONG_NUMBERS.includes(text.trim()));
  const isAsReference = dates.every((text) => !Number.isNaN(parseDate(text, reference.format)));
  if (!isAsReference && column.kind === "date") return column;
  const format = isAsReference ? reference.format : (detectDateFormat(dates)?.format ?? reference.format);
  const values = readCodes(
    texts,
    texts.dictionary.map((text) => parseDate(text, format)),
    reference,
    what,
  );
  return { kind: "date", name: column.name, missingText: column.missingText, values, format };
}

function toBooleans(column: Column, reference: BooleanColumn, what: string): BooleanColumn {
  const pairs = [reference.dictionary, ...BOOLEAN_SPELLINGS, ["0", "1"], ["0.0", "1.0"]];
  const texts = writtenTexts(column);
  const truths = texts.dictionary.map((text) => pairs.find((pair) => pair.includes(text))?.indexOf(text) ?? Number.NaN);
  const values = readCodes(texts, truths, reference, what);
  const codes = Int32Array.from(values, (value) => (Number.isNaN(value) ? -1 : value));
  const { name, missingText } = column;
  return { kind: "boolean", name, missingText, codes, dictionary: reference.dictionary };
}

/**
 * The value of each row by its text's code, NaN where missing. A text without a value is refused, unless it is one of
 * the spellings that count as missing among numbers and dates.
 */
function readCodes(texts: TextColumn, byCode: readonly number[], reference: Column, what: string): Float64Array {
  return Float64Array.from(texts.codes, (code, row) => {
    if (code < 0) return Number.NaN;
    const value = byCode[code]!;
    if (!Number.isNaN(value)) return value;
    const isSpelledMissing =
      reference.kind !== "boolean" && MISSING_AMONG_NUMBERS.includes(texts.dictionary[code]!.trim());
    if (isSpelledMissing) return value;
    throw wrongKind(reference, row + 1, what);
  });
}

function wrongKind(reference: Column, row: number, what: string): Error {
  const where = `column "${reference.name}", row ${row}`;
  return dataError(
    "E_DATA_COLUMN_KIND",
    `${where} of ${what}: the value is no ${reference.kind}, as the column's are`,
    {
      where,
      hint: "write the column as the reference table has it",
    },
  );
}
