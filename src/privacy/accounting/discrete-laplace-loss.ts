import type { PrivacyLoss } from "./privacy-loss.js";

/**
 * The privacy loss of `changes` whole numbers released with discrete Laplace noise, P(x) ~ exp(-|x| / scale), each of which one
 * row changes by 1: +-1 / scale each, as a randomized response has it, so that their sum is binomial. The same whether a row is
 * added or removed.
 *
 * @param scale more than 0
 */
export function discreteLaplaceLoss(scale: number, changes: number): PrivacyLoss {
  const logMore = -Math.log1p(Math.exp(-1 / scale));
  const logLess = logMore - 1 / scale;
  const probabilities = new Float64Array(changes + 1);
  let logWays = 0;
  for (let more = 0; more <= changes; more++) {
    probabilities[more] = Math.exp(logWays + more * logMore + (changes - more) * logLess);
    logWays += Math.log((changes - more) / (more + 1));
  }
  return { losses: probabilities.map((_, more) => (2 * more - changes) / scale), probabilities, infinite: 0 };
}
