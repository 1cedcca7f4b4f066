import type { Column } from "../table/column.js";
import { dateMeaning } from "../table/date-format.js";

/**
 * True for the columns that Parquet and Arrow files hold as texts: texts, and times of day and durations, which are written in
 * their own format, since the files' types for them lack what the format says and other readers differ on them.
 */
export function isStoredAsText(column: Column): boolean {
  if (column.kind !== "date") return column.kind === "text";
  const meaning = dateMeaning(column.format);
  return meaning === "time" || meaning === "duration";
}
