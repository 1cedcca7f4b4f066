import type { WilsonInterval } from "./wilson-interval.js";

/** What is known of a sample of values in 0..1. */
export interface BoundedMean {
  /** Mean of the values; without values it does not count. */
  readonly mean: number;
  /** Mean squared deviation from the mean, mean (1 - mean) at most. */
  readonly variance: number;
  readonly n: number;
}

/**
 * Interval of the mean of values in 0..1 in Wilson's form, with the sample's own variance: of zeros and ones it is Wilson's
 * interval, and a sample of equal values has an interval of some width too. z = 1.96 is 95 %. Without values it is 0..1.
 */
export function boundedMeanInterval({ mean, variance, n }: BoundedMean, z = 1.96): WilsonInterval {
  const denominator = n + z * z;
  const center = ((n === 0 ? 0 : mean * n) + (z * z) / 2) / denominator;
  const error = (z / denominator) * Math.sqrt((n === 0 ? 0 : variance * n) + (z * z) / 4);
  return { center, error, low: Math.max(0, center - error), high: Math.min(1, center + error) };
}
