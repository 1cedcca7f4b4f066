import { z } from "zod";

/** What a column means, and so how it is learned. */
export const COLUMN_TYPES = [
  "category",
  "integer",
  "decimal",
  "boolean",
  "date",
  "identifier",
  "constant",
  "text",
] as const;

/** One column of a table schema. No value of a record stands in it but the published bounds and constant. */
const columnSchema = z.strictObject({
  name: z.string(),
  type: z.enum(COLUMN_TYPES).describe("what the column means, and so how it is learned"),
  reason: z.string().describe("why this type was inferred, in plain words"),
  missingShare: z.number().min(0).max(1).describe("share of missing values"),
  distinctCount: z.number().int().min(0).describe("number of distinct values, missing left out"),
  decimals: z.number().int().min(0).optional().describe("digits after the decimal point (numbers)"),
  dateFormat: z.string().optional().describe("the written form of dates"),
  missingText: z.string().describe("how a missing value is spelled"),
  spellings: z.tuple([z.string(), z.string()]).optional().describe("spelling of false and of true (booleans)"),
});

export const tableSchema = z.strictObject({
  version: z.literal(1),
  rowCount: z.number().int().min(0),
  columns: z.array(columnSchema),
});

export type ColumnType = (typeof COLUMN_TYPES)[number];
export type ColumnSchema = z.infer<typeof columnSchema>;
export type TableSchema = z.infer<typeof tableSchema>;
