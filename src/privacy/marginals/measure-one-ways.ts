import { SynthError } from "../../core/errors.js";
import { type ColumnEncoding, fieldsOfColumn } from "../../encode/column-encoding.js";
import type { Field } from "../../encode/field.js";
import type { TableEncoding } from "../../encode/table-encoding.js";
import type { PaidRows } from "../paid-rows.js";
import { combineEstimates, type NoisyNumber } from "./combine-estimates.js";
import { dropAbsent } from "./drop-absent.js";
import type { Measurement } from "./measurement.js";
import { projectOntoSimplex } from "./project-onto-simplex.js";

/** What is known of each field by itself. */
export interface OneWays {
  /** Without the missing and rare levels that no row seems to have. */
  readonly encoding: TableEncoding;
  /** As they were released, by field. */
  readonly measured: readonly Measurement[];
  /** The number of rows, of all that is known. */
  readonly rows: number;
  /** Each field's counts [levels], >= 0 and summing to `rows`. */
  readonly counts: readonly Float64Array[];
}

/** Noisy counts of the levels of every field of `encoding`. Each counts all rows: together they tell how many there are. */
export function measureOneWays(
  {
    paid,
    encoding,
    counted,
  }: { readonly paid: PaidRows; readonly encoding: TableEncoding; readonly counted: NoisyNumber },
  sigma: number,
): OneWays {
  const questions = paid.fields.map((field, index) => [{ field: index, groups: levelsOf(field) }]);
  const all = paid.countJoint("counts of each column's levels", questions, sigma);
  const sums = all.map((levels) => ({
    value: levels.reduce((sum, count) => sum + count, 0),
    variance: levels.length * sigma ** 2,
  }));
  const rows = Math.max(1, Math.round(combineEstimates([counted, ...sums]).value));
  const counts: Float64Array[] = [];
  const columns = encoding.columns.map((column): ColumnEncoding => {
    if (fieldsOfColumn(column).length === 0) return column;
    const own = all[counts.length]!;
    const kept = dropAbsent(column, own, sigma);
    counts.push(Float64Array.from(kept.levels, (level) => own[level]!));
    return kept.column;
  });
  return {
    encoding: { ...encoding, columns },
    measured: counts.map((levels, field) => ({ of: [{ field, groups: levels.length }], counts: levels, sigma })),
    rows,
    counts: counts.map((levels) => projectOntoSimplex(levels, rows)),
  };
}

/** Levels of a field; scalars have none. Throws E_DEFECT: a private encoding has no scalars. */
export function levelsOf(field: Field): number {
  if (field.kind === "discrete") return field.levels;
  throw new SynthError("defect", "E_DEFECT", `field "${field.name}" has no levels`);
}
