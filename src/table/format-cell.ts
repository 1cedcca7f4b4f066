import type { Column } from "./column.js";
import { formatDate } from "./date-format.js";
import { formatNumber } from "./number-format.js";

/**
 * A function that gives a column's cell by row (0 = first) as it is written in text formats: numbers by formatNumber,
 * dates in the column's format, booleans and texts by their spelling, missing values as `missingText`.
 */
export function makeCellFormatter(column: Column): (row: number) => string {
  const { missingText } = column;
  if (column.kind === "text" || column.kind === "boolean") {
    const { codes, dictionary } = column;
    return (row) => (codes[row]! < 0 ? missingText : dictionary[codes[row]!]!);
  }
  const { values } = column;
  const format =
    column.kind === "number"
      ? (value: number) => formatNumber(value, column.format)
      : (value: number) => formatDate(value, column.format);
  return (row) => (Number.isNaN(values[row]!) ? missingText : format(values[row]!));
}
