import { scaledErfc } from "../../stats/scaled-erfc.js";

/**
 * Gaussian differential privacy (Dong, Roth and Su 2022, doi:10.1111/rssb.12454): a release with Gaussian noise of scale sigma
 * and L2 sensitivity S costs mu = S / sigma; releases together cost the root of the sum of squares.
 *
 * @returns the least delta with which mu-GDP is (epsilon, delta)-DP (their corollary 2.13), exact to 1e-14
 */
export function deltaOfGaussian(mu: number, epsilon: number): number {
  if (mu === 0) return 0;
  const near = (epsilon / mu - mu / 2) / Math.SQRT2;
  const far = (epsilon / mu + mu / 2) / Math.SQRT2;
  // e^epsilon exp(-far^2) = exp(-near^2): both terms share one factor.
  return 0.5 * Math.exp(-near * near) * (scaledErfc(near) - scaledErfc(far));
}

/** The least epsilon with which mu-GDP is (epsilon, delta)-DP; 0 where delta alone covers it. */
export function epsilonOfGaussian(mu: number, delta: number): number {
  return firstWith((epsilon) => deltaOfGaussian(mu, epsilon) <= delta)[1];
}

/** The greatest mu that is (epsilon, delta)-DP: a whole budget in one number. */
export function gaussianBudget(epsilon: number, delta: number): number {
  return firstWith((mu) => deltaOfGaussian(mu, epsilon) > delta)[0];
}

/** The last value found without and the first with `holds`, which is true from some value >= 0 on; by bisection. */
function firstWith(holds: (value: number) => boolean): [without: number, first: number] {
  if (holds(0)) return [0, 0];
  let [without, first] = [0, 1];
  while (!holds(first)) [without, first] = [first, 2 * first];
  for (let middle = (without + first) / 2; middle > without && middle < first; middle = (without + first) / 2) {
    if (holds(middle)) first = middle;
    else without = middle;
  }
  return [without, first];
}
