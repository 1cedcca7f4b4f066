import type { PrivacyLoss } from "./privacy-loss.js";

/** Sums beyond so many of their standard deviations count as an infinite loss; their probability is below 2 exp(-reach^2 / 2). */
const REACH = 10;
/** From this scale on, the sum of discrete Gaussians is one, to a factor within 1e-12 of 1 for 10,000 of them. */
const LEAST_CLOSED = 2;
/**
 * Of a sum whose standard deviation is larger, only so many points a standard deviation are looked at. By the midpoint rule that changes
 * probabilities within REACH by a factor of at most 1 + REACH^2 / (24 FINEST^2) = 1 + 4e-6.
 */
const FINEST = 1024;

/**
 * The privacy loss of `changes` whole numbers released with discrete Gaussian noise, each of which one row changes by 1: the sum
 * of log of exp(-x^2 / 2 sigma^2) over exp(-(x - 1)^2 / 2 sigma^2), which hangs on the sum of the noise alone. The same whether a
 * row is added or removed. Discrete Gaussians have the continuous one's tails (Canonne, Kamath and Steinke 2020,
 * arXiv:2004.00010, lemma 24); sums of them: Kairouz, Liu and Steinke 2021, arXiv:2102.06387, theorem 5.
 *
 * @param sigma the noise's scale, more than 0
 */
export function discreteGaussianLoss(sigma: number, changes: number): PrivacyLoss {
  const { step, weights } = sigma < LEAST_CLOSED ? addedUp(sigma, changes) : closedForm(sigma, changes);
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  const reach = (weights.length - 1) / 2;
  return {
    losses: weights.map((_, i) => (changes - 2 * step * (i - reach)) / (2 * sigma * sigma)),
    probabilities: weights.map((weight) => weight / total),
    infinite: 2 * Math.exp(-(REACH ** 2) / 2),
  };
}

/** Weights of sums, at every `step`-th whole number around 0. */
interface SumWeights {
  readonly step: number;
  readonly weights: Float64Array<ArrayBuffer>;
}

function closedForm(sigma: number, changes: number): SumWeights {
  const spread = sigma * Math.sqrt(changes);
  const step = Math.ceil(spread / FINEST);
  return { step, weights: gaussianWeights(spread / step) };
}

/** By convolutions of non-negative numbers, which lose no digits. */
function addedUp(sigma: number, changes: number): SumWeights {
  const most = Math.ceil(REACH * sigma * Math.sqrt(changes)) + 1;
  let power = gaussianWeights(sigma);
  let weights = Float64Array.of(1);
  for (let rest = changes; rest > 0; rest = Math.floor(rest / 2)) {
    if (rest % 2 === 1) weights = convolve(weights, power, most);
    if (rest > 1) power = convolve(power, power, most);
  }
  return { step: 1, weights };
}

function gaussianWeights(sigma: number): Float64Array<ArrayBuffer> {
  const reach = Math.ceil(REACH * sigma) + 1;
  return Float64Array.from({ length: 2 * reach + 1 }, (_, i) => Math.exp(-0.5 * ((i - reach) / sigma) ** 2));
}

/** Both centred; of the result at most `most` places on either side are kept. It sums to 1. */
function convolve(a: Float64Array, b: Float64Array, most: number): Float64Array<ArrayBuffer> {
  const cut = Math.max(0, (a.length + b.length - 2) / 2 - most);
  const sums = new Float64Array(a.length + b.length - 1);
  for (let i = 0; i < a.length; i++) for (let j = 0; j < b.length; j++) sums[i + j]! += a[i]! * b[j]!;
  const kept = sums.slice(cut, sums.length - cut);
  const total = kept.reduce((sum, weight) => sum + weight, 0);
  return kept.map((weight) => weight / total);
}
