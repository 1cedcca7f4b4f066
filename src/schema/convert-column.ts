import { dataError } from "../core/errors.js";
import { type Column, columnLength, type NumberColumn, type NumberStyle } from "../table/column.js";
import { formatDate, parseDate } from "../table/date-format.js";
import { detectNumberStyle } from "../table/detect-number-style.js";
import { countDecimals, formatNumber, parseNumber } from "../table/number-format.js";

/** What a column is to become. */
export type ConversionTarget =
  | { readonly kind: "text" }
  | { readonly kind: "number"; readonly style?: NumberStyle | undefined }
  | { readonly kind: "date"; readonly format: string }
  | { readonly kind: "boolean"; readonly spellings: readonly [string, string] };

/**
 * The column as another kind, by way of its written form; the same column where the kind is already right. Missing values
 * stay missing. Throws E_SCHEMA_CONVERSION, naming the first row that cannot be read so.
 */
export function convertColumn<T extends ConversionTarget>(
  column: Column,
  target: T,
): Extract<Column, { readonly kind: T["kind"] }> {
  return convert(column, target) as Extract<Column, { readonly kind: T["kind"] }>;
}

function convert(column: Column, target: ConversionTarget): Column {
  if (column.kind === target.kind && isWrittenSo(column, target)) return column;
  const written = writeColumn(column);
  const { name, missingText } = column;
  switch (target.kind) {
    case "text":
      return { kind: "text", name, missingText, ...written };
    case "number":
      return toNumbers(written, column, target.style);
    case "date": {
      const values = readWith(written, name, `a date like ${target.format}`, (text) => parseDate(text, target.format));
      return { kind: "date", name, missingText, values, format: target.format };
    }
    case "boolean": {
      const [no, yes] = target.spellings;
      const values = readWith(written, name, `"${no}" or "${yes}"`, (text) => booleanCode(text, no, yes));
      const codes = Int32Array.from(values, (value) => (Number.isNaN(value) ? -1 : value));
      return { kind: "boolean", name, missingText, dictionary: [no, yes], codes };
    }
    default:
      return target satisfies never;
  }
}

/** Booleans, numbers and dates written otherwise than the schema says are read again from what is written. */
function isWrittenSo(column: Column, target: ConversionTarget): boolean {
  if (column.kind === "boolean" && target.kind === "boolean") {
    return column.dictionary[0] === target.spellings[0] && column.dictionary[1] === target.spellings[1];
  }
  if (column.kind === "number" && target.kind === "number") {
    const { style } = target;
    return style === undefined || STYLE_PARTS.every((part) => column.format[part] === style[part]);
  }
  return column.kind !== "date" || target.kind !== "date" || column.format === target.format;
}

const STYLE_PARTS = ["prefix", "suffix", "thousands", "decimalMark", "negative"] as const;

/** Numbers in the asked style, or in the one that all texts have. */
function toNumbers(
  written: WrittenColumn,
  { name, missingText }: Column,
  style: NumberStyle | undefined,
): NumberColumn {
  const texts = written.dictionary;
  const known = style ?? detectNumberStyle(texts)?.style ?? {};
  const values = readWith(written, name, "a number", (text) => parseNumber(text.trim(), known));
  const decimals = texts.map((text) => countDecimals(text.trim(), known));
  const format = {
    ...known,
    decimals: decimals.reduce((most, digits) => Math.max(most, digits), 0),
    minDecimals: decimals.reduce((fewest, digits) => Math.min(fewest, digits), decimals[0] ?? 0),
  };
  return { kind: "number", name, missingText, values, format };
}

interface WrittenColumn {
  readonly codes: Int32Array;
  readonly dictionary: readonly string[];
}

/** The column's values as a dictionary of texts in order of first appearance. */
function writeColumn(column: Column): WrittenColumn {
  if ("codes" in column) return { codes: column.codes, dictionary: column.dictionary };
  const write =
    column.kind === "number"
      ? (value: number) => formatNumber(value, column.format)
      : (value: number) => formatDate(value, column.format);
  const known = new Map<number, number>();
  const dictionary: string[] = [];
  const codeOfText = new Map<string, number>();
  const codes = Int32Array.from({ length: columnLength(column) }, (_, row) => {
    const value = column.values[row]!;
    if (Number.isNaN(value)) return -1;
    const code = known.get(value);
    if (code !== undefined) return code;
    const text = write(value);
    const added = codeOfText.get(text) ?? dictionary.push(text) - 1;
    codeOfText.set(text, added);
    known.set(value, added);
    return added;
  });
  return { codes, dictionary };
}

function readWith(written: WrittenColumn, name: string, what: string, read: (text: string) => number): Float64Array {
  const values = Float64Array.from(written.dictionary, read);
  const bad = values.findIndex(Number.isNaN);
  const row = written.codes.findIndex((code) => code >= 0 && Number.isNaN(values[code]!));
  if (bad >= 0 && row >= 0) {
    throw dataError("E_SCHEMA_CONVERSION", `column "${name}", row ${row + 1}: not ${what}, as the schema asks`, {
      where: `column "${name}", row ${row + 1}`,
      hint: "correct the cell, or give the column another type in the schema (category takes any text)",
    });
  }
  return Float64Array.from(written.codes, (code) => (code < 0 ? Number.NaN : values[code]!));
}

function booleanCode(text: string, no: string, yes: string): number {
  if (text === yes) return 1;
  return text === no ? 0 : Number.NaN;
}
