/** A proportion with Wilson's interval. */
export interface WilsonInterval {
  /** Wilson's centre (successes + z^2/2) / (trials + z^2), in 0..1. */
  readonly center: number;
  /** Half the interval's width. */
  readonly error: number;
  readonly low: number;
  readonly high: number;
}

/**
 * Wilson's score interval of a proportion (Wilson 1927, doi:10.1080/01621459.1927.10502953); z = 1.96 is 95 %.
 * `trials` may be an effective number (not whole). Without trials the interval is 0..1.
 */
export function wilsonInterval(successes: number, trials: number, z = 1.96): WilsonInterval {
  const denominator = trials + z * z;
  const center = (successes + (z * z) / 2) / denominator;
  const variance = trials > 0 ? (successes * (trials - successes)) / trials : 0;
  const error = (z / denominator) * Math.sqrt(variance + (z * z) / 4);
  return { center, error, low: Math.max(0, center - error), high: Math.min(1, center + error) };
}
