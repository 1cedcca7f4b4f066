import { type ConversionTarget, convertColumn } from "../schema/convert-column.js";
import type { ColumnSchema, TableSchema } from "../schema/table-schema.js";
import type { Column } from "../table/column.js";
import { makeTable, type Table } from "../table/table.js";

/**
 * The table with every column of the kind that its schema type asks for: categories as text, numbers as numbers, dates
 * as dates. Columns that the schema does not name stay as they are. Throws E_SCHEMA_CONVERSION.
 */
export function typeTable(table: Table, schema: TableSchema): Table {
  const types = new Map(schema.columns.map((column) => [column.name, column]));
  return makeTable(table.columns.map((column) => typeColumn(column, types.get(column.name))));
}

function typeColumn(column: Column, schema: ColumnSchema | undefined): Column {
  if (schema === undefined) return column;
  const target = targetOf(column, schema);
  return target === undefined ? column : convertColumn(column, target);
}

function targetOf(column: Column, schema: ColumnSchema): ConversionTarget | undefined {
  switch (schema.type) {
    case "category":
      return { kind: "text" };
    case "integer":
    case "decimal":
      return { kind: "number" };
    case "date":
      return { kind: "date", format: schema.dateFormat ?? (column.kind === "date" ? column.format : "YYYY-MM-DD") };
    case "boolean":
      return column.kind === "text" || schema.spellings === undefined
        ? undefined
        : { kind: "boolean", spellings: schema.spellings };
    case "identifier":
    case "constant":
    case "text":
      return undefined;
    default:
      return schema.type satisfies never;
  }
}
