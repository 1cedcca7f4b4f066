import { quantileSorted } from "simple-statistics";

/** Quantiles of an ascending array by simple-statistics' rule (the mean of two values at a boundary), [shares]; none of nothing. */
export function quantiles(sorted: Float64Array, shares: readonly number[]): number[] {
  if (sorted.length === 0) return [];
  const list = Array.from(sorted);
  return shares.map((share) => quantileSorted(list, share));
}
