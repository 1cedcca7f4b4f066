import type { ProgressEvent } from "../core/progress.js";
import type { Column } from "../table/column.js";
import { findColumn, type Table } from "../table/table.js";
import { readBounds, rowsOutOfBounds } from "./check-bounds.js";
import { roleOf } from "./column-role.js";
import { COMMON_ROWS, type ColumnDescription, describeColumn } from "./describe-column.js";
import type { ColumnSchema, TableSchema } from "./table-schema.js";

/** A missing share that moved by less is no news. */
const MIN_MISSING_CHANGE = 0.05;
/** Categories more or fewer by this factor, and at least five, are news. */
const DISTINCT_FACTOR = 1.5;
const MIN_DISTINCT_CHANGE = 5;

/**
 * How a table differs from what it was when its schema was written, column by column, as notices N_SCHEMA_DRIFT: columns that are
 * new or gone, another kind or written form, missing shares and numbers of categories that moved, levels that the schema does
 * not list, values beyond its bounds; nothing of counts where the schema was written by hand (rowCount 0). Only levels of at least five rows are named.
 */
export function describeDrift(schema: TableSchema, table: Table): ProgressEvent[] {
  const known = new Set(schema.columns.map(({ name }) => name));
  const notice = (column: string, message: string): ProgressEvent => ({
    kind: "notice",
    code: "N_SCHEMA_DRIFT",
    message: `column "${column}" ${message}`,
    column,
  });
  const added = table.columns.filter(({ name }) => !known.has(name));
  return [
    ...schema.columns.flatMap((described) => {
      const column = findColumn(table, described.name);
      const changes = column === undefined ? ["is gone"] : changesOf(column, described, schema.rowCount > 0);
      return changes.map((change) => notice(described.name, change));
    }),
    ...added.map(({ name }) => notice(name, "is new")),
  ];
}

function changesOf(column: Column, schema: ColumnSchema, wasCounted: boolean): string[] {
  const description = describeColumn(column);
  return [
    ...changeOfKind(column, schema),
    ...(wasCounted ? changeOfMissing(description, schema) : []),
    ...changeOfLevels(description, schema, wasCounted),
    ...changeOfBounds(column, schema),
  ];
}

function changeOfKind(column: Column, schema: ColumnSchema): string[] {
  const role = roleOf(schema);
  if ((role === "number" || role === "date") && column.kind !== role) return [`no longer holds a ${role} in every row`];
  if (column.kind === "date" && schema.dateFormat !== undefined && schema.dateFormat !== column.format) {
    return [`is written ${column.format}; the schema says ${schema.dateFormat}`];
  }
  return [];
}

function changeOfMissing({ rowCount, presentCount }: ColumnDescription, { missingShare }: ColumnSchema): string[] {
  const share = rowCount === 0 ? 0 : (rowCount - presentCount) / rowCount;
  if (Math.abs(share - missingShare) < MIN_MISSING_CHANGE) return [];
  return [`is missing in ${percent(share)} of the rows; it was in ${percent(missingShare)}`];
}

function changeOfLevels(
  { column, counts, distinctCount }: ColumnDescription,
  schema: ColumnSchema,
  wasCounted: boolean,
): string[] {
  if (!["category", "boolean", "constant"].includes(roleOf(schema)) || !("codes" in column)) return [];
  const { distinctCount: before, levels } = schema;
  const changed =
    wasCounted &&
    (distinctCount > DISTINCT_FACTOR * before + MIN_DISTINCT_CHANGE ||
      before > DISTINCT_FACTOR * distinctCount + MIN_DISTINCT_CHANGE);
  const listed = new Set(levels);
  const unlisted = levels === undefined ? [] : [...counts].filter(([code]) => !listed.has(column.dictionary[code]!));
  const common = unlisted.filter(([, count]) => count >= COMMON_ROWS).map(([code]) => `"${column.dictionary[code]!}"`);
  return [
    ...(changed ? [`has ${distinctCount} different values; it had ${before}`] : []),
    ...(common.length > 0 ? [`has levels that the schema does not list: ${common.join(", ")}`] : []),
  ];
}

function changeOfBounds(column: Column, schema: ColumnSchema): string[] {
  const rows = rowsOutOfBounds(column, readBounds(column, schema));
  return rows.length === 0
    ? []
    : [`has ${rows.length} values beyond the schema's bounds, first in row ${rows[0]! + 1}`];
}

function percent(share: number): string {
  return `${(100 * share).toFixed(1)} %`;
}
