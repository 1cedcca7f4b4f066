import { dataError } from "../core/errors.js";
import type { Column } from "../table/column.js";
import { showsTime } from "../table/date-format.js";
import { isStoredAsText } from "./is-stored-as-text.js";
import type { GroupValues } from "./row-groups.js";

/**
 * How a column is stored in Parquet and in Arrow files. Timestamps say whether they are instants (UTC) or local; times of day
 * and durations are texts in their own format.
 */
export type StorageType =
  | { readonly kind: "integer" }
  | { readonly kind: "decimal" }
  | { readonly kind: "boolean" }
  | { readonly kind: "text" }
  | { readonly kind: "day" }
  | { readonly kind: "timestamp"; readonly unit: "milliseconds" | "microseconds"; readonly isUtc: boolean };

/**
 * The storage type of a column, from its form and the first of its values: whole numbers are 64-bit integers whatever their
 * size, so that files of a table's parts have equal types; only a column that shows no decimals and yet holds numbers beyond
 * 2^53 - 1 has doubles.
 */
export function storageTypeOf(column: Column, values: GroupValues): StorageType {
  switch (column.kind) {
    case "text":
    case "boolean":
      return { kind: column.kind };
    case "number": {
      const isWhole = column.format.decimals === 0 && (values as Float64Array).every(isWholeOrMissing);
      return { kind: isWhole ? "integer" : "decimal" };
    }
    case "date":
      return isStoredAsText(column) ? { kind: "text" } : dateStorage(column.format);
    default:
      throw column satisfies never;
  }
}

/** True for a missing value and for what a 64-bit integer of JavaScript's safe range holds. */
function isWholeOrMissing(value: number): boolean {
  return Number.isNaN(value) || Number.isSafeInteger(value);
}

function dateStorage(format: string): StorageType {
  if (!showsTime(format)) return { kind: "day" };
  const isUtc = /(Z|[+-]\d\d:?\d\d)$/.test(format);
  return { kind: "timestamp", unit: format.includes("SSSS") ? "microseconds" : "milliseconds", isUtc };
}

/**
 * Throws E_DATA_NUMBER_RANGE where later values of a column do not fit the type that its first ones have decided: a number
 * beyond 2^53 - 1 among whole numbers.
 */
export function checkStored(values: Float64Array, type: StorageType, column: Column): void {
  if (type.kind !== "integer" || values.every(isWholeOrMissing)) return;
  const message = `column "${column.name}" is stored as whole numbers, but has one beyond 2^53 - 1 or with decimals`;
  throw dataError("E_DATA_NUMBER_RANGE", message, {
    where: `column "${column.name}"`,
    hint: "write the table as CSV or JSON lines",
  });
}
