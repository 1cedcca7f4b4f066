import { z } from "zod";
import { type Column, columnLength, countMissing } from "../table/column.js";
import { columnOutputSchema, makeNumericColumn, outputOf } from "./column-output.js";

/** A column with one value in every row: no field, the value stands in the encoding. */
export const constantSchema = z.strictObject({
  kind: z.literal("constant"),
  name: z.string(),
  output: columnOutputSchema,
  value: z.union([z.number(), z.string()]).nullable().describe("null: every value is missing"),
});

export type ConstantEncoding = z.infer<typeof constantSchema>;

/**
 * Learns the one value of a column, or `undefined` where it may not be published: it holds in fewer than `minCategoryCount` rows.
 * Rows that are missing do not count; the caller has made sure that no other value occurs.
 */
export function fitConstant(column: Column, minCategoryCount: number): ConstantEncoding | undefined {
  const present = columnLength(column) - countMissing(column);
  const base = { kind: "constant", name: column.name, output: outputOf(column) } as const;
  if (present === 0) return { ...base, value: null };
  if (present < minCategoryCount) return undefined;
  if ("codes" in column) {
    const code = column.codes.find((candidate) => candidate >= 0) ?? 0;
    return { ...base, value: column.dictionary[code] ?? null };
  }
  return { ...base, value: column.values.find((value) => !Number.isNaN(value)) ?? null };
}

/** `rowCount` rows of the constant. */
export function decodeConstant(encoding: ConstantEncoding, rowCount: number): Column {
  const { name, output, value } = encoding;
  const { missingText } = output;
  if (output.kind === "number" || output.kind === "date") {
    return makeNumericColumn(
      name,
      output,
      new Float64Array(rowCount).fill(typeof value === "number" ? value : Number.NaN),
    );
  }
  if (output.kind === "boolean") {
    const code = value === null ? -1 : output.spellings.indexOf(String(value));
    const dictionary = [output.spellings[0], output.spellings[1]] as const;
    return { kind: "boolean", name, missingText, dictionary, codes: new Int32Array(rowCount).fill(code) };
  }
  const codes = new Int32Array(rowCount).fill(value === null ? -1 : 0);
  return { kind: "text", name, missingText, dictionary: value === null ? [] : [String(value)], codes };
}
