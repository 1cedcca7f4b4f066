import { countAtMost, countBelow } from "./sorted-search.js";

/**
 * Twice the rank of each value among those that are not NaN, from 2 up; equal values share the mean of their ranks, so that
 * twice the rank is a whole number. 0 for NaN.
 * @returns [rows]
 */
export function doubledMidRanks(values: Float64Array): Int32Array {
  const sorted = values.filter((value) => !Number.isNaN(value)).sort();
  const ranks = new Int32Array(values.length);
  for (let row = 0; row < ranks.length; row++) {
    const value = values[row]!;
    if (!Number.isNaN(value)) ranks[row] = countBelow(sorted, value) + countAtMost(sorted, value) + 1;
  }
  return ranks;
}
