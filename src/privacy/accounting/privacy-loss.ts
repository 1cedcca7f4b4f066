import FFT from "fft.js";

/**
 * The distribution of a mechanism's privacy loss log(P(x) / Q(x)) under P, on a grid: an upper bound of the true one
 * (it dominates it in every hockey-stick divergence).
 */
export interface PrivacyLoss {
  /** Distance of the grid's points. */
  readonly interval: number;
  /** The first point, as a multiple of `interval`. */
  readonly start: number;
  /** Probability of each point. */
  readonly masses: Float64Array;
  /** Probability of an infinite loss. */
  readonly infinite: number;
}

/** Probability that a truncation may move to an infinite loss. */
const TAIL = 1e-15;

/**
 * The smallest grid distribution that dominates losses known one by one: each loss's probability is shared out over its two
 * neighbours such that it and its part of Q stay what they are ("connect the dots", Doroshenko et al. 2022,
 * arXiv:2207.04380).
 *
 * @param losses ascending or descending, finite
 * @param probabilities of the losses under P
 */
export function toGrid(losses: Float64Array, probabilities: Float64Array, interval: number): PrivacyLoss {
  const places = losses.map((loss) => Math.floor(loss / interval));
  const start = Math.min(places[0]!, places[places.length - 1]!);
  const masses = new Float64Array(Math.abs(places[0]! - places[places.length - 1]!) + 2);
  const whole = -Math.expm1(-interval);
  losses.forEach((loss, i) => {
    const upper = Math.min(1, -Math.expm1(places[i]! * interval - loss) / whole);
    masses[places[i]! - start]! += probabilities[i]! * (1 - upper);
    masses[places[i]! - start + 1]! += probabilities[i]! * upper;
  });
  return { interval, start, masses, infinite: 0 };
}

/** The losses of independent releases together, each `count` times; all on one grid. */
export function composeLosses(parts: readonly { readonly loss: PrivacyLoss; readonly count: number }[]): PrivacyLoss {
  const interval = parts[0]!.loss.interval;
  const [low, high] = boundsOf(parts, interval);
  const size = 2 ** Math.ceil(Math.log2(Math.max(2, high - low + 1)));
  const fft = new FFT(size);
  const total = new Float64Array(2 * size);
  for (let i = 0; i < size; i++) total[2 * i] = 1;
  let finite = 1;
  let offset = 0;
  for (const { loss, count } of parts) {
    const wrapped = new Array<number>(size).fill(0);
    loss.masses.forEach((mass, i) => {
      wrapped[i % size]! += mass;
    });
    const spectrum: number[] = fft.createComplexArray();
    fft.realTransform(spectrum, wrapped);
    fft.completeSpectrum(spectrum);
    multiplyPower(total, spectrum, count);
    finite *= (1 - loss.infinite) ** count;
    offset += loss.start * count;
  }
  const out: number[] = fft.createComplexArray();
  fft.inverseTransform(out, Array.from(total));
  const masses = new Float64Array(high - low + 1);
  for (let i = 0; i < masses.length; i++) masses[i] = Math.max(0, out[2 * mod(low + i - offset, size)]!);
  return { interval, start: low, masses, infinite: Math.min(1, 1 - finite + 2 * TAIL) };
}

/** Probability that the loss passes epsilon by more than chance: the hockey-stick divergence, delta. */
export function deltaOf({ interval, start, masses, infinite }: PrivacyLoss, epsilon: number): number {
  let delta = infinite;
  for (let i = masses.length - 1; i >= 0; i--) {
    const over = (start + i) * interval - epsilon;
    if (over <= 0) break;
    delta += masses[i]! * -Math.expm1(-over);
  }
  return delta;
}

/** The least epsilon >= 0 with which delta holds; Infinity where none does. */
export function epsilonOf(loss: PrivacyLoss, delta: number): number {
  if (loss.infinite > delta) return Number.POSITIVE_INFINITY;
  let mass = loss.infinite;
  let weighted = 0; // sum of masses x e^-eps
  for (let i = loss.masses.length - 1; i >= 0; i--) {
    const at = (loss.start + i) * loss.interval;
    if (at < 0) break;
    mass += loss.masses[i]!;
    weighted += loss.masses[i]! * Math.exp(-at);
    // delta(eps) = mass - e^eps weighted for eps between the next point below and this one
    const epsilon = Math.log((mass - delta) / weighted);
    const below = at - loss.interval;
    if (epsilon > below) return Math.max(0, Math.min(epsilon, at));
  }
  return 0;
}

function multiplyPower(total: Float64Array, spectrum: readonly number[], count: number): void {
  for (let i = 0; i < total.length; i += 2) {
    const [re, im] = [spectrum[i]!, spectrum[i + 1]!];
    const radius = Math.hypot(re, im) ** count;
    const angle = Math.atan2(im, re) * count;
    const [powRe, powIm] = [radius * Math.cos(angle), radius * Math.sin(angle)];
    const [a, b] = [total[i]!, total[i + 1]!];
    total[i] = a * powRe - b * powIm;
    total[i + 1] = a * powIm + b * powRe;
  }
}

/** Points that hold all but `TAIL` of the sum at either end (Chernoff's bound). */
function boundsOf(
  parts: readonly { readonly loss: PrivacyLoss; readonly count: number }[],
  interval: number,
): [low: number, high: number] {
  const end = (sign: 1 | -1): number => {
    const least = parts.reduce((sum, { loss, count }) => {
      const extreme = sign > 0 ? loss.start + loss.masses.length - 1 : loss.start;
      return sum + sign * extreme * interval * count;
    }, 0);
    let best = least;
    for (let power = -4; power <= 14; power += 0.25) {
      const rate = 2 ** power;
      const cumulant = parts.reduce((sum, { loss, count }) => sum + count * logMoment(loss, sign * rate), 0);
      best = Math.min(best, (cumulant - Math.log(TAIL)) / rate);
    }
    return best;
  };
  return [-Math.ceil(end(-1) / interval), Math.ceil(end(1) / interval)];
}

/** log E[exp(rate x loss)] of the finite losses. */
function logMoment({ interval, start, masses }: PrivacyLoss, rate: number): number {
  const exponent = (i: number) => rate * (start + i) * interval;
  let most = Number.NEGATIVE_INFINITY;
  masses.forEach((mass, i) => {
    if (mass > 0) most = Math.max(most, exponent(i) + Math.log(mass));
  });
  let sum = 0;
  masses.forEach((mass, i) => {
    if (mass > 0) sum += Math.exp(exponent(i) + Math.log(mass) - most);
  });
  return most + Math.log(sum);
}

function mod(value: number, size: number): number {
  return ((value % size) + size) % size;
}
