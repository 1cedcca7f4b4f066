import type { RandomStream } from "../core/random.js";

/** Rows that a group has at least; with fewer there is no jackknife interval. */
const MIN_GROUP_ROWS = 5;

/** Groups of the delete-a-group jackknife. */
export const JACKKNIFE_GROUPS = 10;

/**
 * A random group 0..9 a row, sizes equal to one row, or undefined with fewer than 50 rows.
 * @returns [rows]
 */
export function jackknifeGroups(rowCount: number, random: RandomStream): Uint8Array | undefined {
  if (rowCount < JACKKNIFE_GROUPS * MIN_GROUP_ROWS) return undefined;
  return Uint8Array.from(random.permutation(rowCount), (position) => position % JACKKNIFE_GROUPS);
}

/**
 * Standard error of a statistic from its values without one group each: sqrt((g - 1) / g sum (t_i - mean)^2)
 * (Shao and Wu 1989, doi:10.1214/aos/1176347263).
 * @param leaveOut the statistic without group i, [groups]
 */
export function jackknifeError(leaveOut: ArrayLike<number>): number {
  const groups = leaveOut.length;
  let mean = 0;
  for (let i = 0; i < groups; i++) mean += leaveOut[i]!;
  mean /= groups;
  let sum = 0;
  for (let i = 0; i < groups; i++) sum += (leaveOut[i]! - mean) ** 2;
  return Math.sqrt(((groups - 1) / groups) * sum);
}
