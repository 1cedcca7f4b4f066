import type { EncodedTable } from "../encode/field.js";
import { countJoint } from "./count-joint.js";
import { MEAN_NOISE, type Measurement } from "./marginals/measurement.js";
import type { PrivateRelease } from "./private-request.js";

/** How near rows come to noisy tables of counts; means over the tables. */
export interface CountFit {
  readonly tables: number;
  /** Total variation distance of the rows' shares from the noisy ones, 0..1. */
  readonly distance: number;
  /** The distance that noise alone is expected to make: rows of the true distribution would not be nearer. */
  readonly noise: number;
  /** Squared difference of counts over the noise's variance, by cell: 1 = as near as the noise allows. */
  readonly chiSquare: number;
}

/** Of single columns, and of sets of them. */
export interface ReleaseFit {
  readonly single: CountFit;
  /** Absent where nothing else was measured. */
  readonly joint?: CountFit;
}

/** Compares rows with what was released of others: costs nothing, as the real rows are not looked at. `rows`: of the release's encoding. */
export function compareWithRelease({ measurements, schema }: PrivateRelease, rows: EncodedTable): ReleaseFit {
  const scale = schema.rowCount / rows.rowCount;
  const fit = (of: readonly Measurement[]) => meanFit(of, rows, { total: schema.rowCount, scale });
  const joint = measurements.filter(({ of }) => of.length > 1);
  return {
    single: fit(measurements.filter(({ of }) => of.length === 1)),
    ...(joint.length > 0 && { joint: fit(joint) }),
  };
}

function meanFit(
  measured: readonly Measurement[],
  rows: EncodedTable,
  { total, scale }: { readonly total: number; readonly scale: number },
): CountFit {
  const found = countJoint(
    rows,
    measured.map(({ of }) => of),
  );
  const fits = measured.map(({ counts, sigma }, at) => {
    const differences = counts.map((count, cell) => scale * found[at]![cell]! - count);
    return {
      distance: differences.reduce((sum, one) => sum + Math.abs(one), 0) / (2 * total),
      noise: (counts.length * sigma * MEAN_NOISE) / (2 * total),
      chiSquare: differences.reduce((sum, one) => sum + (one / sigma) ** 2, 0) / counts.length,
    };
  });
  const mean = (key: "distance" | "noise" | "chiSquare") =>
    fits.reduce((sum, fit) => sum + fit[key], 0) / Math.max(1, fits.length);
  return {
    tables: fits.length,
    distance: mean("distance"),
    noise: mean("noise"),
    chiSquare: mean("chiSquare"),
  };
}
