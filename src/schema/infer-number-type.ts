import type { NumberColumn } from "../table/column.js";
import type { ColumnDescription } from "./describe-column.js";
import { isIdentifierName } from "./identifier-name.js";
import type { TypeGuess } from "./type-guess.js";

/** A numbering is only recognised by its values from so many rows on. */
const MIN_ROWS_OF_A_NUMBERING = 50;

/** Integer, decimal or (unique whole numbers that are a numbering, or so named) identifier. */
export function inferNumberType(description: ColumnDescription, column: NumberColumn): TypeGuess {
  const { presentCount, rowCount, distinctCount } = description;
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
