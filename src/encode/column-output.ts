import { z } from "zod";
import { SynthError } from "../core/errors.js";
import { numberStyleSchema } from "../schema/table-schema.js";
import type { Column } from "../table/column.js";

/** What a decoded column looks like: its kind and how it is written. Plain JSON, no value of a row. */
export const columnOutputSchema = z.discriminatedUnion("kind", [
  z.strictObject({
    kind: z.literal("number"),
    missingText: z.string(),
    decimals: z.number().int().min(0),
    minDecimals: z.number().int().min(0).optional(),
    ...numberStyleSchema.shape,
  }),
  z.strictObject({ kind: z.literal("date"), missingText: z.string(), format: z.string() }),
  z.strictObject({ kind: z.literal("text"), missingText: z.string() }),
  z.strictObject({
    kind: z.literal("boolean"),
    missingText: z.string(),
    spellings: z.tuple([z.string(), z.string()]).describe("of false and of true"),
  }),
]);

export type ColumnOutput = z.infer<typeof columnOutputSchema>;

/** The kind and the written form of `column`. */
export function outputOf(column: Column): ColumnOutput {
  const { missingText } = column;
  switch (column.kind) {
    case "number":
      return { kind: "number", missingText, ...column.format };
    case "date":
      return { kind: "date", missingText, format: column.format };
    case "text":
      return { kind: "text", missingText };
    case "boolean":
      return { kind: "boolean", missingText, spellings: [column.dictionary[0], column.dictionary[1]] };
    default:
      return column satisfies never;
  }
}

/** A numeric column (number or date) of `values` [rows], NaN = missing. Throws E_DEFECT for other outputs. */
export function makeNumericColumn(name: string, output: ColumnOutput, values: Float64Array): Column {
  if (output.kind === "number") {
    const { kind, missingText, ...format } = output;
    return { kind, name, missingText, values, format };
  }
  if (output.kind === "date") {
    return { kind: "date", name, missingText: output.missingText, values, format: output.format };
  }
  throw new SynthError("defect", "E_DEFECT", `column "${name}" is encoded as a number but written as ${output.kind}`);
}
