import { sortedOrder } from "./sorted-order.js";

/**
 * Variance of the area under the ROC curve, by the method of DeLong et al. (1988, doi:10.2307/2531595) on midranks
 * (Sun and Xu 2014, doi:10.1109/LSP.2014.2337313). Rows are taken as independent.
 * @param scores [rows], finite
 * @param labels [rows], 1 is positive, anything else negative
 * @returns the variance, or NaN with fewer than two rows of a class
 */
export function aucVariance(scores: ArrayLike<number>, labels: ArrayLike<number>): number {
  const positives: number[] = [];
  const negatives: number[] = [];
  for (let row = 0; row < scores.length; row++) (labels[row] === 1 ? positives : negatives).push(scores[row]!);
  const m = positives.length;
  const n = negatives.length;
  if (m < 2 || n < 2) return Number.NaN;
  const all = midranks([...positives, ...negatives]);
  const own = midranks(positives);
  const other = midranks(negatives);
  // A row's placement: the share of the other class that lies on its right side.
  const positivePlacement = own.map((rank, i) => (all[i]! - rank) / n);
  const negativePlacement = other.map((rank, i) => 1 - (all[m + i]! - rank) / m);
  return spread(positivePlacement) / m + spread(negativePlacement) / n;
}

/** Ranks from 1, ties share their mean. */
function midranks(values: ArrayLike<number>): Float64Array {
  const order = sortedOrder(values);
  const ranks = new Float64Array(values.length);
  let start = 0;
  while (start < order.length) {
    let end = start + 1;
    while (end < order.length && values[order[end]!] === values[order[start]!]) end++;
    for (let i = start; i < end; i++) ranks[order[i]!] = (start + 1 + end) / 2;
    start = end;
  }
  return ranks;
}

/** Sample variance in one pass over a typed array (simple-statistics' takes three over boxed numbers). */
function spread(values: Float64Array): number {
  let mean = 0;
  for (const value of values) mean += value / values.length;
  let sum = 0;
  for (const value of values) sum += (value - mean) ** 2;
  return sum / (values.length - 1);
}
