import { JACKKNIFE_GROUPS } from "../../stats/jackknife.js";
import { countBelow } from "../../stats/sorted-search.js";
import { type CountedValues, countValues } from "./counted-values.js";
import type { Similarity } from "./similarity.js";

/** The known values of a column of numbers. */
export interface SortedValues {
  /** Ascending. */
  readonly values: Float64Array;
  /** Jackknife group of each, [values]; undefined: no interval. */
  readonly groups: Uint8Array | undefined;
}

/** Sorts the values that are not NaN, their rows' groups with them. */
export function sortValues(column: Float64Array, groups: Uint8Array | undefined): SortedValues {
  const values = column.filter((value) => !Number.isNaN(value)).sort();
  if (groups === undefined) return { values, groups };
  // Numbers sort several times faster without their rows; each row's place is found afterwards, equal values in order of row.
  const taken = new Uint32Array(values.length);
  const sorted = new Uint8Array(values.length);
  for (let row = 0; row < column.length; row++) {
    if (Number.isNaN(column[row]!)) continue;
    const first = countBelow(values, column[row]!);
    sorted[first + taken[first]!] = groups[row]!;
    taken[first] = taken[first]! + 1;
  }
  return { values, groups: sorted };
}

/** A statistic of sorted values, whole and without each jackknife group. */
export function sortedStatistic(
  { values, groups }: SortedValues,
  statistic: (values: Float64Array) => number,
): Similarity {
  const value = statistic(values);
  if (groups === undefined || Number.isNaN(value)) return { value, leaveOut: [] };
  const kept = new Float64Array(values.length);
  const leaveOut = Array.from({ length: JACKKNIFE_GROUPS }, (_, group) => {
    let count = 0;
    for (let at = 0; at < values.length; at++) if (groups[at] !== group) kept[count++] = values[at]!;
    return statistic(kept.subarray(0, count));
  });
  return { value, leaveOut: leaveOut.some(Number.isNaN) ? [] : leaveOut };
}

/** The values' counts over bins; binOf gives a value's bin, 0..size-1. */
export function binSorted(
  { values, groups }: SortedValues,
  size: number,
  binOf: (value: number) => number,
): CountedValues {
  return countValues(Int32Array.from(values, binOf), size, groups);
}
