import type { RandomIntegers } from "./random-integers.js";

const BITS = 32;
const RANGE = 2 ** BITS;

/**
 * True with probability exp(-a / b), exactly; a >= 0, b > 0 (Canonne, Kamath and Steinke 2020, arXiv:2004.00010, algorithm 1).
 */
export function acceptsExp(a: bigint, b: bigint, integers: RandomIntegers): boolean {
  let rest = a;
  while (rest > b) {
    if (!acceptsExpBelowOne(1n, 1n, integers)) return false;
    rest -= b;
  }
  return acceptsExpBelowOne(rest, b, integers);
}

/** The same for a <= b: k is the first with a uniform number above (a / b) / k, and it is odd. */
function acceptsExpBelowOne(a: bigint, b: bigint, integers: RandomIntegers): boolean {
  const ratio = (Number(a) / Number(b)) * RANGE;
  let k = 1;
  while (isBelow(ratio / k, a, b, k, integers)) k++;
  return k % 2 === 1;
}

/**
 * True with probability a / (b k), exactly: the first digit in which a uniform number and a / (b k) differ decides. `ratio`, the
 * same in units of the first digit, is exact to 1e-5, and is enough for all but a few draws in 2^32.
 */
function isBelow(ratio: number, a: bigint, b: bigint, k: number, integers: RandomIntegers): boolean {
  let drawn = integers.below(RANGE);
  if (drawn + 2 < ratio) return true;
  if (drawn - 1 > ratio) return false;
  const whole = b * BigInt(k);
  for (let rest = a; ; drawn = integers.below(RANGE)) {
    if (rest >= whole) return true;
    rest <<= BigInt(BITS);
    const digit = Number(rest / whole);
    rest %= whole;
    if (drawn !== digit) return drawn < digit;
    if (rest === 0n) return false;
  }
}
