import type { Column } from "../../table/column.js";
import { DATE_FORMATS, parseDate, swapDayAndMonth } from "../../table/date-format.js";
import { BOOLEAN_SPELLINGS } from "../../table/infer-column.js";
import { countDecimals, formatNumber, MAX_DECIMALS, parseNumber } from "../../table/number-format.js";
import type { CellValue } from "../paid-table.js";

/** What one cell is like, by itself. Numbers in other styles than -1234.5, offsets from UTC and durations count as texts. */
export type CellForm =
  | { readonly kind: "missing" }
  | { readonly kind: "text" }
  | { readonly kind: "number"; readonly decimals: number }
  /** Eight digits that are a number as well. */
  | { readonly kind: "compact-date" }
  | { readonly kind: "boolean"; readonly spelling: string }
  /** `format` is the first of FOUND_DATE_FORMATS that reads it. */
  | { readonly kind: "date"; readonly format: string; readonly canBeSwapped: boolean }
  /** A date of a binary format: its smallest unit in milliseconds, and whether it is within a day of 1970-01-01. */
  | { readonly kind: "stored-date"; readonly unit: number; readonly isFirstDay: boolean };

/** Numbers with more decimals count as numbers with so many. */
const MOST_DECIMALS = 12;

/** The date formats that are found privately: a full clock or none, fractions of a second as three or six digits. */
export const FOUND_DATE_FORMATS = DATE_FORMATS.filter(
  (format) => !/[Aa]|\b[Hh]:|YYYYMMDD|(?<!S)(S|SS|S{4,5})(?!S)/.test(format),
);

/** Units of stored dates: days, seconds, milliseconds, microseconds. */
const STORED_UNITS = [86_400_000, 1000, 1, 0.001];

/** All forms; a cell's form is known by its place here. */
export const CELL_FORMS: readonly CellForm[] = [
  { kind: "missing" },
  { kind: "text" },
  ...Array.from({ length: MOST_DECIMALS + 1 }, (_, decimals) => ({ kind: "number", decimals }) as const),
  { kind: "compact-date" },
  ...[...new Set(BOOLEAN_SPELLINGS.flat())].map((spelling) => ({ kind: "boolean", spelling }) as const),
  ...FOUND_DATE_FORMATS.flatMap((format) =>
    [false, true].map((canBeSwapped) => ({ kind: "date", format, canBeSwapped }) as const),
  ),
  ...STORED_UNITS.flatMap((unit) =>
    [false, true].map((isFirstDay) => ({ kind: "stored-date", unit, isFirstDay }) as const),
  ),
];

const placeOf = new Map(CELL_FORMS.map((form, place) => [JSON.stringify(form), place]));
const booleanWords = new Set(BOOLEAN_SPELLINGS.flat());
const formatsOfSkeleton = new Map<string, string[]>();
for (const format of FOUND_DATE_FORMATS) {
  const skeleton = skeletonOf(format);
  formatsOfSkeleton.set(skeleton, [...(formatsOfSkeleton.get(skeleton) ?? []), format]);
}

/** The place in CELL_FORMS of what a cell of a column of that kind is like. */
export function formOfCell(kind: Column["kind"], value: CellValue): number {
  return placeOf.get(
    JSON.stringify(kind === "date" && typeof value === "number" ? storedForm(value) : readForm(value)),
  )!;
}

function storedForm(value: number): CellForm {
  const unit = STORED_UNITS.find((candidate) => value % candidate === 0) ?? 0.001;
  return { kind: "stored-date", unit, isFirstDay: value >= 0 && value < 86_400_000 };
}

function readForm(value: CellValue): CellForm {
  if (value === undefined) return { kind: "missing" };
  const text = typeof value === "string" ? value.trim() : formatNumber(value, { decimals: MAX_DECIMALS });
  const number = parseNumber(text);
  if (!Number.isNaN(number)) {
    if (/^(18|19|20|21)\d{6}$/.test(text) && !Number.isNaN(parseDate(text, "YYYYMMDD")))
      return { kind: "compact-date" };
    return { kind: "number", decimals: Math.min(MOST_DECIMALS, countDecimals(String(number))) };
  }
  if (booleanWords.has(text)) return { kind: "boolean", spelling: text };
  const format = /\d/.test(text)
    ? formatsOfSkeleton.get(skeletonOf(text))?.find((f) => !Number.isNaN(parseDate(text, f)))
    : undefined;
  if (format === undefined) return { kind: "text" };
  const swapped = swapDayAndMonth(format);
  return { kind: "date", format, canBeSwapped: swapped !== format && !Number.isNaN(parseDate(text, swapped)) };
}

/** What stands between letters and digits: a text has that of the format that it is written in. */
function skeletonOf(text: string): string {
  return text.replace(/[A-Za-z\d]+/g, " ");
}
