import { type PrivacyLoss, toGrid } from "./privacy-loss.js";

/** Places beyond so many sigmas have a probability below 1e-40: they are counted as an infinite loss. */
const REACH = 13.6;

/**
 * The privacy loss of a whole number released with discrete Gaussian noise, which one row changes by 1: log of
 * exp(-x^2 / 2 sigma^2) over exp(-(x - 1)^2 / 2 sigma^2). The same whether a row is added or removed.
 *
 * @param sigma the noise's scale, more than 0
 */
export function discreteGaussianLoss(sigma: number, interval: number): PrivacyLoss {
  const reach = Math.ceil(REACH * sigma) + 1;
  const places = Float64Array.from({ length: 2 * reach + 1 }, (_, i) => i - reach);
  const weights = places.map((x) => Math.exp(-(x * x) / (2 * sigma * sigma)));
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  const losses = places.map((x) => (1 - 2 * x) / (2 * sigma * sigma));
  return toGrid(
    losses,
    weights.map((weight) => weight / total),
    interval,
  );
}
