import { usageError } from "../core/errors.js";

/** Parser of an option that takes a whole number in min..max. Throws E_USAGE_NUMBER. */
export function wholeNumber(name: string, min = 0, max = Number.MAX_SAFE_INTEGER): (text: string) => number {
  return (text) => {
    const value = Number(text);
    if (!/^\d+$/.test(text) || value < min || value > max) {
      const range = max === Number.MAX_SAFE_INTEGER ? `of at least ${min}` : `from ${min} to ${max}`;
      throw usageError("E_USAGE_NUMBER", `${name} must be a whole number ${range}; got "${text}"`, { where: name });
    }
    return value;
  };
}

/** Parser of an option that takes a number above `above` and below `below`. Throws E_USAGE_NUMBER. */
export function numberBetween(name: string, above: number, below: number): (text: string) => number {
  return (text) => {
    const value = Number(text);
    if (text.trim() === "" || !(value > above && value < below)) {
      const range = below === Number.POSITIVE_INFINITY ? `more than ${above}` : `between ${above} and ${below}`;
      throw usageError("E_USAGE_NUMBER", `${name} must be a number ${range}; got "${text}"`, { where: name });
    }
    return value;
  };
}

/** Parser of an option that takes a number; the library says which are allowed. Throws E_USAGE_NUMBER. */
export function anyNumber(name: string, example: string): (text: string) => number {
  return (text) => {
    const value = Number(text);
    if (text.trim() !== "" && !Number.isNaN(value)) return value;
    throw usageError("E_USAGE_NUMBER", `${name} must be a number; got "${text}"`, {
      where: name,
      hint: `for example ${name} ${example}`,
    });
  };
}

/** Parser of an option that takes one of a few words. Throws E_USAGE_VALUE. */
export function oneOf<T extends string>(name: string, words: readonly T[]): (text: string) => T {
  return (text) => {
    const word = words.find((candidate) => candidate === text);
    if (word !== undefined) return word;
    throw usageError("E_USAGE_VALUE", `${name} must be one of ${words.join(", ")}; got "${text}"`, { where: name });
  };
}
