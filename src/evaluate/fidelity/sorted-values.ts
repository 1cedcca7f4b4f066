import { JACKKNIFE_GROUPS } from "../../stats/jackknife.js";
import { type CountedValues, countValues } from "./counted-values.js";
import type { Similarity } from "./similarity.js";

/** The known values of a column of numbers. */
export interface SortedValues {
  /** Ascending. */
  readonly values: Float64Array;
  /** Jackknife group of each, [values]; undefined: no interval. */
  readonly groups: Uint8Array | undefined;
}

/** Sorts the values that are not NaN, their rows' groups with them; equal values in order of group. */
export function sortValues(column: Float64Array, groups: Uint8Array | undefined): SortedValues {
  if (groups === undefined) return { values: column.filter((value) => !Number.isNaN(value)).sort(), groups };
  // Numbers sort several times faster without their rows: each group by itself, then all are merged.
  const parts = splitGroups(column, groups).map((part) => part.sort());
  const count = parts.reduce((sum, part) => sum + part.length, 0);
  const merged = { values: new Float64Array(count), groups: new Uint8Array(count) };
  const heads = Float64Array.from(parts, (part) => part[0] ?? Number.POSITIVE_INFINITY);
  const next = new Uint32Array(parts.length);
  for (let at = 0; at < count; at++) {
    let least = 0;
    for (let group = 1; group < heads.length; group++) if (heads[group]! < heads[least]!) least = group;
    merged.values[at] = heads[least]!;
    merged.groups[at] = least;
    next[least] = next[least]! + 1;
    heads[least] = parts[least]![next[least]!] ?? Number.POSITIVE_INFINITY;
  }
  return merged;
}

/** The known values of each jackknife group, [groups]. */
function splitGroups(column: Float64Array, groups: Uint8Array): Float64Array[] {
  const counts = new Uint32Array(JACKKNIFE_GROUPS);
  for (let row = 0; row < column.length; row++) {
    if (!Number.isNaN(column[row]!)) counts[groups[row]!] = counts[groups[row]!]! + 1;
  }
  const parts = Array.from(counts, (count) => new Float64Array(count));
  const taken = new Uint32Array(JACKKNIFE_GROUPS);
  for (let row = 0; row < column.length; row++) {
    if (Number.isNaN(column[row]!)) continue;
    const group = groups[row]!;
    parts[group]![taken[group]!] = column[row]!;
    taken[group] = taken[group]! + 1;
  }
  return parts;
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
  const bins = new Int32Array(values.length);
  for (let at = 0; at < bins.length; at++) {
    // Sorted values are full of ties.
    bins[at] = at > 0 && values[at] === values[at - 1] ? bins[at - 1]! : binOf(values[at]!);
  }
  return countValues(bins, size, groups);
}
