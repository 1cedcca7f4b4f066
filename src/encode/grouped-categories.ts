import { z } from "zod";
import type { Column, TextColumn } from "../table/column.js";
import { columnOutputSchema } from "./column-output.js";
import { type Field, type FieldData, makeCodes } from "./field.js";
import { type OneHotEncoding, RARE_CATEGORY } from "./one-hot.js";

/**
 * A category of many levels as two discrete fields. First field: the most frequent categories, then groups of the others,
 * then the rare level, then the missing level. Second field: the position within the group, and a last level for rows
 * that are in none. Others are grouped with their neighbours in code-unit order, since names that begin alike often mean alike.
 */
export const groupedCategoriesSchema = z.strictObject({
  kind: z.literal("grouped-categories"),
  name: z.string(),
  output: columnOutputSchema,
  direct: z.array(z.string()).describe("most frequent first"),
  grouped: z.array(z.string()).min(1).describe("ascending; groups are equal parts of it, the last one may be shorter"),
  groupSize: z.number().int().positive(),
  rare: z.boolean().describe("the first field's level after the groups stands for all rare categories"),
  missing: z.boolean().describe("the first field's last level means a missing value"),
});

export type GroupedCategoriesEncoding = z.infer<typeof groupedCategoriesSchema>;

/** More categories than this are grouped. */
const MAX_SINGLE_FIELD = 400;
const DIRECT = 256;
const MAX_GROUP_SIZE = 256;

/** The encoding in two fields; unchanged where the categories are few enough for one. */
export function groupCategories(encoding: OneHotEncoding): OneHotEncoding | GroupedCategoriesEncoding {
  const { name, output, categories, rare, missing } = encoding;
  if (categories.length <= MAX_SINGLE_FIELD || output.kind === "boolean") return encoding;
  const grouped = categories.slice(DIRECT).sort((a, b) => (a < b ? -1 : 1));
  const groups = Math.ceil(grouped.length / MAX_GROUP_SIZE);
  const groupSize = Math.ceil(grouped.length / groups);
  return {
    kind: "grouped-categories",
    name,
    output,
    direct: categories.slice(0, DIRECT),
    grouped,
    groupSize,
    rare,
    missing,
  };
}

/** The two fields; the second bears the column's name and "position in the group". */
export function fieldsOfGroupedCategories(encoding: GroupedCategoriesEncoding): Field[] {
  const levels = firstLevels(encoding);
  const missing = encoding.missing ? { missingLevel: levels - 1 } : {};
  return [
    { kind: "discrete", name: encoding.name, levels, ...missing },
    { kind: "discrete", name: `${encoding.name}, position in the group`, levels: encoding.groupSize + 1 },
  ];
}

/**
 * Level codes of both fields, [rows] each. An unpublished category becomes the rare level. Where the training rows had no
 * rare category, or no missing value, what cannot be said becomes the most frequent category.
 */
export function encodeGroupedCategories(encoding: GroupedCategoriesEncoding, column: TextColumn): FieldData[] {
  const { direct, grouped, groupSize } = encoding;
  const levels = firstLevels(encoding);
  const rareLevel = encoding.rare ? direct.length + groupCount(encoding) : 0;
  const missingLevel = encoding.missing ? levels - 1 : 0;
  const places = new Map<string, number>();
  for (const [i, text] of grouped.entries()) places.set(text, direct.length + i);
  for (const [i, text] of direct.entries()) places.set(text, i);
  // By dictionary code and, last, for missing values.
  const first = new Uint32Array(column.dictionary.length + 1);
  const second = new Uint32Array(first.length).fill(groupSize);
  for (const [code, text] of column.dictionary.entries()) {
    const place = places.get(text);
    const beyond = (place ?? 0) - direct.length;
    if (place === undefined) first[code] = rareLevel;
    else if (beyond < 0) first[code] = place;
    else {
      first[code] = direct.length + Math.floor(beyond / groupSize);
      second[code] = beyond % groupSize;
    }
  }
  first[column.dictionary.length] = missingLevel;
  const rows = column.codes.length;
  return [spread(first, makeCodes(levels, rows), column), spread(second, makeCodes(groupSize + 1, rows), column)];
}

/** The column that the level codes of both fields [rows] spell. Positions beyond a group's end begin it anew. */
export function decodeGroupedCategories(
  encoding: GroupedCategoriesEncoding,
  first: FieldData,
  second: FieldData,
): Column {
  const { name, output, direct, grouped, groupSize } = encoding;
  const published = [...direct, ...grouped];
  const known = published.indexOf(RARE_CATEGORY);
  const rareCode = known < 0 ? published.length : known;
  const dictionary = encoding.rare && known < 0 ? [...published, RARE_CATEGORY] : published;
  const groups = groupCount(encoding);
  const codes = new Int32Array(first.length);
  for (let row = 0; row < codes.length; row++) {
    const level = first[row]!;
    const group = level - direct.length;
    if (group < 0) codes[row] = level;
    else if (group < groups) {
      const start = group * groupSize;
      codes[row] = direct.length + start + (second[row]! % Math.min(groupSize, grouped.length - start));
    } else codes[row] = encoding.rare && group === groups ? rareCode : -1;
  }
  return { kind: "text", name, missingText: output.missingText, dictionary, codes };
}

function groupCount({ grouped, groupSize }: GroupedCategoriesEncoding): number {
  return Math.ceil(grouped.length / groupSize);
}

function firstLevels(encoding: GroupedCategoriesEncoding): number {
  return encoding.direct.length + groupCount(encoding) + (encoding.rare ? 1 : 0) + (encoding.missing ? 1 : 0);
}

/** A table by dictionary code (last: missing) to one by row. */
function spread(byCode: Uint32Array, codes: Uint8Array | Uint16Array | Uint32Array, column: TextColumn): FieldData {
  const missing = byCode[byCode.length - 1]!;
  for (let row = 0; row < codes.length; row++) {
    const code = column.codes[row]!;
    codes[row] = code < 0 ? missing : byCode[code]!;
  }
  return codes;
}
