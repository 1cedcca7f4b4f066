import { z } from "zod";
import type { RandomStream } from "../core/random.js";
import type { Column, TextColumn } from "../table/column.js";
import { columnOutputSchema, makeNumericColumn, outputOf } from "./column-output.js";

const templateSchema = z.strictObject({
  alphabets: z
    .array(z.string().min(1))
    .describe("the characters that each position may have; one character: always that one"),
  key: z.number().int().min(0).describe("start of the template's sequence"),
});

/**
 * An identifier: no field, values are made anew. Numbers count from 1. Texts follow templates learned from how real values are
 * spelled (their length and the class of characters at each position), never real values; a hit on a real one is chance.
 */
export const identifierSchema = z.strictObject({
  kind: z.literal("identifier"),
  name: z.string(),
  output: columnOutputSchema,
  templates: z.array(templateSchema).describe("rows take them in turn; empty: numbers from 1"),
});

export type IdentifierEncoding = z.infer<typeof identifierSchema>;

const MAX_TEMPLATES = 8;
const CLASSES: readonly string[] = (() => {
  const digits = "0123456789";
  const lower = "abcdefghijklmnopqrstuvwxyz";
  const upper = lower.toUpperCase();
  return [digits, `${digits}abcdef`, `${digits}ABCDEF`, lower, upper, lower + upper, digits + lower, digits + upper];
})();
const ANY_CLASS = "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";

/** Learns how the identifiers of a column are spelled: a template for each length seen in at least `minCategoryCount` rows. */
export function fitIdentifier(column: Column, minCategoryCount: number, random: RandomStream): IdentifierEncoding {
  const templates = column.kind === "text" ? fitTemplates(column, minCategoryCount, random) : [];
  return { kind: "identifier", name: column.name, output: identifierOutput(column), templates };
}

/** Identifiers of the rows `firstRow`, `firstRow` + 1, ...: each row number has one of its own, so shards do not collide. */
export function decodeIdentifier(encoding: IdentifierEncoding, rowCount: number, firstRow: number): Column {
  const { name, output, templates } = encoding;
  const { missingText } = output;
  if (output.kind === "number") {
    return makeNumericColumn(
      name,
      output,
      Float64Array.from({ length: rowCount }, (_, row) => firstRow + row + 1),
    );
  }
  const dictionary = Array.from({ length: rowCount }, (_, row) => spell(templates, firstRow + row));
  return { kind: "text", name, missingText, dictionary, codes: Int32Array.from(dictionary.keys()) };
}

function identifierOutput(column: Column): IdentifierEncoding["output"] {
  const output = outputOf(column);
  return output.kind === "number" ? output : { kind: "text", missingText: output.missingText };
}

type Template = z.infer<typeof templateSchema>;

function fitTemplates(column: TextColumn, minCategoryCount: number, random: RandomStream): Template[] {
  const byLength = new Map<number, string[]>();
  for (const text of column.dictionary) {
    const same = byLength.get(text.length);
    if (same === undefined) byLength.set(text.length, [text]);
    else same.push(text);
  }
  return [...byLength.values()]
    .filter((texts) => texts.length >= minCategoryCount && texts[0]!.length > 0)
    .sort((a, b) => b.length - a.length || a[0]!.length - b[0]!.length)
    .slice(0, MAX_TEMPLATES)
    .map((texts) => ({ alphabets: alphabetsOf(texts), key: random.integer(2 ** 32) }));
}

function alphabetsOf(texts: readonly string[]): string[] {
  const length = texts[0]!.length;
  return Array.from({ length }, (_, position) => {
    const seen = new Set<string>();
    for (const text of texts) seen.add(text[position]!);
    if (seen.size === 1) return [...seen][0]!;
    return CLASSES.find((alphabet) => [...seen].every((character) => alphabet.includes(character))) ?? ANY_CLASS;
  });
}

/** The text of a row number. Rows beyond a template's capacity get a numbered suffix, so that texts stay unique. */
function spell(templates: readonly Template[], row: number): string {
  if (templates.length === 0) return String(row + 1);
  const template = templates[row % templates.length]!;
  const turn = Math.floor(row / templates.length);
  const capacity = template.alphabets.reduce((product, alphabet) => Math.min(2 ** 48, product * alphabet.length), 1);
  let place = scatter(turn % capacity, template.key, capacity);
  let text = "";
  for (let position = template.alphabets.length - 1; position >= 0; position--) {
    const alphabet = template.alphabets[position]!;
    text = alphabet[place % alphabet.length]! + text;
    place = Math.floor(place / alphabet.length);
  }
  const round = Math.floor(turn / capacity);
  return round === 0 ? text : `${text}-${round}`;
}

/** A bijection of 0..capacity-1 that looks random: x -> (x * multiplier + key) mod capacity, the multiplier coprime to it. */
function scatter(x: number, key: number, capacity: number): number {
  const modulus = BigInt(capacity);
  let multiplier = (modulus * 618033988749n) / 1000000000000n + 1n;
  while (greatestCommonDivisor(multiplier, modulus) !== 1n) multiplier += 1n;
  return Number((BigInt(x) * multiplier + BigInt(key) * 2654435761n) % modulus);
}

function greatestCommonDivisor(a: bigint, b: bigint): bigint {
  return b === 0n ? a : greatestCommonDivisor(b, a % b);
}
