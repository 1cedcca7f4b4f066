import type { FieldGroups } from "../paid-rows.js";

/**
 * Rows as a mixture of products: a row is of component c with probability `weights[c]`, and its fields are then independent.
 * Any joint probability is a sum over the components.
 */
export interface Mixture {
  /** [components], sum 1. */
  readonly weights: Float64Array;
  /** The groups of each field's levels, in the order of the fields. */
  readonly fields: readonly FieldGroups[];
  /** Field k's groups are columns starts[k] .. starts[k + 1] - 1 of `probabilities`. */
  readonly starts: readonly number[];
  /** [components, groups of all fields], row-major: each field's groups sum to 1. */
  readonly probabilities: Float64Array;
}

/** Where each field's groups begin among those of all fields, and how many there are: [fields + 1]. */
export function groupStarts(fields: readonly FieldGroups[]): number[] {
  const starts = [0];
  for (const { groups } of fields) starts.push(starts.at(-1)! + groups);
  return starts;
}
