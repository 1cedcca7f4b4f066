import { z } from "zod";
import { philox4x32, type RandomStream } from "../core/random.js";
import { type Column, countMissing, type TextColumn } from "../table/column.js";
import { columnOutputSchema, makeNumericColumn, outputOf } from "./column-output.js";
import type { Field, FieldData } from "./field.js";
import { encodePresence } from "./generated.js";

const templateSchema = z.strictObject({
  alphabets: z
    .array(z.string().min(1))
    .describe("the characters that each position may have; one character: always that one"),
  key: z.number().int().min(0).describe("start of the template's sequence"),
});

/**
 * An identifier: values are made anew, only where they are missing is learned. Numbers count from 1, or, where
 * all real ones have the same number of digits (four and more), from the least such number; scattered over all such numbers where
 * the real ones are no numbering. Texts follow templates learned from how real values are
 * spelled (their length and the class of characters at each position), never real values; a hit on a real one is chance.
 */
export const identifierSchema = z.strictObject({
  kind: z.literal("identifier"),
  name: z.string(),
  output: columnOutputSchema,
  templates: z.array(templateSchema).describe("rows take them in turn; empty: numbers from 1"),
  start: z.number().int().optional().describe("the first number, a power of ten; default 1"),
  key: z.number().int().min(0).optional().describe("numbers are scattered over those of as many digits as start has"),
  missing: z.boolean().optional().describe("there is a field: 0 has a value, 1 is missing"),
});

export type IdentifierEncoding = z.infer<typeof identifierSchema>;

const MAX_TEMPLATES = 8;
/** Characters of one place that are kept as they are, each of them in enough texts: the 8, 9, a, b of a UUID. */
const MAX_SMALL_ALPHABET = 4;
const CLASSES: readonly string[] = (() => {
  const digits = "0123456789";
  const lower = "abcdefghijklmnopqrstuvwxyz";
  const upper = lower.toUpperCase();
  return [digits, `${digits}abcdef`, `${digits}ABCDEF`, lower, upper, lower + upper, digits + lower, digits + upper];
})();
const ANY_CLASS = "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";

/** Learns how the identifiers of a column are spelled: a template for each length seen in at least `minCategoryCount` rows. */
export function fitIdentifier(
  column: Column,
  missing: boolean,
  minCategoryCount: number,
  random: RandomStream,
): IdentifierEncoding {
  const templates = column.kind === "text" ? fitTemplates(column, minCategoryCount, random) : [];
  const base = {
    kind: "identifier",
    name: column.name,
    output: identifierOutput(column),
    templates,
    ...(column.kind === "number" ? fitNumbering(column.values, random) : {}),
  } as const;
  return missing || countMissing(column) > 0 ? { ...base, missing: true } : base;
}

/** One field of two levels, has a value and is missing; none where nothing is missing. */
export function fieldsOfIdentifier({ name, missing }: IdentifierEncoding): Field[] {
  return missing === true ? [{ kind: "discrete", name, levels: 2, missingLevel: 1 }] : [];
}

/** Where values are missing: 0 or 1 by row; no data where the encoding has no field. */
export function encodeIdentifier(encoding: IdentifierEncoding, column: Column): FieldData[] {
  return encoding.missing === true ? [encodePresence(column)] : [];
}

/** Identifiers of the rows `firstRow`, `firstRow` + 1, ...: each row number has one of its own, so shards do not collide. */
export function decodeIdentifier(
  encoding: IdentifierEncoding,
  presence: FieldData | undefined,
  { rowCount, firstRow }: { readonly rowCount: number; readonly firstRow: number },
): Column {
  const { name, output, templates } = encoding;
  const { missingText } = output;
  if (output.kind === "number") {
    const numbers = spellNumbers(encoding, rowCount, firstRow);
    return makeNumericColumn(
      name,
      output,
      numbers.map((number, row) => (presence?.[row] === 1 ? Number.NaN : number)),
    );
  }
  const count = templates.length;
  const spellers = templates.map((template, i) => makeSpeller(template, Math.ceil((firstRow - i) / count)));
  const dictionary = Array.from(
    { length: rowCount },
    (_, row) => spellers[(firstRow + row) % count]?.() ?? String(firstRow + row + 1),
  );
  const codes = Int32Array.from(dictionary.keys(), (row) => (presence?.[row] === 1 ? -1 : row));
  return { kind: "text", name, missingText, dictionary, codes };
}

/** What is kept of numbers that all have the same number of digits, four and more. */
function fitNumbering(values: Float64Array, random: RandomStream): Pick<IdentifierEncoding, "start" | "key"> {
  const present = values.filter((value) => !Number.isNaN(value));
  let [low, high] = [Number.POSITIVE_INFINITY, 0];
  for (const value of present) {
    low = Math.min(low, value);
    high = Math.max(high, value);
  }
  const start = 10 ** (String(low).length - 1);
  if (present.length === 0 || low < 1000 || high >= 10 * start) return {};
  return high - low < 2 * present.length ? { start } : { start, key: random.integer(2 ** 32) };
}

/** The numbers of rows, in turn or scattered by the bijection x -> (x multiplier + key) mod capacity;
 * rows beyond the capacity have a digit more. */
function spellNumbers({ start = 1, key }: IdentifierEncoding, rowCount: number, firstRow: number): Float64Array {
  const capacity = 9 * start;
  const multiplier = BigInt(coprimeTo(capacity));
  return Float64Array.from({ length: rowCount }, (_, i) => {
    const row = firstRow + i;
    if (key === undefined || row >= capacity) return start + row;
    return start + Number((BigInt(row) * multiplier + BigInt(key)) % BigInt(capacity));
  });
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
    .map((texts) => ({ alphabets: alphabetsOf(texts, minCategoryCount), key: random.integer(2 ** 32) }));
}

function alphabetsOf(texts: readonly string[], minTexts: number): string[] {
  const length = texts[0]!.length;
  return Array.from({ length }, (_, position) => {
    const seen = new Map<string, number>();
    for (const text of texts) seen.set(text[position]!, (seen.get(text[position]!) ?? 0) + 1);
    const characters = [...seen.keys()].sort();
    const isSmall = characters.length <= MAX_SMALL_ALPHABET && [...seen.values()].every((count) => count >= minTexts);
    if (characters.length === 1 || isSmall) return characters.join("");
    return CLASSES.find((alphabet) => characters.every((character) => alphabet.includes(character))) ?? ANY_CLASS;
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
