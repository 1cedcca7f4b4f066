import { quantileSorted } from "simple-statistics";
import { asNumbers } from "./as-numbers.js";

/** Quantiles of an ascending array, interpolated linearly between values (type 7 of Hyndman and Fan 1996), [shares]; none of nothing. */
export function quantiles(sorted: Float64Array, shares: readonly number[]): number[] {
  return sorted.length === 0 ? [] : shares.map((share) => quantileSorted(asNumbers(sorted), share));
}
