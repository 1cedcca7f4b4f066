import type { ScoredValues } from "../scored-table.js";
import { type CountedValues, countValues } from "./counted-values.js";
import type { Samples } from "./samples.js";
import { type SortedValues, sortValues } from "./sorted-values.js";

/** One column's known values in a sample and in the real rows it is compared with: sorted once, for every score. */
export type ColumnSide =
  /** Numbers and dates, ascending. */
  | { readonly kind: "number"; readonly real: SortedValues; readonly sample: SortedValues }
  /** Categories, counted over [levels]. */
  | { readonly kind: "category"; readonly real: CountedValues; readonly sample: CountedValues };

/** The column at position `at` in each sample, [samples]. */
export function columnSides(samples: Samples, at: number): readonly ColumnSide[] {
  const sides: ColumnSide[] = [];
  for (const { table, reference, groups } of samples.all) {
    const known = samples.all.findIndex((sample, i) => i < sides.length && sample.reference === reference);
    sides.push(makeColumnSide(sides[known] ?? reference.columns[at]!, table.columns[at]!, groups));
  }
  return sides;
}

/** `real` is a column, or a side that has the same one; `groups` [rows] of the sample. Both must be of one kind. */
export function makeColumnSide(
  real: ScoredValues | ColumnSide,
  sample: ScoredValues,
  groups: Uint8Array | undefined,
): ColumnSide {
  if (real.kind === "number" && sample.kind === "number") {
    const sorted = "real" in real ? real.real : sortValues(real.values, undefined);
    return { kind: "number", real: sorted, sample: sortValues(sample.values, groups) };
  }
  if (real.kind === "category" && sample.kind === "category") {
    const counted = "real" in real ? real.real : countValues(real.codes, real.levels, undefined);
    return { kind: "category", real: counted, sample: countValues(sample.codes, sample.levels, groups) };
  }
  throw new TypeError("the two sides of a column are of different kinds");
}
