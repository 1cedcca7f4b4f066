import { z } from "zod";
import { assertDefined, dataError } from "../core/errors.js";
import type { RandomStream } from "../core/random.js";
import { roleOf } from "../schema/column-role.js";
import { convertColumn } from "../schema/convert-column.js";
import type { ColumnSchema } from "../schema/table-schema.js";
import type { BooleanColumn, Column, DateColumn, NumberColumn, TextColumn } from "../table/column.js";
import { calendarSchema, decodeCalendar, encodeCalendar, fieldsOfCalendar, fitCalendar } from "./calendar.js";
import { type ColumnOutput, makeNumericColumn } from "./column-output.js";
import { constantSchema, decodeConstant, fitConstant } from "./constant.js";
import type { EncodingOptions } from "./encoding-options.js";
import type { Field, FieldData } from "./field.js";
import { findCalendar } from "./find-calendar.js";
import { decodeGenerated, encodeGenerated, fieldsOfGenerated, fitGenerated, generatedSchema } from "./generated.js";
import {
  decodeGroupedCategories,
  encodeGroupedCategories,
  fieldsOfGroupedCategories,
  groupCategories,
  groupedCategoriesSchema,
} from "./grouped-categories.js";
import {
  decodeIdentifier,
  encodeIdentifier,
  fieldsOfIdentifier,
  fitIdentifier,
  identifierSchema,
} from "./identifier.js";
import {
  decodeModeSpecific,
  encodeModeSpecific,
  fieldsOfModeSpecific,
  fitModeSpecific,
  modeSpecificSchema,
} from "./mode-specific.js";
import { makeOmitted, omittedSchema } from "./omitted.js";
import { decodeOneHot, encodeOneHot, fieldsOfOneHot, fitOneHot, oneHotSchema } from "./one-hot.js";
import {
  decodeQuantileBins,
  encodeQuantileBins,
  fieldsOfQuantileBins,
  fitQuantileBins,
  quantileBinsSchema,
} from "./quantile-bins.js";

/** The encoding of one column, by its kind. */
export const columnEncodingSchema = z.discriminatedUnion("kind", [
  oneHotSchema,
  groupedCategoriesSchema,
  quantileBinsSchema,
  calendarSchema,
  modeSpecificSchema,
  constantSchema,
  identifierSchema,
  generatedSchema,
  omittedSchema,
]);

export type ColumnEncoding = z.infer<typeof columnEncodingSchema>;

/** Learns the encoding that the column's type in the schema asks for. Throws E_SCHEMA_CONVERSION where the values contradict it. */
export function fitColumn(
  column: Column,
  schema: ColumnSchema,
  options: EncodingOptions,
  random: RandomStream,
): ColumnEncoding {
  const missing = schema.missingShare > 0;
  const role = roleOf(schema);
  switch (role) {
    case "category":
      return groupCategories(
        fitOneHot(convertColumn(column, { kind: "text" }), missing, options.minCategoryCount, schema.levels),
      );
    case "boolean":
      return fitOneHot(
        column.kind === "boolean" ? column : convertColumn(column, { kind: "text" }),
        missing,
        options.minCategoryCount,
      );
    case "number":
      return fitNumber(convertColumn(column, { kind: "number" }), missing, options, random);
    case "date":
      return fitDate(
        convertColumn(column, { kind: "date", format: schema.dateFormat ?? "YYYY-MM-DD" }),
        missing,
        options,
        random,
      );
    case "constant":
      return (
        fitConstant(column, options.minCategoryCount) ??
        makeOmitted(schema.name, `its one value is seen in fewer than ${options.minCategoryCount} rows`)
      );
    case "identifier":
      return fitIdentifier(column, missing, options.minCategoryCount, random);
    case "generated":
      return fitGenerated(column, schema, missing);
    case "omitted":
      return makeOmitted(schema.name, whyLeftOut(schema));
    default:
      return role satisfies never;
  }
}

function whyLeftOut({ drop, private: isPrivate }: ColumnSchema): string {
  if (drop === true) return "the schema drops it";
  if (isPrivate === true) return 'the schema calls it private; "generator" in the schema can make values for it';
  return 'free text is not learned; "generator" in the schema (e.g. "lorem.sentence") can make some';
}

/** The fields of one column; none for constants, omitted columns, and what is made anew and never missing. */
export function fieldsOfColumn(encoding: ColumnEncoding): Field[] {
  switch (encoding.kind) {
    case "one-hot":
      return fieldsOfOneHot(encoding);
    case "grouped-categories":
      return fieldsOfGroupedCategories(encoding);
    case "quantile-bins":
      return fieldsOfQuantileBins(encoding);
    case "calendar":
      return fieldsOfCalendar(encoding);
    case "mode-specific":
      return fieldsOfModeSpecific(encoding);
    case "generated":
      return fieldsOfGenerated(encoding);
    case "identifier":
      return fieldsOfIdentifier(encoding);
    case "constant":
    case "omitted":
      return [];
    default:
      return encoding satisfies never;
  }
}

/** The field data of one column, in the order of its fields, [rows] each. */
export function encodeColumn(encoding: ColumnEncoding, column: Column, random: RandomStream): FieldData[] {
  switch (encoding.kind) {
    case "one-hot":
      return [encodeOneHot(encoding, asDiscrete(column, encoding.output))];
    case "grouped-categories":
      return encodeGroupedCategories(encoding, convertColumn(column, { kind: "text" }));
    case "quantile-bins":
      return [encodeQuantileBins(encoding, numericColumn(column, encoding.output))];
    case "calendar":
      return encodeCalendar(encoding, convertColumn(column, { kind: "date", format: dateFormatOf(encoding.output) }));
    case "mode-specific":
      return encodeModeSpecific(encoding, numericColumn(column, encoding.output), random);
    case "generated":
      return encodeGenerated(encoding, column);
    case "identifier":
      return encodeIdentifier(encoding, column);
    case "constant":
    case "omitted":
      return [];
    default:
      return encoding satisfies never;
  }
}

/** Field data of some rows of one column. */
export interface EncodedRows {
  readonly fields: readonly FieldData[];
  readonly rowCount: number;
  /** Number of the first row (0 = first) in the whole sample. */
  readonly firstRow: number;
  /** The rows' numbers (a calendar's counts) where they are drawn already, NaN = missing. */
  readonly numbers?: Float64Array | undefined;
}

/** The column that the rows spell; undefined for an omitted column. */
export function decodeColumn(encoding: ColumnEncoding, rows: EncodedRows, random: RandomStream): Column | undefined {
  const [first, second] = rows.fields;
  switch (encoding.kind) {
    case "one-hot":
      return decodeOneHot(encoding, assertDefined(first, "a field"));
    case "grouped-categories":
      return decodeGroupedCategories(encoding, assertDefined(first, "a field"), assertDefined(second, "a field"));
    case "quantile-bins":
      if (rows.numbers !== undefined) return makeNumericColumn(encoding.name, encoding.output, rows.numbers);
      return decodeQuantileBins(encoding, assertDefined(first, "a field"), random);
    case "calendar":
      return decodeCalendar(encoding, rows.fields, random, rows.numbers);
    case "mode-specific":
      return decodeModeSpecific(encoding, assertDefined(first, "a field"), assertDefined(second, "a scalar"));
    case "constant":
      return decodeConstant(encoding, rows.rowCount);
    case "identifier":
      return decodeIdentifier(encoding, first, rows);
    case "generated":
      return decodeGenerated(encoding, first, rows, random);
    case "omitted":
      return undefined;
    default:
      return encoding satisfies never;
  }
}

function fitNumber(
  column: NumberColumn | DateColumn,
  missing: boolean,
  options: EncodingOptions,
  random: RandomStream,
): ColumnEncoding {
  requireFinite(column);
  switch (options.numbers) {
    case "quantile-bins":
      return fitQuantileBins(column, missing, options);
    case "mode-specific":
      return fitModeSpecific(column, missing, options, random);
    default:
      return options.numbers satisfies never;
  }
}

/** Dates by their calendar where it matters, else as numbers. */
function fitDate(column: DateColumn, missing: boolean, options: EncodingOptions, random: RandomStream): ColumnEncoding {
  const unit = options.numbers === "quantile-bins" ? findCalendar(column) : undefined;
  return unit === undefined ? fitNumber(column, missing, options, random) : fitCalendar(column, unit, missing, options);
}

function requireFinite(column: NumberColumn | DateColumn): void {
  const row = column.values.findIndex((value) => Math.abs(value) === Number.POSITIVE_INFINITY);
  if (row < 0) return;
  throw dataError("E_DATA_INFINITE", `column "${column.name}", row ${row + 1}: an infinite number`, {
    where: `column "${column.name}", row ${row + 1}`,
    hint: "make it a missing value or a finite number",
  });
}

function dateFormatOf(output: ColumnOutput): string {
  return output.kind === "date" ? output.format : "YYYY-MM-DD";
}

/** The column as the kind that the encoding was learned on (another file may have been read as another kind). */
function asDiscrete(column: Column, output: ColumnOutput): TextColumn | BooleanColumn {
  return output.kind === "boolean" ? convertColumn(column, output) : convertColumn(column, { kind: "text" });
}

/** The column as the kind of number that the encoding was learned on. */
export function numericColumn(column: Column, output: ColumnOutput): NumberColumn | DateColumn {
  return output.kind === "date" ? convertColumn(column, output) : convertColumn(column, { kind: "number" });
}
