import { JACKKNIFE_GROUPS } from "../../stats/jackknife.js";
import { totalVariation } from "../../stats/total-variation.js";
import type { Similarity } from "./similarity.js";

/** Small whole numbers, one a row, in as few bytes as they need. */
export type Codes = Uint8Array | Uint16Array | Int32Array;

/** Rows per cell of a table of one or more coded columns. */
export interface JointCounts {
  /** [cells] */
  readonly whole: Float64Array;
  /** The same of each jackknife group, [groups, cells]; undefined without groups. */
  readonly byGroup: Uint32Array | undefined;
}

/** Counts rows per cell; `cells` [rows] in 0..size-1, `groups` [rows]. Fastest where groups ascend. */
export function countCells(cells: Codes, size: number, groups: Uint8Array | undefined): JointCounts {
  const counts = new Uint32Array(groups === undefined ? size : size * JACKKNIFE_GROUPS);
  if (groups === undefined) for (let row = 0; row < cells.length; row++) counts[cells[row]!]!++;
  else for (let row = 0; row < cells.length; row++) counts[groups[row]! * size + cells[row]!]!++;
  return sumGroups(counts, size, groups !== undefined);
}

/** Counts rows per pair of codes, cell a * levelsB + b; saves the array of the rows' cells. */
export function countPairs(
  a: Codes,
  b: Codes,
  levels: readonly [number, number],
  groups: Uint8Array | undefined,
): JointCounts {
  const levelsB = levels[1];
  const size = levels[0] * levelsB;
  const counts = new Uint32Array(groups === undefined ? size : size * JACKKNIFE_GROUPS);
  if (groups === undefined) for (let row = 0; row < a.length; row++) counts[a[row]! * levelsB + b[row]!]!++;
  else for (let row = 0; row < a.length; row++) counts[groups[row]! * size + a[row]! * levelsB + b[row]!]!++;
  return sumGroups(counts, size, groups !== undefined);
}

function sumGroups(counts: Uint32Array, size: number, grouped: boolean): JointCounts {
  if (!grouped) return { whole: Float64Array.from(counts), byGroup: undefined };
  const whole = new Float64Array(size);
  for (let from = 0; from < counts.length; from += size) {
    for (let cell = 0; cell < size; cell++) whole[cell]! += counts[from + cell]!;
  }
  return { whole, byGroup: counts };
}

/** 1 - 1/2 sum |p - q| over cells, whole and without each jackknife group of the sample's rows; NaN where a side has no row. */
export function jointSimilarity(reference: Float64Array, sample: JointCounts): Similarity {
  const { whole, byGroup } = sample;
  const value = 1 - totalVariation(reference, whole);
  if (byGroup === undefined || Number.isNaN(value)) return { value, leaveOut: [] };
  const size = whole.length;
  const left = new Float64Array(size);
  const leaveOut = Array.from({ length: JACKKNIFE_GROUPS }, (_, group) => {
    for (let cell = 0; cell < size; cell++) left[cell] = whole[cell]! - byGroup[group * size + cell]!;
    return 1 - totalVariation(reference, left);
  });
  return { value, leaveOut };
}
