import type { ColumnDescription } from "./describe-column.js";
import { nameWords } from "./name-words.js";
import {
  isCardNumber,
  isEmail,
  isFullName,
  isIban,
  isInternationalPhoneNumber,
  isIpAddress,
  isNameWord,
  isPhoneNumber,
} from "./personal-patterns.js";
import { mostFrequentShape } from "./text-shape.js";
import type { TypeGuess } from "./type-guess.js";

/** So many of a column's distinct values are looked at. */
const MAX_SAMPLE = 1000;
const MIN_SHARE = 0.95;
const MIN_NAME_SHARE = 0.8;
/** Names of people: more different ones than categories have. */
const MIN_NAMES = 20;
const MOSTLY_DISTINCT = 0.5;
const MIN_VALUES = 3;

const FULL_NAME_WORDS =
  "full customer client patient contact employee student person player owner passenger member guest user author";

/**
 * Whether a column holds what identifies people, told by how its values are spelled and by its name, with the generator that
 * makes such values; undefined where it does not. Only the shape of phone and card numbers and the most frequent country of
 * account numbers is taken from the data.
 */
export function recognizePersonalData(
  { distinctCount, presentCount }: ColumnDescription,
  name: string,
  values: readonly string[],
): TypeGuess | undefined {
  if (distinctCount < MIN_VALUES) return undefined;
  const sample = sampleOf(values);
  const words = nameWords(name);
  const byValue = byPattern(sample, words);
  if (byValue !== undefined) return byValue;
  const distinctShare = distinctCount / presentCount;
  if (distinctCount > MIN_NAMES) return nameOf(words, sample, distinctShare) ?? addressOf(words, sample, distinctShare);
  return undefined;
}

function byPattern(sample: readonly string[], words: readonly string[]): TypeGuess | undefined {
  const are = (test: (text: string) => boolean): boolean => shareOf(sample, test) >= MIN_SHARE;
  if (are(isEmail)) return { type: "email", reason: "e-mail addresses", generator: "internet.exampleEmail" };
  if (are(isIpAddress)) {
    const isOld = shareOf(sample, (text) => text.includes(".")) >= 0.5;
    return { type: "ip", reason: "IP addresses", generator: isOld ? "internet.ipv4" : "internet.ipv6" };
  }
  if (are(isIban))
    return { type: "iban", reason: "bank account numbers (IBAN, check digits right)", generator: ibanOf(sample) };
  const isNamedCard = has(words, "card cc creditcard pan");
  if (are(isCardNumber) && (sample.length >= 10 || isNamedCard)) {
    return { type: "card", reason: "card numbers (check digits right)", generator: cardOf(sample) };
  }
  if (are(isInternationalPhoneNumber) || (has(words, "phone telephone tel mobile cell fax") && are(isPhoneNumber))) {
    return { type: "phone", reason: "phone numbers", generator: phoneOf(sample) };
  }
  return undefined;
}

function nameOf(words: readonly string[], sample: readonly string[], distinctShare: number): TypeGuess | undefined {
  const areWords = shareOf(sample, isNameWord) >= MIN_NAME_SHARE;
  const guess = (kind: string, generator: string): TypeGuess => ({
    type: "name",
    reason: `${kind} of people, by the column's name and values of letters`,
    generator,
  });
  const isName = has(words, "name names");
  const joined = words.join("");
  if (
    areWords &&
    ((isName && has(words, "first given fore")) || /^(firstname|forename|givenname|vorname|prenom)$/.test(joined))
  )
    return guess("first names", "person.firstName");
  const isLast =
    (isName && has(words, "last family sur")) || /^(lastname|surname|familyname|nachname|familienname)$/.test(joined);
  if (areWords && isLast) return guess("last names", "person.lastName");
  const isFull = isName && (words.length === 1 || has(words, FULL_NAME_WORDS));
  if (!isFull && joined !== "fullname") return undefined;
  if (distinctShare < MOSTLY_DISTINCT || shareOf(sample, isFullName) < MIN_NAME_SHARE) return undefined;
  const isReversed = shareOf(sample, (text) => text.includes(", ")) >= 0.9;
  return guess("whole names", isReversed ? "{{person.lastName}}, {{person.firstName}}" : "person.fullName");
}

function addressOf(words: readonly string[], sample: readonly string[], distinctShare: number): TypeGuess | undefined {
  if (distinctShare < MOSTLY_DISTINCT) return undefined;
  const guess = (kind: string, generator: string): TypeGuess => ({
    type: "address",
    reason: `${kind}, by the column's name; mostly distinct`,
    generator,
  });
  const areSpaced = shareOf(sample, (text) => /\S\s\S/.test(text)) >= MOSTLY_DISTINCT;
  if (areSpaced && has(words, "address addr street strasse")) return guess("addresses", "location.streetAddress");
  if (has(words, "zip zipcode postcode postal plz")) return guess("postcodes", digitsOf(sample) ?? "location.zipCode");
  if (has(words, "city town")) return guess("cities", "location.city");
  return undefined;
}

function ibanOf(sample: readonly string[]): string {
  const counts = new Map<string, number>();
  for (const text of sample) counts.set(text.slice(0, 2), (counts.get(text.slice(0, 2)) ?? 0) + 1);
  const [countryCode, count] = [...counts].reduce((most, next) => (next[1] > most[1] ? next : most));
  const formatted = shareOf(sample, (text) => text.includes(" ")) >= 0.5;
  return `finance.iban(${JSON.stringify({ formatted, ...(count < 5 ? {} : { countryCode }) })})`;
}

/** Groups as in the data; the first digit is 4, the last the check digit. */
function cardOf(sample: readonly string[]): string {
  const shape = mostFrequentShape(sample)?.replace(/\d/g, "#") ?? "################";
  const issuer = `4${shape.slice(1, -1)}L`;
  return `finance.creditCardNumber(${JSON.stringify({ issuer })})`;
}

function phoneOf(sample: readonly string[]): string {
  return digitsOf(sample) ?? "phone.number";
}

/** Random digits in the most frequent shape, where it has no letters. */
function digitsOf(sample: readonly string[]): string | undefined {
  const shape = mostFrequentShape(sample);
  return shape === undefined || /\p{L}/u.test(shape) ? undefined : `helpers.replaceSymbols(${JSON.stringify(shape)})`;
}

function has(words: readonly string[], any: string): boolean {
  const list = any.split(" ");
  return words.some((word) => list.includes(word));
}

function shareOf(texts: readonly string[], test: (text: string) => boolean): number {
  return texts.reduce((count, text) => count + (test(text) ? 1 : 0), 0) / Math.max(1, texts.length);
}

/** At most MAX_SAMPLE values, evenly spread, without white space around them. */
function sampleOf(values: readonly string[]): string[] {
  const step = Math.max(1, values.length / MAX_SAMPLE);
  const count = Math.min(values.length, MAX_SAMPLE);
  return Array.from({ length: count }, (_, i) => values[Math.floor(i * step)]!.trim());
}
