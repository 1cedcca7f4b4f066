import { randomFillSync } from "node:crypto";

/** A source of uniform integers for exact samplers. */
export interface RandomIntegers {
  /** Uniform in 0..bound-1, exactly; bound 1..2^53. */
  below(bound: number): number;
}

const BYTES = 8192;
const WORD = 4294967296;

/** Integers from the operating system's cryptographic generator. */
export function secureIntegers(): RandomIntegers {
  const words = new Uint32Array(BYTES / 4);
  let at = words.length;
  return integersFrom(() => {
    if (at === words.length) {
      randomFillSync(words);
      at = 0;
    }
    const word = words[at]!;
    words[at++] = 0; // what was used cannot be read again
    return word;
  });
}

/** Integers from 32-bit words, by rejection: no bound is favoured. */
export function integersFrom(word: () => number): RandomIntegers {
  return {
    below(bound) {
      if (bound <= WORD) {
        const limit = WORD - (WORD % bound);
        for (;;) {
          const value = word();
          if (value < limit) return value % bound;
        }
      }
      const range = 2 ** 53;
      const limit = range - (range % bound);
      for (;;) {
        const value = (word() >>> 11) * WORD + word();
        if (value < limit) return value % bound;
      }
    },
  };
}
