import type { LevelMixture } from "../../encode/level-mixture.js";
import { groupStarts, type Mixture } from "./mixture.js";

/**
 * A mixture of groups as one of single levels: within a group levels have the shares of their counts, whatever the component
 * (all alike where none of them was counted).
 * @param oneWays counts of each field's levels, >= 0
 */
export function levelMixture(mixture: Mixture, oneWays: readonly ArrayLike<number>[]): LevelMixture {
  const { weights, fields, starts, probabilities } = mixture;
  const levelStarts = groupStarts(oneWays.map(({ length }, field) => ({ field, groups: length })));
  const [width, groups] = [levelStarts.at(-1)!, starts.at(-1)!];
  const ofLevels = new Float64Array(weights.length * width);
  fields.forEach((grouping, field) => {
    const shares = sharesWithinGroups(oneWays[field]!, grouping.groupOf, grouping.groups);
    for (let component = 0; component < weights.length; component++) {
      shares.forEach((share, level) => {
        const group = starts[field]! + (grouping.groupOf?.[level] ?? level);
        ofLevels[component * width + levelStarts[field]! + level] = share * probabilities[component * groups + group]!;
      });
    }
  });
  return { weights, probabilities: ofLevels };
}

/** Each level's share of its group's count, [levels]. */
export function sharesWithinGroups(
  counts: ArrayLike<number>,
  groupOf: ArrayLike<number> | undefined,
  groups: number,
): Float64Array {
  if (groupOf === undefined) return new Float64Array(counts.length).fill(1);
  const totals = new Float64Array(groups);
  const members = new Float64Array(groups);
  for (let level = 0; level < counts.length; level++) {
    totals[groupOf[level]!]! += counts[level]!;
    members[groupOf[level]!]!++;
  }
  return Float64Array.from({ length: counts.length }, (_, level) => {
    const group = groupOf[level]!;
    return totals[group]! > 0 ? counts[level]! / totals[group]! : 1 / members[group]!;
  });
}
