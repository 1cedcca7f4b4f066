import { dateUnitMs } from "../../encode/date-unit.js";
import { roleOf } from "../../schema/column-role.js";
import type { ColumnSchema } from "../../schema/table-schema.js";
import { dateMeaning } from "../../table/date-format.js";

const DAY_MS = 86_400_000;

/** The bounds, both included, that a column's type has by itself: of places on earth and of times of day. */
export function naturalBounds(column: ColumnSchema): readonly [number, number] | undefined {
  if (column.type === "latitude") return [-90, 90];
  if (column.type === "longitude") return [-180, 180];
  const { dateFormat } = column;
  if (roleOf(column) !== "date" || dateFormat === undefined || dateMeaning(dateFormat) !== "time") return undefined;
  return [0, DAY_MS - dateUnitMs(dateFormat)];
}
