import { sortedOrder } from "./sorted-order.js";

/**
 * Area under the ROC curve: P(score of a positive > score of a negative), ties counted half (Mann-Whitney's U over
 * n1 n0; Hanley and McNeil 1982, doi:10.1148/radiology.143.1.7063747).
 * @param scores [rows], finite
 * @param labels [rows], 1 is positive, anything else negative
 * @returns 0..1, or NaN if one of the classes has no row
 */
export function auc(scores: ArrayLike<number>, labels: ArrayLike<number>): number {
  const count = scores.length;
  const order = sortedOrder(scores);
  let positives = 0;
  let rankSum = 0;
  let start = 0;
  while (start < count) {
    let end = start + 1;
    while (end < count && scores[order[end]!] === scores[order[start]!]) end++;
    // Ranks start+1 .. end share their mean.
    const meanRank = (start + 1 + end) / 2;
    for (let i = start; i < end; i++) {
      if (labels[order[i]!] !== 1) continue;
      positives++;
      rankSum += meanRank;
    }
    start = end;
  }
  const negatives = count - positives;
  if (positives === 0 || negatives === 0) return Number.NaN;
  return (rankSum - (positives * (positives + 1)) / 2) / (positives * negatives);
}
