import type { FieldGroups } from "../paid-rows.js";

/** Groups of a field's levels, at most. */
export const MOST_GROUPS = 17;

/** What grouping goes by. */
export interface LevelsToGroup {
  /** Index into the fields. */
  readonly field: number;
  /** Estimated counts [levels], >= 0. */
  readonly counts: Float64Array;
  /** ordered: neighbouring levels are alike (numbers); named: they are not (categories). */
  readonly kind: "ordered" | "named";
  /** Stays a group of its own. */
  readonly missingLevel?: number | undefined;
}

/**
 * Groups of levels that joint counts are measured of, from counts that were paid for: of ordered levels runs of about equal
 * counts, where heavy levels are groups by themselves; of named ones the most frequent, and the others together.
 */
export function groupLevels(levels: LevelsToGroup, most: number): FieldGroups {
  const { field, counts } = levels;
  if (counts.length <= most) return { field, groups: counts.length };
  const groupOf = new Uint16Array(counts.length);
  const values = Array.from(counts.keys()).filter((level) => level !== levels.missingLevel);
  const room = most - (levels.missingLevel === undefined ? 0 : 1);
  const groups =
    levels.kind === "ordered" ? groupRuns(values, counts, room, groupOf) : groupRare(values, counts, room, groupOf);
  if (levels.missingLevel === undefined) return { field, groups, groupOf };
  groupOf[levels.missingLevel] = groups;
  return { field, groups: groups + 1, groupOf };
}

/** The `room - 1` most frequent levels each, the others together. */
function groupRare(values: readonly number[], counts: Float64Array, room: number, groupOf: Uint16Array): number {
  const falling = [...values].sort((a, b) => counts[b]! - counts[a]! || a - b);
  falling.forEach((level, rank) => {
    groupOf[level] = Math.min(rank, room - 1);
  });
  return Math.min(falling.length, room);
}

/** Runs of neighbours such that the heaviest is as light as `room` runs allow; a spike is a run of one. */
function groupRuns(values: readonly number[], counts: Float64Array, room: number, groupOf: Uint16Array): number {
  let [low, high] = [0, values.reduce((sum, level) => sum + counts[level]!, 0)];
  for (let halving = 0; halving < 50; halving++) {
    const middle = (low + high) / 2;
    if (fillRuns(values, counts, middle, groupOf) <= room) high = middle;
    else low = middle;
  }
  return fillRuns(values, counts, high, groupOf);
}

/** Fills runs from the left, each up to `most` rows or one level; returns their number. */
function fillRuns(values: readonly number[], counts: Float64Array, most: number, groupOf: Uint16Array): number {
  let group = -1;
  let filled = Number.POSITIVE_INFINITY;
  for (const level of values) {
    if (filled + counts[level]! > most) {
      group++;
      filled = 0;
    }
    filled += counts[level]!;
    groupOf[level] = group;
  }
  return group + 1;
}
