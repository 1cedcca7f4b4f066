import { z } from "zod";
import { dataError, SynthError } from "../core/errors.js";
import type { OnProgress } from "../core/progress.js";
import type { RandomStream } from "../core/random.js";
import type { ColumnSchema, TableSchema } from "../schema/table-schema.js";
import type { Column } from "../table/column.js";
import { findColumn, makeTable, type Table } from "../table/table.js";
import {
  type ColumnEncoding,
  columnEncodingSchema,
  decodeColumn,
  encodeColumn,
  fieldsOfColumn,
  fitColumn,
  numericColumn,
} from "./column-encoding.js";
import type { EncodingOptions } from "./encoding-options.js";
import type { EncodedTable, Field, FieldData } from "./field.js";
import { RARE_CATEGORY } from "./one-hot.js";
import type { QuantileBinsEncoding } from "./quantile-bins.js";
import { encodeCopies } from "./relations/encode-copies.js";
import { type FieldRelations, fieldRelations, withCopies } from "./relations/field-relations.js";
import { findRelations } from "./relations/find-relations.js";
import { type Relation, relationSchema } from "./relations/relation.js";

export type { EncodingOptions };

/** How every column becomes fields and fields become columns again. Plain JSON; no value seen in few rows stands in it. */
export interface TableEncoding {
  readonly version: 1;
  /** In the order of the table's columns. */
  readonly columns: readonly ColumnEncoding[];
  /** Numbers that follow from other columns' numbers in a share of the rows; absent where there are none. */
  readonly relations?: readonly Relation[] | undefined;
}

export const tableEncodingSchema: z.ZodType<TableEncoding> = z.strictObject({
  version: z.literal(1),
  columns: z.array(columnEncodingSchema),
  relations: z.array(relationSchema).optional(),
});

/**
 * Learns the encoding of every column of the schema. Tells by notices which columns are left out (N_COLUMN_OMITTED) or generated (N_COLUMN_GENERATED) and
 * whose rare categories are folded (N_RARE_FOLDED). Throws E_DATA_NO_ROWS, and E_DATA_MISSING_COLUMN where the table lacks a
 * column of the schema.
 */
export function fitTableEncoding(
  table: Table,
  schema: TableSchema,
  options: EncodingOptions,
  random: RandomStream,
  onProgress?: OnProgress,
): TableEncoding {
  if (table.rowCount === 0)
    throw dataError("E_DATA_NO_ROWS", "the table has no rows", { hint: "give at least one data row" });
  const columns = schema.columns.map((columnSchema) => {
    const column = columnOf(table, columnSchema.name);
    const encoding = fitColumn(column, columnSchema, options, random.fork(columnSchema.name));
    notify(encoding, columnSchema, column, onProgress);
    return encoding;
  });
  const relations = findRelations(
    columns.flatMap((encoding) =>
      encoding.kind === "quantile-bins" ? [{ encoding, values: numbersOf(encoding, table) }] : [],
    ),
    random.fork("relations"),
  );
  return relations.length === 0 ? { version: 1, columns } : { version: 1, columns, relations };
}

/** The fields of all columns, in the order of the columns. Omitted columns, constants and identifiers have none. */
export function fieldsOf(encoding: TableEncoding): readonly Field[] {
  return withCopies(relationsOf(encoding));
}

/** The fields without copies, and those that take part in relations. */
export function relationsOf(encoding: TableEncoding): FieldRelations {
  return fieldRelations(encoding.columns, encoding.relations ?? []);
}

/**
 * The fields of `table`, which may be another table than the one the encoding was learned on. What training rows did not have
 * becomes the rare level, the nearest number, or the most frequent level. Where numbers of the encoding hang together it says
 * which copy levels hold.
 */
export function encodeTable(encoding: TableEncoding, table: Table, random: RandomStream): EncodedTable {
  const fields = encoding.columns.flatMap((column) =>
    fieldsOfColumn(column).length === 0
      ? []
      : encodeColumn(column, columnOf(table, column.name), random.fork(column.name)),
  );
  const relations = relationsOf(encoding);
  if (relations.related.length === 0) return { rowCount: table.rowCount, fields };
  const values: Float64Array[] = [];
  for (const { field, encoding: column } of relations.related) {
    values[field] = numbersOf(column, table);
  }
  return { rowCount: table.rowCount, fields, copies: encodeCopies(relations, fields, values) };
}

/**
 * The rows that `encoded` spells, columns in the order of the encoding; omitted columns are absent. Numbers that it has stand
 * as they are, the others are drawn within their levels. `firstRow` is the number of
 * the first row (0 = first) in the whole sample, which identifiers count by.
 */
export function decodeTable(encoding: TableEncoding, encoded: EncodedTable, random: RandomStream, firstRow = 0): Table {
  const columns: Column[] = [];
  let next = 0;
  for (const column of encoding.columns) {
    const count = fieldsOfColumn(column).length;
    const fields = encoded.fields.slice(next, next + count);
    const numbers = encoded.numbers?.[next];
    next += count;
    assertLengths(column.name, fields, count, encoded.rowCount);
    const rows = { fields, rowCount: encoded.rowCount, firstRow, numbers };
    const decoded = decodeColumn(column, rows, random.fork(column.name));
    if (decoded !== undefined) columns.push(decoded);
  }
  return makeTable(columns);
}

function numbersOf(encoding: QuantileBinsEncoding, table: Table): Float64Array {
  return numericColumn(columnOf(table, encoding.name), encoding.output).values;
}

function columnOf(table: Table, name: string): Column {
  const column = findColumn(table, name);
  if (column !== undefined) return column;
  throw dataError("E_DATA_MISSING_COLUMN", `the table has no column "${name}"`, {
    where: `column "${name}"`,
    hint: "use a table with the columns of the schema",
  });
}

function assertLengths(name: string, fields: readonly FieldData[], count: number, rowCount: number): void {
  if (fields.length === count && fields.every((field) => field.length === rowCount)) return;
  throw new SynthError("defect", "E_DEFECT", `encoded fields of column "${name}" do not have ${rowCount} rows`);
}

function notify(
  encoding: ColumnEncoding,
  schema: ColumnSchema,
  column: Column,
  onProgress: OnProgress | undefined,
): void {
  if (encoding.kind === "omitted") {
    const message = `column "${schema.name}" is left out: ${encoding.reason}`;
    onProgress?.({ kind: "notice", code: "N_COLUMN_OMITTED", message, column: schema.name });
  }
  if (encoding.kind === "generated") {
    const message = `column "${schema.name}" is not learned but for where it is missing; ${encoding.generator} makes its values`;
    onProgress?.({ kind: "notice", code: "N_COLUMN_GENERATED", message, column: schema.name });
  }
  const published = publishedCategories(encoding);
  if (published !== undefined && column.kind === "text") {
    const folded = new Set(column.codes.filter((code) => code >= 0)).size - published;
    const what = folded === 1 ? "1 rare category is" : `${folded} rare categories are`;
    const message = `column "${schema.name}": ${what} not published, and written as ${RARE_CATEGORY}`;
    onProgress?.({ kind: "notice", code: "N_RARE_FOLDED", message, column: schema.name });
  }
}

/** How many categories stand in the encoding where others are folded into a rare level. */
function publishedCategories(encoding: ColumnEncoding): number | undefined {
  if (encoding.kind === "one-hot" && encoding.rare) return encoding.categories.length;
  if (encoding.kind === "grouped-categories" && encoding.rare) return encoding.direct.length + encoding.grouped.length;
  return undefined;
}
