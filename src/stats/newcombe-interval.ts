import { wilsonInterval } from "./wilson-interval.js";

/** A count of successes among trials. */
export interface Successes {
  readonly successes: number;
  readonly trials: number;
}

/**
 * Interval, by default at 95 % (`z` 1.96), of the difference p_a - p_b of two independent proportions, from their Wilson intervals (Newcombe 1998,
 * doi:10.1002/(SICI)1097-0258(19980430)17:8<873::AID-SIM779>3.0.CO;2-I, method 10). Both must have trials.
 * @returns low and high, in -1..1
 */
export function newcombeInterval(
  a: Successes,
  b: Successes,
  z = 1.96,
): { readonly low: number; readonly high: number } {
  const [p, q] = [a.successes / a.trials, b.successes / b.trials];
  const [left, right] = [wilsonInterval(a.successes, a.trials, z), wilsonInterval(b.successes, b.trials, z)];
  return {
    low: p - q - Math.hypot(p - left.low, right.high - q),
    high: p - q + Math.hypot(left.high - p, q - right.low),
  };
}
