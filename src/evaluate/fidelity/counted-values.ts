import { JACKKNIFE_GROUPS } from "../../stats/jackknife.js";
import type { Similarity } from "./similarity.js";

/** How many rows of a column are in each of its cells (categories, bins), rows of no cell left out. */
export interface CountedValues {
  /** [cells] */
  readonly counts: Float64Array;
  /** The same of each jackknife group, [groups] of [cells]; empty: no interval. */
  readonly byGroup: readonly Float64Array[];
}

/** Counts rows by cell. `cells` [rows], -1 is left out; `groups` [rows]. */
export function countValues(cells: Int32Array, size: number, groups: Uint8Array | undefined): CountedValues {
  const counts = new Float64Array(size);
  if (groups === undefined) {
    for (const cell of cells) if (cell >= 0) counts[cell] = counts[cell]! + 1;
    return { counts, byGroup: [] };
  }
  const byGroup = Array.from({ length: JACKKNIFE_GROUPS }, () => new Float64Array(size));
  for (let row = 0; row < cells.length; row++) {
    const cell = cells[row]!;
    if (cell < 0) continue;
    const group = byGroup[groups[row]!]!;
    group[cell] = group[cell]! + 1;
  }
  for (const group of byGroup) for (let cell = 0; cell < size; cell++) counts[cell] = counts[cell]! + group[cell]!;
  return { counts, byGroup };
}

/** A statistic of counts, whole and without each jackknife group. */
export function countedStatistic(
  { counts, byGroup }: CountedValues,
  statistic: (counts: Float64Array) => number,
): Similarity {
  const value = statistic(counts);
  if (Number.isNaN(value)) return { value, leaveOut: [] };
  const leaveOut = byGroup.map((group) => statistic(counts.map((count, cell) => count - group[cell]!)));
  return { value, leaveOut: leaveOut.some(Number.isNaN) ? [] : leaveOut };
}
