import type { RandomStream } from "../../core/random.js";
import { drawDiscreteGaussian, type Fraction } from "./discrete-gaussian.js";
import { integersFrom, secureIntegers } from "./random-integers.js";

/** Whole-numbered noise, drawn exactly. */
export interface NoiseSource {
  /** seeded: not private, for tests. */
  readonly kind: "secure" | "seeded";
  /** A discrete Gaussian whose scale is at least `sigma`, more by less than 1e-6 of its variance. */
  readonly gaussian: (sigma: number) => number;
}

const DENOMINATOR = 1_000_000;

/** Noise from the operating system's cryptographic generator, or from a seeded stream: whoever knows the seed knows the noise. */
export function makeNoise(random?: RandomStream): NoiseSource {
  const integers = random === undefined ? secureIntegers() : integersFrom(() => random.uint32());
  return {
    kind: random === undefined ? "secure" : "seeded",
    gaussian: (sigma) => drawDiscreteGaussian(varianceOf(sigma), integers),
  };
}

/** sigma^2 as a fraction, rounded up. */
function varianceOf(sigma: number): Fraction {
  const denominator = sigma < 1e4 ? DENOMINATOR : 1;
  return { numerator: Math.ceil(sigma * sigma * denominator), denominator };
}
