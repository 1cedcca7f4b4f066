import { z } from "zod";
import { constraintSchema } from "./constraint-schema.js";

/** What a column means, and so how it is learned; schema/column-role.ts says how. */
export const COLUMN_TYPES = [
  "category",
  "ordinal",
  "boolean",
  "integer",
  "decimal",
  "money",
  "percent",
  "latitude",
  "longitude",
  "date",
  "time",
  "timestamp",
  "duration",
  "identifier",
  "name",
  "email",
  "phone",
  "address",
  "ip",
  "iban",
  "card",
  "text",
  "constant",
] as const;

/** How numbers are written, see NumberStyle in table/column.ts. */
export const numberStyleSchema = z.strictObject({
  prefix: z.string().optional().describe('a currency before the number, with its space: "$", "EUR "'),
  suffix: z.string().optional().describe('"%" or a currency after the number, with its space'),
  thousands: z.string().optional().describe("what stands between groups of three digits"),
  decimalMark: z.literal(",").optional().describe("a decimal comma"),
  negative: z.enum(["parentheses", "after-prefix"]).optional().describe("negatives as ($5) or $-5; default -$5"),
});

const bound = z.union([z.number(), z.string()]);

/** One column of a table schema. No value of a record stands in it but published levels and the constant. */
const columnSchema = z.strictObject({
  name: z.string(),
  type: z.enum(COLUMN_TYPES).describe("what the column means, and so how it is learned"),
  reason: z.string().default("declared").describe("why this type was inferred, in plain words"),
  missingShare: z.number().min(0).max(1).default(0).describe("share of missing values"),
  distinctCount: z.number().int().min(0).default(0).describe("number of distinct values, missing left out"),
  bounds: z
    .strictObject({ min: bound.optional(), max: bound.optional() })
    .optional()
    .describe("values never leave them: numbers, or dates as the column writes them"),
  decimals: z.number().int().min(0).optional().describe("digits after the decimal mark (numbers)"),
  numberFormat: numberStyleSchema.optional().describe("how numbers are written, where it is not -1234.5"),
  dateFormat: z.string().optional().describe("the written form of dates, times, timestamps and durations"),
  missingText: z.string().default("").describe("how a missing value is spelled"),
  spellings: z.tuple([z.string(), z.string()]).optional().describe("spelling of false and of true (booleans)"),
  levels: z
    .array(z.string())
    .min(1)
    .optional()
    .describe("the values of an ordinal in their order, of a category: those that may occur"),
  generator: z
    .string()
    .optional()
    .describe('a Faker method that makes the values, e.g. "person.fullName", or a text with {{person.lastName}} in it'),
  locale: z.string().optional().describe('the language of the generator, e.g. "de"; default "en"'),
  private: z.boolean().optional().describe("never learned: made by the generator, left out where there is none"),
  drop: z.boolean().optional().describe("left out"),
});

export const tableSchema = z.strictObject({
  $schema: z.string().optional().describe("the JSON Schema of this file, for editors"),
  version: z.literal(1),
  rowCount: z.number().int().min(0).default(0).describe("rows that were counted; 0: written by hand"),
  columns: z.array(columnSchema),
  constraints: z.array(constraintSchema).optional().describe("rules that every row keeps"),
});

export type ColumnType = (typeof COLUMN_TYPES)[number];
export type ColumnSchema = z.infer<typeof columnSchema>;
export type TableSchema = z.infer<typeof tableSchema>;
