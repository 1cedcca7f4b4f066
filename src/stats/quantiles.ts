import { quantileSorted } from "simple-statistics";

/** Quantiles of an ascending array, interpolated linearly between values (type 7 of Hyndman and Fan 1996), [shares]; none of nothing. */
export function quantiles(sorted: Float64Array, shares: readonly number[]): number[] {
  if (sorted.length === 0) return [];
  const list = Array.from(sorted);
  return shares.map((share) => quantileSorted(list, share));
}
