import type { ProgressEvent } from "../core/progress.js";
import type { BooleanColumn, Column, DateColumn, TextColumn } from "./column.js";
import { parseDate } from "./date-format.js";
import { detectDateFormat } from "./detect-date-format.js";
import type { DecimalMark } from "./detect-number-style.js";
import { MISSING_AMONG_NUMBERS, MISSING_SPELLINGS } from "./missing-text.js";
import { formatNumber, parseNumber } from "./number-format.js";
import { type ReadNumbers, readNumbers } from "./read-numbers.js";

/** A column of a text format before its physical kind is known: every cell as it was written, dictionary-coded. */
export interface RawColumn {
  readonly name: string;
  /** [rows], an index into dictionary, never negative. */
  readonly codes: Int32Array;
  readonly dictionary: readonly string[];
}

export interface InferColumnOptions {
  /** The spellings of a missing value, in place of the built-in ones; a blank cell is always missing. */
  readonly missing?: readonly string[] | undefined;
  /** The decimal mark of columns whose cells leave it open (`1.234`): what other columns of the file prove. */
  readonly decimalMark?: DecimalMark | undefined;
  /** Text, whatever the cells are like; nothing is told of them, and a missing value is spelled as the first of `missing`. */
  readonly asText?: boolean | undefined;
}

export interface InferredColumn {
  readonly column: Column;
  /** What a reader of the table should know: N_MISSING_SPELLING, N_ALL_MISSING, N_DATE_ORDER, N_DATE_OFFSETS, N_NUMBER_FORMAT, N_NUMBER_MARK, N_MOSTLY_NUMBERS. */
  readonly notices: readonly NoticeEvent[];
}

export type NoticeEvent = Extract<ProgressEvent, { readonly kind: "notice" }>;

/**
 * The column's physical kind, decided by all its cells: `date` where one of DATE_FORMATS reads every value, `number`
 * where parseNumber does (white space around it allowed), `boolean` where the column has exactly the two spellings of
 * one of BOOLEAN_SPELLINGS, else `text`. Missing spellings (missing-text.ts) are set aside first; the one used most
 * becomes `missingText`.
 */
export function inferColumn(raw: RawColumn, options: InferColumnOptions = {}): InferredColumn {
  const counts = countCodes(raw);
  const certain = new Set(options.missing ?? MISSING_SPELLINGS);
  const values = listValues(raw, (text) => isBlank(text) || certain.has(text.trim()));
  if (options.asText)
    return { column: { ...readText(raw, values), missingText: options.missing?.[0] ?? "" }, notices: [] };
  const among = options.missing === undefined ? new Set(MISSING_AMONG_NUMBERS) : new Set<string>();
  const strictValues = values.filter((code) => !among.has(raw.dictionary[code]!.trim()));
  const numbers = isCompactDate(raw, strictValues) ? undefined : readNumbers(raw, strictValues, options.decimalMark);
  const numeric = numbers?.column ?? readDates(raw, strictValues);
  const column = numeric ?? readBoolean(raw, values) ?? readText(raw, values);
  const present = new Set(numeric === undefined ? values : strictValues);
  const missing = raw.dictionary.map((_, code) => code).filter((code) => !present.has(code));
  missing.sort((a, b) => counts[b]! - counts[a]! || a - b);
  const missingText = missing[0] === undefined ? "" : raw.dictionary[missing[0]]!;
  const notices = describe(raw, column, missing, counts, strictValues);
  if (numbers !== undefined) notices.push(...describeStyle(numbers));
  return { column: { ...column, missingText }, notices };
}

/** [spelling of false, spelling of true]; 0 and 1 are numbers. */
export const BOOLEAN_SPELLINGS: readonly (readonly [string, string])[] = [
  ["false", "true"],
  ["False", "True"],
  ["FALSE", "TRUE"],
  ["no", "yes"],
  ["No", "Yes"],
  ["NO", "YES"],
  ["f", "t"],
  ["F", "T"],
  ["n", "y"],
  ["N", "Y"],
  ["off", "on"],
  ["Off", "On"],
  ["OFF", "ON"],
  ...["nein ja", "non oui", "no si", "no sí", "nao sim", "não sim", "nee ja", "nie tak", "nej ja"].flatMap(
    spellingCases,
  ),
];

/** A pair of words as they are, capitalised, and in capitals. */
function spellingCases(pair: string): (readonly [string, string])[] {
  const [no = "", yes = ""] = pair.split(" ");
  const capitalize = (word: string): string => word[0]!.toUpperCase() + word.slice(1);
  return [
    [no, yes],
    [capitalize(no), capitalize(yes)],
    [no.toUpperCase(), yes.toUpperCase()],
  ];
}

function isBlank(text: string): boolean {
  return text === "" || text.trim() === "";
}

function countCodes(raw: RawColumn): Float64Array {
  const counts = new Float64Array(raw.dictionary.length);
  for (const code of raw.codes) counts[code]! += 1;
  return counts;
}

function listValues(raw: RawColumn, isMissing: (text: string) => boolean): number[] {
  const codes: number[] = [];
  raw.dictionary.forEach((text, code) => {
    if (!isMissing(text)) codes.push(code);
  });
  return codes;
}

function isCompactDate(raw: RawColumn, values: readonly number[]): boolean {
  if (!/^\d{8}$/.test(raw.dictionary[values[0] ?? -1] ?? "")) return false;
  return detectDateFormat(values.map((code) => raw.dictionary[code]!)) !== undefined;
}

function readDates(raw: RawColumn, values: readonly number[]): DateColumn | undefined {
  const detected = detectDateFormat(values.map((code) => raw.dictionary[code]!));
  if (detected === undefined) return undefined;
  const byCode = new Float64Array(raw.dictionary.length).fill(Number.NaN);
  for (const code of values) byCode[code] = parseDate(raw.dictionary[code]!, detected.format);
  const column = { kind: "date", name: raw.name, missingText: "", values: spread(raw.codes, byCode) } as const;
  return { ...column, format: detected.format };
}

function readBoolean(raw: RawColumn, values: readonly number[]): BooleanColumn | undefined {
  if (values.length !== 2) return undefined;
  const texts = values.map((code) => raw.dictionary[code]!);
  const spellings = BOOLEAN_SPELLINGS.find(([no, yes]) => texts.includes(no) && texts.includes(yes));
  if (spellings === undefined) return undefined;
  const byCode = raw.dictionary.map((text) => spellings.indexOf(text));
  const dictionary: readonly [string, string] = [spellings[0], spellings[1]];
  return {
    kind: "boolean",
    name: raw.name,
    missingText: "",
    codes: raw.codes.map((code) => byCode[code]!),
    dictionary,
  };
}

function readText(raw: RawColumn, values: readonly number[]): TextColumn {
  const byCode = new Int32Array(raw.dictionary.length).fill(-1);
  values.forEach((code, index) => {
    byCode[code] = index;
  });
  const dictionary = values.map((code) => raw.dictionary[code]!);
  return { kind: "text", name: raw.name, missingText: "", codes: raw.codes.map((code) => byCode[code]!), dictionary };
}

function spread(codes: Int32Array, byCode: Float64Array): Float64Array {
  const values = new Float64Array(codes.length);
  for (let row = 0; row < codes.length; row++) values[row] = byCode[codes[row]!]!;
  return values;
}

function describe(
  raw: RawColumn,
  column: Column,
  missing: readonly number[],
  counts: Float64Array,
  values: readonly number[],
): NoticeEvent[] {
  const notices: NoticeEvent[] = [];
  const notice = (code: string, message: string) => {
    notices.push({ kind: "notice", code, message, column: raw.name });
  };
  const spelled = missing.filter((code) => !isBlank(raw.dictionary[code]!));
  if (spelled.length > 0) {
    const list = spelled.map((code) => `"${raw.dictionary[code]!}" (${counts[code]} cells)`).join(", ");
    notice("N_MISSING_SPELLING", `column "${raw.name}": ${list} counted as missing`);
  }
  if (missing.length === raw.dictionary.length) {
    notice("N_ALL_MISSING", `column "${raw.name}": every value is missing`);
  }
  const dates = column.kind === "date" ? detectDateFormat(values.map((code) => raw.dictionary[code]!)) : undefined;
  if (dates?.isAmbiguous) {
    notice("N_DATE_ORDER", `column "${raw.name}": day and month could be either way round; read as ${dates.format}`);
  }
  if (dates?.hasSeveralOffsets) {
    const message = `column "${raw.name}": times have several offsets from UTC; all are written as ${dates.format}`;
    notice("N_DATE_OFFSETS", message);
  }
  const odd = column.kind === "text" ? findOddCode(raw, values) : undefined;
  if (odd !== undefined) {
    const row = raw.codes.indexOf(odd) + 1;
    notice(
      "N_MOSTLY_NUMBERS",
      `column "${raw.name}": read as text, though nearly all values are numbers (not row ${row})`,
    );
  }
  return notices;
}

/** Numbers in another style than -1234.5, and marks that could be read either way. */
function describeStyle({ column, isAmbiguous }: ReadNumbers): NoticeEvent[] {
  const { name, format } = column;
  const { decimals, minDecimals, ...style } = format;
  const notice = (code: string, message: string) =>
    ({ kind: "notice", code, message: `column "${name}": ${message}`, column: name }) as const;
  const example = formatNumber(1234.5, {
    ...format,
    decimals: Math.min(decimals, 2),
    minDecimals: Math.min(decimals, 2),
  });
  const isStyled = Object.keys(style).length > 0;
  const how = decimals === 0 ? "grouping thousands" : "a decimal mark";
  return [
    ...(isStyled ? [notice("N_NUMBER_FORMAT", `numbers are written like ${example}`)] : []),
    ...(isAmbiguous ? [notice("N_NUMBER_MARK", `the mark before three digits is read as ${how}`)] : []),
  ];
}

/** The first value that is not a number, where at least 19 of 20 distinct values are. */
function findOddCode(raw: RawColumn, values: readonly number[]): number | undefined {
  const odd = values.filter((code) => Number.isNaN(parseNumber(raw.dictionary[code]!.trim())));
  return odd.length * 20 <= values.length ? odd[0] : undefined;
}
