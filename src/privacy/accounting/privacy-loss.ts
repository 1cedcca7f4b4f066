/**
 * The distribution of a mechanism's privacy loss log(P(x) / Q(x)) under P: an upper bound of the true one (it dominates it in
 * every hockey-stick divergence).
 */
export interface PrivacyLoss {
  /** Ascending or descending, finite. */
  readonly losses: Float64Array;
  /** Probability of each loss. */
  readonly probabilities: Float64Array;
  /** Probability of an infinite loss. */
  readonly infinite: number;
}

/** A privacy loss on a grid. */
export interface GridLoss {
  /** Distance of the grid's points. */
  readonly interval: number;
  /** The first point, as a multiple of `interval`. */
  readonly start: number;
  /** Probability of each point. */
  readonly masses: Float64Array;
  readonly infinite: number;
}

/**
 * The smallest grid distribution that dominates the given one: each loss's probability is shared out over its two neighbours
 * such that it and its part of Q stay what they are ("connect the dots", Doroshenko et al. 2022, arXiv:2207.04380).
 */
export function toGrid({ losses, probabilities, infinite }: PrivacyLoss, interval: number): GridLoss {
  const [first, last] = [losses[0]!, losses[losses.length - 1]!];
  const start = Math.floor(Math.min(first, last) / interval);
  const masses = new Float64Array(Math.floor(Math.max(first, last) / interval) - start + 2);
  const whole = -Math.expm1(-interval);
  for (let i = 0; i < losses.length; i++) {
    const place = Math.floor(losses[i]! / interval);
    const upper = Math.min(1, Math.max(0, -Math.expm1(place * interval - losses[i]!) / whole));
    masses[place - start]! += probabilities[i]! * (1 - upper);
    masses[place - start + 1]! += probabilities[i]! * upper;
  }
  return { interval, start, masses, infinite };
}

/** The least epsilon >= 0 with which delta holds; Infinity where none does. No less than the first point of the grid. */
export function epsilonOf({ interval, start, masses, infinite }: GridLoss, delta: number): number {
  if (infinite >= delta) return Number.POSITIVE_INFINITY;
  let mass = infinite;
  let weighted = 0; // sum of masses x e^-loss
  for (let i = masses.length - 1; i >= 0; i--) {
    const at = (start + i) * interval;
    if (at < 0) return 0;
    mass += masses[i]!;
    weighted += masses[i]! * Math.exp(-at);
    // delta(epsilon) = mass - e^epsilon weighted for epsilon between the next point below and this one.
    const epsilon = Math.log((mass - delta) / weighted);
    if (epsilon > at - interval) return Math.max(0, Math.min(epsilon, at));
  }
  return Math.max(0, start * interval);
}
