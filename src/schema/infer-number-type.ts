import type { NumberColumn } from "../table/column.js";
import type { ColumnDescription } from "./describe-column.js";
import { isIdentifierName } from "./identifier-name.js";
import { nameWords } from "./name-words.js";
import { recognizePersonalData } from "./recognize-personal-data.js";
import type { TypeGuess } from "./type-guess.js";

/** A numbering is only recognised by its values from so many rows on. */
const MIN_ROWS_OF_A_NUMBERING = 50;

/** Money, percent, place on earth, card or phone number, integer, decimal or (unique whole numbers that are a numbering, or so named) identifier. */
export function inferNumberType(description: ColumnDescription, column: NumberColumn): TypeGuess {
  const { presentCount, rowCount, distinctCount } = description;
  const styled = inferStyled(description, column);
  if (styled !== undefined) return styled;
  const whole = column.values.every((value) => Number.isNaN(value) || Number.isInteger(value));
  if (!whole) return { type: "decimal", reason: `numbers with up to ${column.format.decimals} decimals` };
  const unique = distinctCount === presentCount && presentCount === rowCount && rowCount > 1;
  if (unique && isIdentifierName(column.name)) {
    return { type: "identifier", reason: "whole numbers, each unique, in a column named like a key" };
  }
  if (unique && rowCount >= MIN_ROWS_OF_A_NUMBERING && isNumbering(column.values)) {
    return { type: "identifier", reason: "whole numbers, each unique, that number the rows" };
  }
  return { type: "integer", reason: "whole numbers" };
}

/** What the written form or the column's name and range tell. */
function inferStyled(description: ColumnDescription, column: NumberColumn): TypeGuess | undefined {
  const { prefix, suffix, decimals } = column.format;
  if (suffix?.trim() === "%") return { type: "percent", reason: "numbers with a percent sign" };
  const currency = prefix ?? suffix;
  if (currency !== undefined) return { type: "money", reason: `amounts written with "${currency.trim()}"` };
  const words = nameWords(column.name);
  const inRange = (limit: number): boolean => column.values.every((value) => !(Math.abs(value) > limit));
  if (decimals > 0 && words.some((word) => /^lat(itude)?$/.test(word)) && inRange(90)) {
    return { type: "latitude", reason: "degrees, by the column's name and range", bounds: { min: -90, max: 90 } };
  }
  if (decimals > 0 && words.some((word) => /^(lon|lng|long|longitude)$/.test(word)) && inRange(180)) {
    return { type: "longitude", reason: "degrees, by the column's name and range", bounds: { min: -180, max: 180 } };
  }
  if (decimals > 0 || !inRangeOfLongNumbers(column.values)) return undefined;
  const values = [...description.counts.keys()].map(String);
  return recognizePersonalData(description, column.name, values);
}

/** Whole numbers of 7 digits and more, as phone and card numbers are. */
function inRangeOfLongNumbers(values: Float64Array): boolean {
  return values.every((value) => Number.isNaN(value) || value >= 1_000_000);
}

/** Unique whole numbers, at least half of their range in use, that are not calendar years. */
function isNumbering(values: Float64Array): boolean {
  let low = Number.POSITIVE_INFINITY;
  let high = Number.NEGATIVE_INFINITY;
  for (const value of values) {
    low = Math.min(low, value);
    high = Math.max(high, value);
  }
  const areYears = low >= 1500 && high <= 2100;
  return low >= 0 && !areYears && high - low + 1 <= 2 * values.length;
}
