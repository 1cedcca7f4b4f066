import { z } from "zod";
import type { BooleanColumn, Column, TextColumn } from "../table/column.js";
import { columnOutputSchema, outputOf } from "./column-output.js";
import { type Field, type FieldData, makeCodes } from "./field.js";

/** What a category decodes to that was seen in too few rows to be published. */
export const RARE_CATEGORY = "_RARE_";

/**
 * A category or boolean as one discrete field. Levels: the published categories (most frequent first, then by name), the
 * rare level, the missing level. Names of rare categories stand nowhere.
 */
export const oneHotSchema = z.strictObject({
  kind: z.literal("one-hot"),
  name: z.string(),
  output: columnOutputSchema,
  categories: z.array(z.string()),
  rare: z.boolean().describe("the level after the categories stands for all rare ones"),
  missing: z.boolean().describe("the last level means a missing value"),
});

export type OneHotEncoding = z.infer<typeof oneHotSchema>;

/**
 * Learns the categories of a column. Those seen in fewer than `minCategoryCount` rows share one rare level; booleans keep
 * both values. Where `levels` are given, only these are published. `missing` asks for a missing level though these rows may have none.
 */
export function fitOneHot(
  column: TextColumn | BooleanColumn,
  missing: boolean,
  minCategoryCount: number,
  levels?: readonly string[],
): OneHotEncoding {
  const counts = new Float64Array(column.dictionary.length);
  let missingCount = 0;
  for (const code of column.codes) {
    if (code < 0) missingCount++;
    else counts[code]!++;
  }
  const threshold = column.kind === "boolean" ? 0 : minCategoryCount;
  const order = [...counts.keys()]
    .filter((code) => column.kind === "boolean" || counts[code]! > 0)
    .sort((a, b) => counts[b]! - counts[a]! || (column.dictionary[a]! < column.dictionary[b]! ? -1 : 1));
  const listed = levels && new Set(levels);
  const published = order.filter(
    (code) => counts[code]! >= threshold && (listed?.has(column.dictionary[code]!) ?? true),
  );
  return {
    kind: "one-hot",
    name: column.name,
    output: outputOf(column),
    categories: published.map((code) => column.dictionary[code]!),
    rare: published.length < order.length,
    missing: missing || missingCount > 0 || order.length === 0,
  };
}

export function fieldsOfOneHot(encoding: OneHotEncoding): Field[] {
  const levels = levelCount(encoding);
  const missing = encoding.missing ? { missingLevel: levels - 1 } : {};
  return [{ kind: "discrete", name: encoding.name, levels, ...missing }];
}

/**
 * Level codes [rows]. An unpublished category becomes the rare level. Where the training rows had no rare category, or no
 * missing value, what cannot be said becomes the most frequent level.
 */
export function encodeOneHot(encoding: OneHotEncoding, column: TextColumn | BooleanColumn): FieldData {
  const levels = levelCount(encoding);
  const codes = makeCodes(levels, column.codes.length);
  const known = new Map(encoding.categories.map((category, level) => [category, level]));
  const rareLevel = encoding.rare ? encoding.categories.length : 0;
  const lookup = Uint32Array.from(column.dictionary, (text) => known.get(text) ?? rareLevel);
  const missingLevel = encoding.missing ? levels - 1 : 0;
  for (let row = 0; row < codes.length; row++) {
    const code = column.codes[row]!;
    codes[row] = code < 0 ? missingLevel : lookup[code]!;
  }
  return codes;
}

/** The column that the level codes [rows] spell. */
export function decodeOneHot(encoding: OneHotEncoding, codes: FieldData): Column {
  const { name, output } = encoding;
  const { missingText } = output;
  if (output.kind === "boolean") {
    const [no, yes] = output.spellings;
    const lookup = encoding.categories.map((category) => (category === yes ? 1 : 0));
    return { kind: "boolean", name, missingText, dictionary: [no, yes], codes: lookUp(codes, lookup) };
  }
  const dictionary = [...new Set([...encoding.categories, ...(encoding.rare ? [RARE_CATEGORY] : [])])];
  const rareCode = dictionary.indexOf(RARE_CATEGORY);
  const lookup = encoding.categories.map((_, level) => level).concat(encoding.rare ? [rareCode] : []);
  return { kind: "text", name, missingText, dictionary, codes: lookUp(codes, lookup) };
}

function lookUp(codes: FieldData, lookup: readonly number[]): Int32Array {
  const found = new Int32Array(codes.length);
  for (let row = 0; row < codes.length; row++) found[row] = lookup[codes[row]!] ?? -1;
  return found;
}

function levelCount(encoding: OneHotEncoding): number {
  return encoding.categories.length + (encoding.rare ? 1 : 0) + (encoding.missing ? 1 : 0);
}
