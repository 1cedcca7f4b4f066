/** An estimate and the variance of its noise. */
export interface NoisyNumber {
  readonly value: number;
  readonly variance: number;
}

/** Independent estimates of one number, weighted by their precisions: no weighted mean has less noise. */
export function combineEstimates(estimates: readonly NoisyNumber[]): NoisyNumber {
  const precision = estimates.reduce((sum, { variance }) => sum + 1 / variance, 0);
  const weighted = estimates.reduce((sum, { value, variance }) => sum + value / variance, 0);
  return { value: weighted / precision, variance: 1 / precision };
}
