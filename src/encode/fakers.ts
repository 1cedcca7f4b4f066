import type { Faker, Randomizer } from "@faker-js/faker";
import { SynthError, usageError } from "../core/errors.js";
import { philox4x32 } from "../core/random.js";

/** The language of generated values where the schema names none. */
export const DEFAULT_LOCALE = "en";

/** A Faker instance whose randomness is a function of a key and a row. */
export interface RowFaker {
  readonly faker: Faker;
  /** What is generated next belongs to row `row` (0 = first) of the stream `key` (two 32-bit words). */
  start(key: readonly [number, number], row: number): void;
}

const loaded = new Map<string, Faker>();

/** Loads what makeRowFaker needs of a language: Faker is large, so only when it is used. Throws E_SCHEMA_LOCALE. */
export async function loadFaker(locale: string, column: string): Promise<void> {
  if (loaded.has(locale)) return;
  if (!/^[a-z]{2,3}(_[A-Za-z]+)*$/.test(locale)) throw unknownLocale(locale, column);
  try {
    const { faker } = (await import(`@faker-js/faker/locale/${locale}`)) as { faker: Faker };
    loaded.set(locale, faker);
  } catch (cause) {
    throw unknownLocale(locale, column, cause);
  }
}

/**
 * A Faker of its own for a language that loadFaker has loaded. Numbers are drawn from Philox4x32-10 counted by row, so that a row's
 * value depends on nothing but the key and the row. Throws E_DEFECT where the language is not loaded.
 */
export function makeRowFaker(locale: string): RowFaker {
  const known = loaded.get(locale);
  if (known === undefined)
    throw new SynthError("defect", "E_DEFECT", `the language ${locale} of generated values is not loaded`);
  let key: readonly [number, number] = [0, 0];
  let row = 0;
  let block = 0;
  let words: readonly number[] = [];
  const randomizer: Randomizer = {
    next: () => {
      const at = (block % 2) * 2;
      if (at === 0) words = philox4x32([row >>> 0, Math.floor(row / 2 ** 32), block >> 1, 4], key);
      block++;
      return ((words[at]! >>> 5) * 67108864 + (words[at + 1]! >>> 6)) / 9007199254740992;
    },
    seed: () => {},
  };
  const FakerClass = known.constructor as new (options: {
    locale: Faker["rawDefinitions"];
    randomizer: Randomizer;
  }) => Faker;
  const faker = new FakerClass({ locale: known.rawDefinitions, randomizer });
  faker.setDefaultRefDate("2000-01-01T00:00:00Z");
  return {
    faker,
    start: (nextKey, nextRow) => {
      key = nextKey;
      row = nextRow;
      block = 0;
    },
  };
}

function unknownLocale(locale: string, column: string, cause?: unknown): Error {
  const where = `column "${column}"`;
  return usageError("E_SCHEMA_LOCALE", `${where}: there is no language "${locale}" of generated values`, {
    where,
    hint: 'use a language of Faker, e.g. "en", "de", "fr_CA", "pt_BR", "ja"',
    ...(cause === undefined ? {} : { cause }),
  });
}
