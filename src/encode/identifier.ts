import { z } from "zod";
import { philox4x32, type RandomStream } from "../core/random.js";
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
  const count = templates.length;
  const spellers = templates.map((template, i) => makeSpeller(template, Math.ceil((firstRow - i) / count)));
  const dictionary = Array.from(
    { length: rowCount },
    (_, row) => spellers[(firstRow + row) % count]?.() ?? String(firstRow + row + 1),
  );
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

const LARGEST_CAPACITY = 2 ** 48;

/**
 * Spells a template's texts one after the other, from the turn `firstTurn` on. Turn x is scattered by the bijection
 * x -> (x multiplier + key) mod capacity over what the last positions can spell (at most 2^48 texts); the positions before are random.
 * Turns beyond the capacity get a numbered suffix, so that texts stay unique.
 */
function makeSpeller({ alphabets, key }: Template, firstTurn: number): () => string {
  const { uniqueFrom, capacity } = uniquePositions(alphabets);
  const multiplier = coprimeTo(capacity);
  let turn = firstTurn;
  let place = Number((BigInt(turn) * BigInt(multiplier) + BigInt(key)) % BigInt(capacity));
  return () => {
    const round = Math.floor(turn / capacity);
    const head = uniqueFrom === 0 ? "" : spellRandomly(alphabets.slice(0, uniqueFrom), key, turn);
    const text = head + spellPlace(alphabets, uniqueFrom, place) + (round === 0 ? "" : `-${round}`);
    turn++;
    place = (place + multiplier) % capacity;
    return text;
  };
}

function uniquePositions(alphabets: readonly string[]): { uniqueFrom: number; capacity: number } {
  let capacity = 1;
  let uniqueFrom = alphabets.length;
  while (uniqueFrom > 0 && capacity * alphabets[uniqueFrom - 1]!.length <= LARGEST_CAPACITY) {
    uniqueFrom--;
    capacity *= alphabets[uniqueFrom]!.length;
  }
  return { uniqueFrom, capacity };
}

/** A number near capacity / 1.618 without a common divisor with it; 1 for a capacity of 1. */
function coprimeTo(capacity: number): number {
  let multiplier = Math.max(1, Math.floor(capacity * 0.6180339887));
  while (greatestCommonDivisor(multiplier, capacity) !== 1) multiplier++;
  return multiplier;
}

function greatestCommonDivisor(a: number, b: number): number {
  return b === 0 ? a : greatestCommonDivisor(b, a % b);
}

function spellPlace(alphabets: readonly string[], from: number, place: number): string {
  let left = place;
  let text = "";
  for (let position = alphabets.length - 1; position >= from; position--) {
    const alphabet = alphabets[position]!;
    text = alphabet[left % alphabet.length]! + text;
    left = Math.floor(left / alphabet.length);
  }
  return text;
}

function spellRandomly(alphabets: readonly string[], key: number, turn: number): string {
  let text = "";
  for (let position = 0; position < alphabets.length; position += 4) {
    const words = philox4x32([turn >>> 0, Math.floor(turn / 2 ** 32), position, 3], [key, 0]);
    for (const [offset, alphabet] of alphabets.slice(position, position + 4).entries()) {
      text += alphabet[words[offset]! % alphabet.length]!;
    }
  }
  return text;
}
