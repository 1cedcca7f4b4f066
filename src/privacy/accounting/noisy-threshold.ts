/** Places beyond so many sigmas are bounded, not added up. */
const REACH = 13;
/** What floating-point sums may lose, relative to their size. */
const RELATIVE = 1e-12;

/**
 * The probability that discrete Gaussian noise takes a count of 1 to `threshold` or above: what it costs in delta to publish
 * every value whose noisy count reaches the threshold, for each column. Never below the true one; 1 for thresholds up to 1.
 *
 * @param sigma the noise's scale, more than 0
 */
export function deltaOfThreshold(sigma: number, threshold: number): number {
  const from = Math.ceil(threshold) - 1;
  if (from <= 0) return 1;
  const reach = Math.ceil(REACH * sigma);
  const total = 1 + 2 * sumOfWeights(sigma, 1, reach);
  const last = from + reach;
  // Beyond `last` each weight is below the one before it by a factor of exp(-last / sigma^2) at least.
  const beyond = weightOf(sigma, last + 1) / -Math.expm1(-last / (sigma * sigma));
  return Math.min(1, ((sumOfWeights(sigma, from, last) + beyond) / total) * (1 + RELATIVE));
}

/** The least whole threshold that costs no more than `delta`, in 0..1 exclusive, for each column. */
export function thresholdOfDelta(sigma: number, delta: number): number {
  let [below, enough] = [1, 2];
  while (deltaOfThreshold(sigma, enough) > delta) [below, enough] = [enough, 2 * enough];
  while (enough - below > 1) {
    const middle = Math.floor((below + enough) / 2);
    if (deltaOfThreshold(sigma, middle) > delta) below = middle;
    else enough = middle;
  }
  return enough;
}

function sumOfWeights(sigma: number, from: number, to: number): number {
  let sum = 0;
  for (let x = from; x <= to; x++) sum += weightOf(sigma, x);
  return sum;
}

function weightOf(sigma: number, x: number): number {
  return Math.exp(-0.5 * (x / sigma) ** 2);
}
