import { sortedOrder } from "./sorted-order.js";

/**
 * Variance of the area under the ROC curve, by the method of DeLong et al. (1988, doi:10.2307/2531595): the spread of the
 * rows' placements, each the share of the other class that lies on its right side, ties half. Rows are taken as independent.
 * @param scores [rows], finite
 * @param labels [rows], 1 is positive, anything else negative
 * @returns the variance, or NaN with fewer than two rows of a class
 */
export function aucVariance(scores: ArrayLike<number>, labels: ArrayLike<number>): number {
  const order = sortedOrder(scores);
  let positives = 0;
  for (let row = 0; row < order.length; row++) positives += labels[row] === 1 ? 1 : 0;
  const negatives = order.length - positives;
  if (positives < 2 || negatives < 2) return Number.NaN;
  const positivePlacements = makeSpread();
  const negativePlacements = makeSpread();
  let positivesBelow = 0;
  let negativesBelow = 0;
  for (let start = 0, end = 0; start < order.length; start = end) {
    const before = positivesBelow;
    do {
      positivesBelow += labels[order[end]!] === 1 ? 1 : 0;
      end++;
    } while (end < order.length && scores[order[end]!] === scores[order[start]!]);
    const tiedPositives = positivesBelow - before;
    const tiedNegatives = end - start - tiedPositives;
    addToSpread(positivePlacements, (negativesBelow + tiedNegatives / 2) / negatives, tiedPositives);
    addToSpread(negativePlacements, 1 - (before + tiedPositives / 2) / positives, tiedNegatives);
    negativesBelow += tiedNegatives;
  }
  return sampleVariance(positivePlacements) / positives + sampleVariance(negativePlacements) / negatives;
}

/** Mean and sum of squared deviations of values that come one after the other (Welford 1962). */
interface Spread {
  count: number;
  mean: number;
  squares: number;
}

function makeSpread(): Spread {
  return { count: 0, mean: 0, squares: 0 };
}

function addToSpread(spread: Spread, value: number, times: number): void {
  if (times === 0) return;
  const before = spread.count;
  spread.count += times;
  const distance = value - spread.mean;
  spread.mean += (distance * times) / spread.count;
  spread.squares += (distance * distance * times * before) / spread.count;
}

function sampleVariance({ squares, count }: Spread): number {
  return squares / (count - 1);
}
