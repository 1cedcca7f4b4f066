/** 1 / (1 + exp(-score)): the probability of log-odds, 0..1. */
export function sigmoid(score: number): number {
  return 1 / (1 + Math.exp(-score));
}

/** log(sum over classes of exp(score)) of one row, without overflow. `scores` [classes] of [rows]. */
export function logSumExp(scores: readonly Float64Array[], row: number): number {
  let max = Number.NEGATIVE_INFINITY;
  for (const score of scores) max = Math.max(max, score[row]!);
  let sum = 0;
  for (const score of scores) sum += Math.exp(score[row]! - max);
  return max + Math.log(sum);
}

/**
 * The classes' probabilities of scores [classes] of [rows].
 * @returns [rows, classes], row by row; each row sums to 1
 */
export function softmaxRows(scores: readonly Float64Array[], rowCount: number): Float64Array {
  const out = new Float64Array(rowCount * scores.length);
  for (let row = 0; row < rowCount; row++) {
    const total = logSumExp(scores, row);
    for (let k = 0; k < scores.length; k++) out[row * scores.length + k] = Math.exp(scores[k]![row]! - total);
  }
  return out;
}
