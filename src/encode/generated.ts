import { z } from "zod";
import type { RandomStream } from "../core/random.js";
import { generatorOf } from "../schema/generator-of.js";
import type { ColumnSchema } from "../schema/table-schema.js";
import { type Column, columnLength, countMissing, isMissing, type TextColumn } from "../table/column.js";
import { columnOutputSchema } from "./column-output.js";
import { compileGenerator } from "./compile-generator.js";
import { DEFAULT_LOCALE, loadFaker, makeRowFaker } from "./fakers.js";
import { type Field, type FieldData, makeCodes } from "./field.js";

/**
 * A column whose values a generator makes: only where it is missing is learned, as one field of two levels (none where nothing
 * is missing). Values are drawn independently of the data; that one equals a real one is chance.
 */
export const generatedSchema = z.strictObject({
  kind: z.literal("generated"),
  name: z.string(),
  output: columnOutputSchema,
  generator: z.string().describe("a Faker method, or a text with {{methods}} in it"),
  locale: z.string().optional().describe('the language of the values; default "en"'),
  unique: z.boolean().describe("e-mail addresses are made unique by the row's number"),
  missing: z.boolean().describe("there is a field: 0 has a value, 1 is missing"),
});

export type GeneratedEncoding = z.infer<typeof generatedSchema>;

/** The encoding of a column that the schema gives a generator (generatorOf). */
export function fitGenerated(column: Column, schema: ColumnSchema, missing: boolean): GeneratedEncoding {
  const missingCount = countMissing(column);
  const { name, locale } = schema;
  return {
    kind: "generated",
    name,
    output: { kind: "text", missingText: column.missingText },
    generator: generatorOf(schema) ?? "",
    ...(locale === undefined ? {} : { locale }),
    unique: schema.distinctCount > 1 && schema.distinctCount >= columnLength(column) - missingCount,
    missing: missing || missingCount > 0,
  };
}

export function fieldsOfGenerated({ name, missing }: GeneratedEncoding): Field[] {
  return missing ? [{ kind: "discrete", name, levels: 2, missingLevel: 1 }] : [];
}

/** Where values are missing: 0 or 1 by row; no data where the encoding has no field. */
export function encodeGenerated(encoding: GeneratedEncoding, column: Column): FieldData[] {
  return encoding.missing ? [encodePresence(column)] : [];
}

/** 1 where a value is missing, else 0; [rows]. */
export function encodePresence(column: Column): FieldData {
  const codes = makeCodes(2, columnLength(column));
  for (let row = 0; row < codes.length; row++) codes[row] = isMissing(column, row) ? 1 : 0;
  return codes;
}

/** Loads what decodeGenerated needs and checks the generator. Throws E_SCHEMA_LOCALE, E_SCHEMA_GENERATOR. */
export async function loadGenerator({ name, generator, locale = DEFAULT_LOCALE }: GeneratedEncoding): Promise<void> {
  await loadFaker(locale, name);
  compileGenerator(makeRowFaker(locale).faker, generator, name);
}

/**
 * `rowCount` generated values from row `firstRow` (0 = first) of the sample on, missing where `presence` is 1. A row's value
 * depends on `random` and the row's number alone. loadGenerator must have been awaited.
 */
export function decodeGenerated(
  encoding: GeneratedEncoding,
  presence: FieldData | undefined,
  rows: { readonly rowCount: number; readonly firstRow: number },
  random: RandomStream,
): TextColumn {
  const { name, output, generator, locale = DEFAULT_LOCALE, unique } = encoding;
  const { faker, start } = makeRowFaker(locale);
  const generate = compileGenerator(faker, generator, name);
  const key = [random.uint32(), random.uint32()] as const;
  const known = new Map<string, number>();
  const codes = new Int32Array(rows.rowCount).fill(-1);
  for (let i = 0; i < codes.length; i++) {
    if (presence?.[i] === 1) continue;
    const row = rows.firstRow + i;
    start(key, row);
    const text = unique ? numberMail(generate(), row) : generate();
    const code = known.get(text) ?? known.size;
    known.set(text, code);
    codes[i] = code;
  }
  return { kind: "text", name, missingText: output.missingText, codes, dictionary: [...known.keys()] };
}

/** jo@example.com of row 35 as jo.10@example.com. */
function numberMail(text: string, row: number): string {
  return text.replace("@", `.${(row + 1).toString(36)}@`);
}
