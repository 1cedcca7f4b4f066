import type { RandomIntegers } from "./random-integers.js";

/** A fraction of whole numbers below 2^53. */
export interface Fraction {
  readonly numerator: number;
  readonly denominator: number;
}

/**
 * An exact draw of the discrete Gaussian N_Z(0, variance), by rejection from the discrete Laplace (Canonne, Kamath and
 * Steinke 2020, arXiv:2004.00010, algorithm 3): whole numbers only, no rounding anywhere.
 */
export function drawDiscreteGaussian(variance: Fraction, integers: RandomIntegers): number {
  const scale = Math.floor(Math.sqrt(variance.numerator / variance.denominator)) + 1;
  const { numerator: n, denominator: d } = variance;
  for (;;) {
    const y = drawDiscreteLaplace(scale, integers);
    // (|y| - variance / scale)^2 / (2 variance) = (|y| scale d - n)^2 / (2 n d scale^2)
    const gap = BigInt(Math.abs(y)) * BigInt(scale) * BigInt(d) - BigInt(n);
    if (acceptsExp(gap * gap, 2n * BigInt(n) * BigInt(d) * BigInt(scale) ** 2n, integers)) return y;
  }
}

/** An exact draw of the discrete Laplace with P(y) ~ exp(-|y| / scale), scale a whole number (the same, algorithm 2). */
export function drawDiscreteLaplace(scale: number, integers: RandomIntegers): number {
  for (;;) {
    const u = integers.below(scale);
    if (!acceptsExpBelowOne(BigInt(u), BigInt(scale), integers)) continue;
    let v = 0;
    while (acceptsExpBelowOne(1n, 1n, integers)) v++;
    const magnitude = u + scale * v;
    const isNegative = integers.below(2) === 1;
    if (isNegative && magnitude === 0) continue;
    return isNegative ? -magnitude : magnitude;
  }
}

/** True with probability exp(-a / b), a >= 0, exactly (algorithm 1). */
function acceptsExp(a: bigint, b: bigint, integers: RandomIntegers): boolean {
  let rest = a;
  while (rest > b) {
    if (!acceptsExpBelowOne(1n, 1n, integers)) return false;
    rest -= b;
  }
  return acceptsExpBelowOne(rest, b, integers);
}

/** The same for a <= b: the parity of the first k with uniform > (a/b)/k. */
function acceptsExpBelowOne(a: bigint, b: bigint, integers: RandomIntegers): boolean {
  let k = 1n;
  while (isBelow(a, b * k, integers)) k++;
  return k % 2n === 1n;
}

/** True with probability a / b. */
function isBelow(a: bigint, b: bigint, integers: RandomIntegers): boolean {
  // Digit by digit in base 2^32: the first digit in which a uniform and a / b differ decides.
  let rest = a;
  for (;;) {
    if (rest >= b) return true;
    rest <<= 32n;
    const digit = Number(rest / b);
    rest %= b;
    const drawn = integers.below(4294967296);
    if (drawn !== digit) return drawn < digit;
    if (rest === 0n) return false;
  }
}
