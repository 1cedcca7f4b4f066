import type { ColumnSchema, TableSchema } from "../../schema/table-schema.js";
import { type Column, columnLength } from "../../table/column.js";
import { formatDate, parseDate } from "../../table/date-format.js";
import { formatNumber, MAX_DECIMALS, parseNumber } from "../../table/number-format.js";
import { findColumn, type Table } from "../../table/table.js";
import { outputOfSchema } from "./output-of-schema.js";

/**
 * The rows as the schema reads them, cell by cell, so that no cell depends on another row: numbers in the declared style, dates
 * in the declared format, booleans in the declared spellings, texts as written. What cannot be read so is missing, and so is a
 * text that is none of the declared levels. Columns that the schema drops or does not learn stay out.
 */
export function readCells(table: Table, schema: TableSchema): Table {
  const columns = schema.columns.flatMap((declared) => {
    const column = findColumn(table, declared.name);
    const read = column && readColumn(column, declared);
    return read === undefined ? [] : [read];
  });
  return { rowCount: table.rowCount, columns };
}

function readColumn(column: Column, schema: ColumnSchema): Column | undefined {
  const { name } = column;
  const output = outputOfSchema(schema);
  switch (output?.kind) {
    case undefined:
      return undefined;
    case "text":
      return { kind: "text", name, missingText: output.missingText, ...keepLevels(writtenCells(column), schema) };
    case "boolean": {
      const { codes, dictionary } = writtenCells(column);
      const truths = dictionary.map((text) => output.spellings.indexOf(text));
      const spellings = [output.spellings[0], output.spellings[1]] as const;
      const { missingText } = output;
      return {
        kind: "boolean",
        name,
        missingText,
        codes: codes.map((code) => truths[code] ?? -1),
        dictionary: spellings,
      };
    }
    case "number": {
      const { kind, missingText, ...format } = output;
      const values =
        column.kind === "number" ? finite(column.values) : readNumbers(column, (t) => parseNumber(t, format));
      return { kind, name, missingText, values, format };
    }
    case "date": {
      const { missingText, format } = output;
      const values = column.kind === "date" ? finite(column.values) : readNumbers(column, (t) => parseDate(t, format));
      return { kind: "date", name, missingText, values, format };
    }
    default:
      return output satisfies never;
  }
}

interface WrittenCells {
  /** [rows], -1 = missing. */
  readonly codes: Int32Array;
  readonly dictionary: readonly string[];
}

/** Every cell's text; numbers of binary formats with as many digits as each of them needs. */
function writtenCells(column: Column): WrittenCells {
  if ("codes" in column) return { codes: column.codes, dictionary: column.dictionary };
  const write = (value: number) =>
    column.kind === "date" ? formatDate(value, column.format) : formatNumber(value, { decimals: MAX_DECIMALS });
  const known = new Map<number, number>();
  const dictionary: string[] = [];
  const codes = Int32Array.from({ length: columnLength(column) }, (_, row) => {
    const value = column.values[row]!;
    if (!Number.isFinite(value)) return -1;
    const code = known.get(value) ?? dictionary.push(write(value)) - 1;
    known.set(value, code);
    return code;
  });
  return { codes, dictionary };
}

function keepLevels(cells: WrittenCells, { levels }: ColumnSchema): WrittenCells {
  if (levels === undefined) return cells;
  const levelOf = new Map(levels.map((level, code) => [level, code]));
  const byCode = cells.dictionary.map((text) => levelOf.get(text) ?? -1);
  return { codes: cells.codes.map((code) => byCode[code] ?? -1), dictionary: levels };
}

function readNumbers(column: Column, read: (text: string) => number): Float64Array {
  const { codes, dictionary } = writtenCells(column);
  const byCode = Float64Array.from(dictionary, (text) => read(text.trim()));
  return Float64Array.from(codes, (code) => (code < 0 ? Number.NaN : byCode[code]!));
}

/** Infinite numbers are missing. */
function finite(values: Float64Array): Float64Array {
  return values.map((value) => (Number.isFinite(value) ? value : Number.NaN));
}
