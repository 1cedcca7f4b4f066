import { usageError } from "../core/errors.js";
import type { Column, NumberFormat } from "../table/column.js";
import { dateMeaning } from "../table/date-format.js";
import type { Table } from "../table/table.js";
import { type ColumnDescription, describeColumn } from "./describe-column.js";
import { inferNumberType } from "./infer-number-type.js";
import { inferTextType } from "./infer-text-type.js";
import { suggestName } from "./suggest-name.js";
import type { ColumnSchema, ColumnType, TableSchema } from "./table-schema.js";
import type { TypeGuess } from "./type-guess.js";

export interface InferSchemaOptions {
  /** Types that are not to be inferred, by column name. */
  readonly overrides?: Readonly<Record<string, ColumnType>>;
}

/** Where editors find the JSON Schema, from a folder in which synth is installed. */
const SCHEMA_REFERENCE = "./node_modules/synth/schemas/table-schema.schema.json";

/**
 * What each column of a table means, and why. Looks at kinds, counts and spelling only; no cell's value stands in the result
 * (except the spellings of a boolean and of a missing value, and ordered levels of at least 5 rows). Throws E_SCHEMA_UNKNOWN_COLUMN for an override of a column
 * that the table does not have.
 */
export function inferSchema(table: Table, options: InferSchemaOptions = {}): TableSchema {
  const overrides = new Map(Object.entries(options.overrides ?? {}));
  const names = table.columns.map((column) => column.name);
  for (const name of overrides.keys()) {
    if (!names.includes(name)) {
      throw usageError("E_SCHEMA_UNKNOWN_COLUMN", `there is no column "${name}"`, {
        where: `column "${name}"`,
        hint: suggestName(name, names),
      });
    }
  }
  const columns = table.columns.map((column) => inferColumn(column, overrides.get(column.name)));
  return { $schema: SCHEMA_REFERENCE, version: 1, rowCount: table.rowCount, columns };
}

function inferColumn(column: Column, override: ColumnType | undefined): ColumnSchema {
  const description = describeColumn(column);
  const guess = override === undefined ? guessType(description) : { type: override, reason: "set by the user" };
  const { rowCount, presentCount, distinctCount } = description;
  return {
    name: column.name,
    ...guess,
    missingShare: rowCount === 0 ? 0 : (rowCount - presentCount) / rowCount,
    distinctCount,
    ...(column.kind === "number" ? describeNumbers(column.format) : {}),
    ...(column.kind === "date" ? { dateFormat: column.format } : {}),
    missingText: column.missingText,
    ...(column.kind === "boolean" ? { spellings: [column.dictionary[0], column.dictionary[1]] } : {}),
  };
}

const DATE_WORDS = { date: "date", time: "time of day", timestamp: "timestamp", duration: "duration" } as const;

function describeNumbers({
  decimals,
  minDecimals: _,
  ...style
}: NumberFormat): Pick<ColumnSchema, "decimals" | "numberFormat"> {
  return { decimals, ...(Object.keys(style).length === 0 ? {} : { numberFormat: style }) };
}

function guessType(description: ColumnDescription): TypeGuess {
  const { column, rowCount, presentCount, distinctCount } = description;
  if (presentCount === 0) return { type: "constant", reason: "every value is missing" };
  if (distinctCount === 1 && presentCount === rowCount)
    return { type: "constant", reason: "every row has the same value" };
  switch (column.kind) {
    case "boolean":
      return { type: "boolean", reason: "two values that mean no and yes" };
    case "date": {
      const type = dateMeaning(column.format);
      return { type, reason: `every value is a ${DATE_WORDS[type]} written ${column.format}` };
    }
    case "number":
      return inferNumberType(description, column);
    case "text":
      return inferTextType(description, column);
    default:
      return column satisfies never;
  }
}
