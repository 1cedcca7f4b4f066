import { dataError } from "../core/errors.js";
import type { Column, DateColumn, NumberColumn, TextColumn } from "../table/column.js";
import { countDecimals, parseNumber } from "../table/number-format.js";

/**
 * A number column of numbers whose written form is not known: as many digits as they need. Negative zeros become zeros, in
 * place. Throws E_DATA_NOT_FINITE.
 */
export function numberColumn(name: string, values: Float64Array): NumberColumn {
  let decimals = 0;
  for (let row = 0; row < values.length; row++) {
    const value = values[row]!;
    if (Number.isNaN(value) || Number.isInteger(value)) {
      if (value === 0) values[row] = 0;
      continue;
    }
    if (!Number.isFinite(value)) throw notFinite(name, row + 1);
    decimals = Math.max(decimals, countDecimals(String(value)));
  }
  return { kind: "number", name, missingText: "", values, format: { decimals } };
}

function notFinite(name: string, row: number): Error {
  return dataError("E_DATA_NOT_FINITE", `column "${name}", row ${row}: the number is infinite`, {
    where: `column "${name}", row ${row}`,
    hint: "replace infinite numbers by missing values or by a bound",
  });
}

/** The column of decimals of a fixed scale that are spelled out: numbers, or the texts where a double would not hold them. */
export function decimalColumn(texts: TextColumn, scale: number): Column {
  const byCode = texts.dictionary.map((text) => parseNumber(text));
  if (byCode.some(Number.isNaN)) return texts;
  const values = Float64Array.from(texts.codes, (code) => (code < 0 ? Number.NaN : byCode[code]!));
  return { kind: "number", name: texts.name, missingText: "", values, format: decimalFormat(scale) };
}

/** The form of decimals of a fixed scale: all its digits. */
export function decimalFormat(scale: number): NumberColumn["format"] {
  const digits = Math.max(0, scale);
  return digits === 0 ? { decimals: 0 } : { decimals: digits, minDecimals: digits };
}

/** A decimal number from its digits as a whole number and its scale, written out. */
export function spellDecimal(whole: bigint, scale: number): string {
  const sign = whole < 0n ? "-" : "";
  const digits = String(whole < 0n ? -whole : whole);
  if (scale <= 0) return `${sign}${digits}${digits === "0" ? "" : "0".repeat(-scale)}`;
  const padded = digits.padStart(scale + 1, "0");
  return `${sign}${padded.slice(0, -scale)}.${padded.slice(-scale)}`;
}

/** The shortest decimal number that a narrow float stands for: 0.1, not 0.10000000149011612. */
export function shortestDecimal(value: number, digits: number, round: (value: number) => number): number {
  for (let precision = digits; precision < 10; precision++) {
    const shorter = Number(value.toPrecision(precision));
    if (round(shorter) === value) return shorter;
  }
  return value;
}

const DAY = 86_400_000;

/** Times of the years 0 to 9999, which four digits show. */
const FIRST_TIME = Date.UTC(2000, 0, 1) - 730_485 * DAY;
const END_OF_TIME = Date.UTC(10_000, 0, 1);

/**
 * A date column of times in milliseconds, in the shortest format that shows them all; `zone` is "Z" for instants, else "".
 * Throws E_DATA_DATE_RANGE for a time outside of the years 0 to 9999.
 */
export function dateColumn(name: string, values: Float64Array, zone: "" | "Z"): DateColumn {
  const odd = values.findIndex((value) => value < FIRST_TIME || value >= END_OF_TIME);
  if (odd >= 0) {
    throw dataError("E_DATA_DATE_RANGE", `column "${name}", row ${odd + 1}: the year is not within 0 to 9999`, {
      where: `column "${name}", row ${odd + 1}`,
      hint: "replace such dates by missing values",
    });
  }
  return { kind: "date", name, missingText: "", values, format: pickDateFormat(values, zone) };
}

/**
 * A column of times of day in milliseconds since midnight, in the shortest format that shows them all; as on a clock, what is
 * not within the day (24:00:00) counts from midnight again.
 */
export function timeColumn(name: string, values: Float64Array): DateColumn {
  const times = values.map((value) => value - Math.floor(value / DAY) * DAY);
  return { kind: "date", name, missingText: "", values: times, format: pickTimeFormat(times) };
}

function pickDateFormat(values: Float64Array, zone: string): string {
  return allMultiples(values, DAY) ? "YYYY-MM-DD" : `YYYY-MM-DD ${pickTimeFormat(values)}${zone}`;
}

function pickTimeFormat(values: Float64Array): string {
  if (allMultiples(values, 1000)) return "HH:mm:ss";
  return allMultiples(values, 1) ? "HH:mm:ss.SSS" : "HH:mm:ss.SSSSSS";
}

function allMultiples(values: Float64Array, step: number): boolean {
  return values.every((value) => Number.isNaN(value) || value % step === 0);
}
