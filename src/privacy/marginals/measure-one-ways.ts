import { usageError } from "../../core/errors.js";
import type { Field } from "../../encode/field.js";
import type { PaidRows } from "../paid-rows.js";
import { combineEstimates, type NoisyNumber } from "./combine-estimates.js";
import type { Measurement } from "./measurement.js";
import { projectOntoSimplex } from "./project-onto-simplex.js";

/** What is known of each field by itself. */
export interface OneWays {
  /** As they were released, by field. */
  readonly measured: readonly Measurement[];
  /** The number of rows, of all that is known. */
  readonly rows: number;
  /** Each field's counts [levels], >= 0 and summing to `rows`. */
  readonly counts: readonly Float64Array[];
}

/** Noisy counts of the levels of every field. Each counts all rows: together they tell how many there are. */
export function measureOneWays(paid: PaidRows, counted: NoisyNumber, sigma: number): OneWays {
  const questions = paid.fields.map((field, index) => [{ field: index, groups: levelsOf(field) }]);
  const counts = paid.countJoint("counts of each column's levels", questions, sigma);
  const sums = counts.map((levels) => ({
    value: levels.reduce((sum, count) => sum + count, 0),
    variance: levels.length * sigma ** 2,
  }));
  const rows = Math.max(1, Math.round(combineEstimates([counted, ...sums]).value));
  return {
    measured: questions.map((of, index) => ({ of, counts: Float64Array.from(counts[index]!), sigma })),
    rows,
    counts: counts.map((levels) => projectOntoSimplex(levels, rows)),
  };
}

/** Levels of a field; scalars have none. Throws E_DEFECT: a private encoding has no scalars. */
export function levelsOf(field: Field): number {
  if (field.kind === "discrete") return field.levels;
  throw usageError("E_DEFECT", `field "${field.name}" has no levels`);
}
