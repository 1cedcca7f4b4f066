import { generatorOf } from "./generator-of.js";
import type { ColumnSchema } from "./table-schema.js";

/** How a column is treated: what is learned of it, or where its values come from instead. */
export type ColumnRole =
  | "category"
  | "boolean"
  | "number"
  /** Dates, times of day, timestamps, durations: numbers with a date format. */
  | "date"
  | "identifier"
  | "constant"
  /** Not learned but for where it is missing: a generator makes the values. */
  | "generated"
  | "omitted";

/** The role that a column's type and the user's wishes (`drop`, `private`, `generator`) give it. */
export function roleOf(column: Pick<ColumnSchema, "type" | "drop" | "private" | "generator">): ColumnRole {
  if (column.drop === true) return "omitted";
  const isGenerated = generatorOf(column) !== undefined;
  if (column.private === true) return isGenerated ? "generated" : "omitted";
  switch (column.type) {
    case "category":
    case "ordinal":
      return "category";
    case "boolean":
      return "boolean";
    case "integer":
    case "decimal":
    case "money":
    case "percent":
    case "latitude":
    case "longitude":
      return "number";
    case "date":
    case "time":
    case "timestamp":
    case "duration":
      return "date";
    case "identifier":
      return isGenerated ? "generated" : "identifier";
    case "constant":
      return "constant";
    case "name":
    case "email":
    case "phone":
    case "address":
    case "ip":
    case "iban":
    case "card":
    case "text":
      return isGenerated ? "generated" : "omitted";
    default:
      return column.type satisfies never;
  }
}
