import { z } from "zod";
import type { Column, DateColumn, TextColumn } from "../table/column.js";
import { isDateFormat, parseDate } from "../table/date-format.js";
import { MAX_DECIMALS } from "../table/number-format.js";

/** The key of an Arrow field's metadata under which a column's written form is kept. */
export const ARROW_METADATA_KEY = "synth.column";

const digits = z.number().int().min(0).max(MAX_DECIMALS);

const writtenForm = z.discriminatedUnion("kind", [
  z.strictObject({
    kind: z.literal("number"),
    missingText: z.string(),
    format: z.strictObject({
      decimals: digits,
      minDecimals: digits.exactOptional(),
      prefix: z.string().optional(),
      suffix: z.string().optional(),
      thousands: z.string().optional(),
      decimalMark: z.literal(",").optional(),
      negative: z.enum(["parentheses", "after-prefix"]).optional(),
    }),
  }),
  z.strictObject({
    kind: z.literal("date"),
    missingText: z.string(),
    format: z.string().refine(isDateFormat),
  }),
  z.strictObject({ kind: z.literal("text"), missingText: z.string() }),
  z.strictObject({
    kind: z.literal("boolean"),
    missingText: z.string(),
    dictionary: z.tuple([z.string(), z.string()]),
  }),
]);

/** What Arrow's types do not say of a column: its formats, its boolean spellings, its missing spelling; as JSON. */
export function describeWrittenForm(column: Column): string {
  const { kind, missingText } = column;
  switch (column.kind) {
    case "number":
    case "date":
      return JSON.stringify({ kind, missingText, format: column.format });
    case "boolean":
      return JSON.stringify({ kind, missingText, dictionary: column.dictionary });
    case "text":
      return JSON.stringify({ kind, missingText });
    default:
      throw column satisfies never;
  }
}

/** The column with the written form that describeWrittenForm kept; metadata of others, or of another kind, is left. */
export function applyWrittenForm(column: Column, metadata: string | undefined): Column {
  return applyForm(column, parseJson(metadata));
}

/** applyWrittenForm for all columns, of a JSON array of their forms. */
export function applyWrittenForms(columns: readonly Column[], metadata: string | undefined): readonly Column[] {
  const forms = parseJson(metadata);
  return Array.isArray(forms) ? columns.map((column, index) => applyForm(column, forms[index])) : columns;
}

function applyForm(column: Column, described: unknown): Column {
  const form = writtenForm.safeParse(described).data;
  if (form === undefined) return column;
  if (form.kind === "date" && column.kind === "text") return readTimes(column, form);
  return form.kind === column.kind ? ({ ...column, ...form } as Column) : column;
}

/** Times of day and durations, which are stored as texts (isStoredAsText); the texts where one of them is none. */
function readTimes(column: TextColumn, form: Omit<DateColumn, "name" | "values">): Column {
  const times = column.dictionary.map((text) => parseDate(text, form.format));
  if (times.some(Number.isNaN)) return column;
  return { ...form, name: column.name, values: Float64Array.from(column.codes, (code) => times[code] ?? Number.NaN) };
}

function parseJson(text: string | undefined): unknown {
  try {
    return JSON.parse(text ?? "null");
  } catch {
    return null;
  }
}
