import { totalVariation } from "../../stats/total-variation.js";
import type { ProbeRows } from "./probe-space.js";

/** Codes that fewer of the real rows have may be missing among drawn rows by chance. */
const COMMON_SHARE = 0.01;
const COMMON_DRAWS = 5;

/** Counts of each code, field by field: [K] of [levels]. */
export type FieldCounts = readonly Float64Array[];

export function countCodes(rows: ProbeRows, levels: readonly number[]): FieldCounts {
  return rows.codes.map((codes, field) => {
    const counts = new Float64Array(levels[field]!);
    for (const code of codes) counts[code]!++;
    return counts;
  });
}

/** Mean over fields of the total variation between two tables of counts, 0..1. */
export function shapeDifference(a: FieldCounts, b: FieldCounts): number {
  return mean(a.map((counts, field) => totalVariation(counts, b[field]!)));
}

/** Share of the codes common among real rows (1 %, and enough to expect 5 draws) that no drawn row has, 0..1. */
export function lostShare(drawn: FieldCounts, drawnRows: number, real: FieldCounts, realRows: number): number {
  const common = Math.max(COMMON_SHARE, COMMON_DRAWS / drawnRows);
  let seen = 0;
  let lost = 0;
  real.forEach((counts, field) => {
    counts.forEach((count, code) => {
      if (count / realRows < common) return;
      seen++;
      if (drawn[field]![code] === 0) lost++;
    });
  });
  return seen === 0 ? 0 : lost / seen;
}

/** Mean of the entropies of tables of counts over those of real rows; tables that vary. 1 where none does. */
export function meanEntropyRatio(drawn: readonly Float64Array[], real: readonly Float64Array[]): number {
  const ratios = real.flatMap((counts, table) => {
    const own = entropy(counts);
    return own === 0 ? [] : [entropy(drawn[table]!) / own];
  });
  return ratios.length === 0 ? 1 : mean(ratios);
}

/** Shannon's entropy of counts, in nats. */
function entropy(counts: Float64Array): number {
  const total = counts.reduce((sum, count) => sum + count, 0);
  return counts.reduce((sum, count) => (count === 0 ? sum : sum - (count / total) * Math.log(count / total)), 0);
}

function mean(values: readonly number[]): number {
  return values.length === 0 ? 0 : values.reduce((sum, value) => sum + value, 0) / values.length;
}
