import { dataError, usageError } from "../core/errors.js";
import { type Column, columnLength, isMissing, type NumberColumn } from "../table/column.js";
import { detectDateFormat } from "../table/detect-date-format.js";
import { makeTable, type Table } from "../table/table.js";
import { requireInBounds } from "./check-bounds.js";
import { roleOf } from "./column-role.js";
import { convertColumn } from "./convert-column.js";
import { requireSameColumns } from "./require-same-columns.js";
import type { ColumnSchema, TableSchema } from "./table-schema.js";

/**
 * The table as a (maybe edited) schema wants it: its columns in the schema's order, each converted to what its type needs
 * (a number asked to be a category becomes text, a text asked to be an integer is read as one). Throws E_SCHEMA_UNKNOWN_COLUMN,
 * E_SCHEMA_MISSING_COLUMN, E_SCHEMA_CONVERSION, E_SCHEMA_NOT_WHOLE, E_SCHEMA_NOT_CONSTANT, E_SCHEMA_SPELLINGS, E_SCHEMA_DATE_FORMAT,
 * E_SCHEMA_BOUNDS, E_SCHEMA_OUT_OF_BOUNDS.
 */
export function applySchema(table: Table, schema: TableSchema): Table {
  const columns = new Map(table.columns.map((column) => [column.name, column]));
  requireSameColumns([...columns.keys()], schema);
  return makeTable(
    schema.columns.map((column) => requireInBounds(applyType(columns.get(column.name)!, column), column)),
  );
}

function applyType(column: Column, schema: ColumnSchema): Column {
  const role = roleOf(schema);
  switch (role) {
    case "category":
    case "omitted":
    case "generated":
      return convertColumn(column, { kind: "text" });
    case "number": {
      const numbers = convertColumn(column, { kind: "number", style: schema.numberFormat });
      return schema.type === "integer" ? requireWhole(numbers) : numbers;
    }
    case "boolean":
      return convertColumn(column, { kind: "boolean", spellings: spellingsOf(column, schema) });
    case "date":
      return convertColumn(column, { kind: "date", format: dateFormatOf(column, schema) });
    case "constant":
      return requireConstant(column);
    case "identifier":
      return column.kind === "number" ? column : convertColumn(column, { kind: "text" });
    default:
      return role satisfies never;
  }
}

function requireWhole(column: NumberColumn): NumberColumn {
  const row = column.values.findIndex((value) => !Number.isNaN(value) && !Number.isInteger(value));
  if (row < 0) return column;
  throw dataError("E_SCHEMA_NOT_WHOLE", `column "${column.name}", row ${row + 1}: not a whole number`, {
    where: `column "${column.name}", row ${row + 1}`,
    hint: 'give the column the type "decimal" in the schema',
  });
}

function requireConstant(column: Column): Column {
  const read = "codes" in column ? column.codes : column.values;
  const length = columnLength(column);
  let first = 0;
  while (first < length && isMissing(column, first)) first++;
  for (let row = first + 1; row < length; row++) {
    if (isMissing(column, row) || read[row] === read[first]) continue;
    throw dataError(
      "E_SCHEMA_NOT_CONSTANT",
      `column "${column.name}" differs between row ${first + 1} and row ${row + 1}`,
      {
        where: `column "${column.name}", row ${row + 1}`,
        hint: "give the column another type in the schema",
      },
    );
  }
  return column;
}

function spellingsOf(column: Column, schema: ColumnSchema): readonly [string, string] {
  if (schema.spellings !== undefined) return schema.spellings;
  if (column.kind === "boolean") return column.dictionary;
  const written = convertColumn(column, { kind: "text" }).dictionary;
  if (written.every((text) => text === "0" || text === "1")) return ["0", "1"];
  throw usageError("E_SCHEMA_SPELLINGS", `the schema does not say how column "${column.name}" spells false and true`, {
    where: `column "${column.name}"`,
    hint: 'add "spellings": ["no", "yes"] (false first) to the column in the schema',
  });
}

function dateFormatOf(column: Column, schema: ColumnSchema): string {
  if (schema.dateFormat !== undefined) return schema.dateFormat;
  if (column.kind === "date") return column.format;
  const detected = detectDateFormat(convertColumn(column, { kind: "text" }).dictionary);
  if (detected !== undefined) return detected.format;
  throw usageError("E_SCHEMA_DATE_FORMAT", `the schema does not say how column "${column.name}" writes its dates`, {
    where: `column "${column.name}"`,
    hint: 'add "dateFormat", e.g. "DD.MM.YYYY", to the column in the schema',
  });
}
