import type { RandomStream } from "../../core/random.js";
import { makeDiscreteGaussian } from "./discrete-gaussian.js";
import { makeDiscreteLaplace } from "./discrete-laplace.js";
import { type Fraction, fractionOf } from "./fraction.js";
import { integersFrom, secureIntegers } from "./random-integers.js";

/** Whole-numbered noise, drawn exactly: of just the scale that the ledger has. */
export interface NoiseSource {
  /** seeded: not private, for tests. */
  readonly kind: "secure" | "seeded";
  /** A discrete Gaussian, P(x) ~ exp(-x^2 / 2 sigma^2). Throws RangeError unless sigma is positive and finite. */
  readonly gaussian: (sigma: number) => number;
  /** A discrete Laplace, P(x) ~ exp(-|x| / scale). Throws RangeError unless the scale is positive and finite. */
  readonly laplace: (scale: number) => number;
}

/** Noise from the operating system's cryptographic generator, or from a seeded stream: whoever knows the seed knows the noise. */
export function makeNoise(random?: RandomStream): NoiseSource {
  const integers = random === undefined ? secureIntegers() : integersFrom(() => random.uint32());
  return {
    kind: random === undefined ? "secure" : "seeded",
    gaussian: byScale((sigma) => makeDiscreteGaussian(sigma, integers)),
    laplace: byScale((scale) => makeDiscreteLaplace(scale, integers)),
  };
}

/** Keeps the sampler of the last scale: thousands of numbers in a row have the same. */
function byScale(makeSampler: (scale: Fraction) => () => number): (scale: number) => number {
  let last = Number.NaN;
  let draw = () => 0;
  return (scale) => {
    if (scale !== last) {
      draw = makeSampler(fractionOf(scale));
      last = scale;
    }
    return draw();
  };
}
