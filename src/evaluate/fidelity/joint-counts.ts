import { JACKKNIFE_GROUPS } from "../../stats/jackknife.js";
import { totalVariation } from "../../stats/total-variation.js";
import type { Similarity } from "./similarity.js";

/** Small whole numbers, one a row, in as few bytes as they need. */
export type Codes = Uint8Array | Uint16Array | Int32Array;

/** Rows per cell of a table of one, two or three coded columns. */
export interface JointCounts {
  /** [cells] */
  readonly whole: Float64Array;
  /** The same of each jackknife group, [groups, cells]; undefined without groups. */
  readonly byGroup: Uint32Array | undefined;
}

/** Counts rows per cell; `cells` [rows] in 0..size-1, `groups` [rows]. */
export function countJoint(cells: Codes, size: number, groups: Uint8Array | undefined): JointCounts {
  const whole = new Float64Array(size);
  if (groups === undefined) {
    for (let row = 0; row < cells.length; row++) whole[cells[row]!]!++;
    return { whole, byGroup: undefined };
  }
  const byGroup = new Uint32Array(size * JACKKNIFE_GROUPS);
  for (let row = 0; row < cells.length; row++) byGroup[groups[row]! * size + cells[row]!]!++;
  for (let at = 0; at < byGroup.length; at++) whole[at % size]! += byGroup[at]!;
  return { whole, byGroup };
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
