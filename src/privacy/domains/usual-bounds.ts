import { roleOf } from "../../schema/column-role.js";
import type { ColumnSchema } from "../../schema/table-schema.js";
import { dateMeaning } from "../../table/date-format.js";
import { publicBounds } from "./number-range.js";

const FIRST_DATE = Date.UTC(1700, 0, 1);
const LAST_DATE = Date.UTC(2199, 11, 31, 23, 59, 59);

/**
 * The bounds that a column has without looking at its rows: what is public, and for dates of a calendar the years 1700 to 2199;
 * infinite where nothing is known.
 */
export function usualBounds(column: ColumnSchema): readonly [number, number] {
  const [low, high] = publicBounds(column);
  const { dateFormat = "" } = column;
  if (roleOf(column) !== "date" || !["date", "timestamp"].includes(dateMeaning(dateFormat))) return [low, high];
  return [Number.isFinite(low) ? low : FIRST_DATE, Number.isFinite(high) ? high : LAST_DATE];
}
