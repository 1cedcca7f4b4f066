import { acceptsExp } from "./accepts-exp.js";
import type { Fraction } from "./fraction.js";
import type { RandomIntegers } from "./random-integers.js";

/**
 * Exact draws of the discrete Laplace, P(y) ~ exp(-|y| / scale) (Canonne, Kamath and Steinke 2020, arXiv:2004.00010,
 * algorithm 2): whole numbers only, no rounding anywhere.
 *
 * @param scale its numerator at most 2^53
 */
export function makeDiscreteLaplace({ numerator, denominator }: Fraction, integers: RandomIntegers): () => number {
  const steps = Number(numerator);
  return () => {
    for (;;) {
      const rest = BigInt(integers.below(steps));
      if (!acceptsExp(rest, numerator, integers)) continue;
      let rounds = 0n;
      while (acceptsExp(1n, 1n, integers)) rounds++;
      const magnitude = Number((rest + numerator * rounds) / denominator);
      const isNegative = integers.below(2) === 1;
      if (isNegative && magnitude === 0) continue;
      return isNegative ? -magnitude : magnitude;
    }
  };
}
