import { acceptsExp } from "./accepts-exp.js";
import { makeDiscreteLaplace } from "./discrete-laplace.js";
import { type Fraction, fractionOf } from "./fraction.js";
import type { RandomIntegers } from "./random-integers.js";

/**
 * Exact draws of the discrete Gaussian N_Z(0, sigma^2), P(y) ~ exp(-y^2 / 2 sigma^2), by rejection from the discrete Laplace
 * (Canonne, Kamath and Steinke 2020, arXiv:2004.00010, algorithm 3): whole numbers only, no rounding anywhere.
 */
export function makeDiscreteGaussian({ numerator, denominator }: Fraction, integers: RandomIntegers): () => number {
  const [n, d] = [numerator ** 2n, denominator ** 2n];
  const scale = numerator / denominator + 1n;
  const unit = scale * d;
  const whole = 2n * n * unit * scale;
  const drawProposal = makeDiscreteLaplace(fractionOf(Number(scale)), integers);
  return () => {
    for (;;) {
      const y = drawProposal();
      // (|y| - sigma^2 / scale)^2 / (2 sigma^2) = (|y| scale d - n)^2 / (2 n d scale^2)
      const gap = BigInt(Math.abs(y)) * unit - n;
      if (acceptsExp(gap * gap, whole, integers)) return y;
    }
  };
}
