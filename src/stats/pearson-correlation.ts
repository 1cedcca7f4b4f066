import { addToMoments, correlationOf, makeMoments, originOf } from "./pair-moments.js";

/**
 * Pearson's correlation over the rows where neither side is NaN.
 * @returns -1..1, or NaN with fewer than two such rows or where a side is constant on them
 */
export function pearsonCorrelation(x: ArrayLike<number>, y: ArrayLike<number>): number {
  const moments = makeMoments(originOf(x), originOf(y));
  for (let row = 0; row < x.length; row++) addToMoments(moments, x[row]!, y[row]!);
  return correlationOf(moments);
}
