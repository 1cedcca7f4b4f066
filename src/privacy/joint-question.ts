/** A field as a question sees it: groups of its levels. */
export interface FieldGroups {
  /** Index into the fields. */
  readonly field: number;
  readonly groups: number;
  /** The group of each level [levels]; absent: each level is a group. */
  readonly groupOf?: Uint16Array | undefined;
}

/** Joint counts of some fields, row-major [groups of the first, ..., groups of the last]. */
export type JointQuestion = readonly FieldGroups[];
