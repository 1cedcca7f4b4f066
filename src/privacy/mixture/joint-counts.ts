import type { Measurement } from "../marginals/measurement.js";
import type { FieldGroups } from "../paid-rows.js";

/** What was measured of some fields' groups, over all releases that asked for them. */
export interface JointCounts {
  /** Indices of the fields, by rising number of groups, then of index. */
  readonly fields: readonly number[];
  /** Row-major [groups of the first field, ..., groups of the last]; may be negative. */
  readonly counts: Float64Array;
  /** 1 / variance of the noise of each count. */
  readonly precision: Float64Array;
}

/**
 * Measurements as counts of the groups `fields`: finer levels are added up, the same fields measured twice are averaged by their
 * precisions.
 */
export function jointCounts(measurements: readonly Measurement[], fields: readonly FieldGroups[]): JointCounts[] {
  const byFields = new Map<string, JointCounts>();
  for (const measurement of measurements) {
    const added = ofGroups(measurement, fields);
    const key = added.fields.join();
    const before = byFields.get(key);
    byFields.set(key, before === undefined ? added : averaged(before, added));
  }
  return [...byFields.values()];
}

function averaged(first: JointCounts, second: JointCounts): JointCounts {
  const precision = first.precision.map((value, cell) => value + second.precision[cell]!);
  const counts = first.counts.map(
    (count, cell) =>
      (count * first.precision[cell]! + second.counts[cell]! * second.precision[cell]!) / precision[cell]!,
  );
  return { fields: first.fields, counts, precision };
}

function ofGroups({ of, counts, sigma }: Measurement, fields: readonly FieldGroups[]): JointCounts {
  const order = of.map(({ field }) => field).sort((a, b) => fields[a]!.groups - fields[b]!.groups || a - b);
  const strides = new Map<number, number>();
  let size = 1;
  for (const field of [...order].reverse()) {
    strides.set(field, size);
    size *= fields[field]!.groups;
  }
  let cellOf = [0];
  for (const axis of of) {
    const group = groupsOfAxis(axis, fields[axis.field]!);
    const stride = strides.get(axis.field)!;
    cellOf = cellOf.flatMap((cell) => Array.from(group, (at) => cell + at * stride));
  }
  const sums = new Float64Array(size);
  const added = new Float64Array(size);
  counts.forEach((count, at) => {
    sums[cellOf[at]!]! += count;
    added[cellOf[at]!]!++;
  });
  // A group that has no level is never counted: its precision is 0.
  const precision = added.map((levels) => (levels === 0 ? 0 : 1 / (levels * sigma ** 2)));
  return { fields: order, counts: sums, precision };
}

/** The group of each place on a measurement's axis: the groups themselves, or levels to be added up. */
function groupsOfAxis(axis: FieldGroups, grouping: FieldGroups): ArrayLike<number> {
  if (axis.groupOf === undefined && grouping.groupOf !== undefined) return grouping.groupOf;
  return Uint16Array.from({ length: axis.groups }, (_, group) => group);
}
