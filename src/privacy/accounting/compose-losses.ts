import FFT from "fft.js";
import { type GridLoss, type PrivacyLoss, toGrid } from "./privacy-loss.js";

/** Where the sum of losses is computed. */
export interface LossWindow {
  /** Distance of the grid's points. */
  readonly interval: number;
  /** The loss that is looked at, about the epsilon that is sought: figures are exact there, relative to their size. */
  readonly target: number;
  /** A bound of the sum of finite losses. */
  readonly greatest: number;
  /** A bound of the root of the sum of squares: each loss's moments E[exp(r loss)] are at most exp(r (r + 1) spread^2 / 2). */
  readonly spread: number;
}

/** Spreads below the target that the window holds. */
const BELOW = 6;
/** The tail beyond the window, relative to that beyond the target: exp(-this). */
const BEYOND = 28;
/** Relative error of one stage of a transform, in the 2-norm (Higham 2002, Accuracy and Stability, theorem 24.2: 7.4e-16). */
const ROUNDING = 1e-15;

/**
 * The losses of independent releases together, by a fast Fourier transform. Probabilities are tilted by exp(rate x loss) so that
 * their bulk lies at the target: round-off, which is relative to the bulk, is then small beside the tail that delta is made of.
 * Everything is rounded up: the tail beyond the window becomes an infinite loss (Chernoff), what wraps around only adds, and a
 * bound of the round-off is added to each point.
 */
export function composeLosses(parts: readonly PrivacyLoss[], window: LossWindow): GridLoss {
  const { interval, target, greatest, spread } = window;
  const rate = Math.max(0, target / spread ** 2 - 0.5);
  const low = Math.floor((target - BELOW * spread) / interval);
  const distance = target / spread - spread / 2;
  const high = Math.min(greatest, spread * (spread / 2 + Math.sqrt(distance ** 2 + 2 * BEYOND)));
  const size = 2 ** Math.ceil(Math.log2(Math.max(2, high / interval - low + parts.length + 1)));
  const { masses: tilted, logMoment } = convolve(
    parts.map((part) => toGrid(part, interval)),
    { rate, low, size },
  );
  const roundOff = (parts.length + 1) * (Math.log2(size) + 3) * ROUNDING;
  const last = Math.ceil(greatest / interval) + parts.length;
  const masses = tilted.map((mass, i) =>
    low + i > last ? 0 : (Math.max(0, mass) + roundOff) * Math.exp(logMoment - rate * (low + i) * interval),
  );
  const end = ((low + size) * interval) / spread - spread / 2;
  const beyond = low + size > last ? 0 : Math.exp((-end * end) / 2);
  return { interval, start: low, masses, infinite: parts.reduce((sum, { infinite }) => sum + infinite, beyond) };
}

/** The sum's tilted masses from grid point `low` on, cyclically [size]. */
function convolve(
  parts: readonly GridLoss[],
  { rate, low, size }: { readonly rate: number; readonly low: number; readonly size: number },
): { readonly masses: Float64Array; readonly logMoment: number } {
  const fft = new FFT(size);
  const product: number[] = fft.createComplexArray();
  for (let i = 0; i <= size; i += 2) product[i] = 1;
  const spectrum: number[] = fft.createComplexArray();
  let logMoment = 0;
  let offset = 0;
  for (const part of parts) {
    const { wrapped, logMoment: ofPart } = tilt(part, rate, size);
    fft.realTransform(spectrum, wrapped);
    multiplyHalf(product, spectrum, size);
    logMoment += ofPart;
    offset += part.start;
  }
  fft.completeSpectrum(product);
  const sum: number[] = fft.createComplexArray();
  fft.inverseTransform(sum, product);
  const masses = Float64Array.from({ length: size }, (_, i) => sum[2 * mod(low + i - offset, size)]!);
  return { masses, logMoment };
}

/** Masses x exp(rate x loss), summing to 1, laid around a circle of `size` points; and the log of what they summed to. */
function tilt({ interval, start, masses }: GridLoss, rate: number, size: number) {
  const wrapped = new Float64Array(size);
  const middle = start + masses.length / 2; // keeps exp within its range
  let moment = 0;
  for (let i = 0; i < masses.length; i++) {
    const mass = masses[i]! * Math.exp(rate * (start + i - middle) * interval);
    wrapped[i % size]! += mass;
    moment += mass;
  }
  for (let i = 0; i < size; i++) wrapped[i]! /= moment;
  return { wrapped, logMoment: Math.log(moment) + rate * middle * interval };
}

/** product *= spectrum, frequencies 0..size/2. */
function multiplyHalf(product: number[], spectrum: readonly number[], size: number): void {
  for (let i = 0; i <= size; i += 2) {
    const [a, b, c, d] = [product[i]!, product[i + 1]!, spectrum[i]!, spectrum[i + 1]!];
    product[i] = a * c - b * d;
    product[i + 1] = a * d + b * c;
  }
}

function mod(value: number, size: number): number {
  return ((value % size) + size) % size;
}
