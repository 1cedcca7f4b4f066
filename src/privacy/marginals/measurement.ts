import type { JointQuestion } from "../paid-rows.js";

/** E|z| of a standard normal z: what noise adds to the distance of a count, in its standard deviations. */
export const MEAN_NOISE = Math.sqrt(2 / Math.PI);

/** Noisy joint counts that were paid for: all that is known of the rows' distribution. */
export interface Measurement {
  readonly of: JointQuestion;
  /** Row-major [groups of the first field, ..., groups of the last]; may be negative. */
  readonly counts: Float64Array;
  /** Standard deviation of the noise of each count. */
  readonly sigma: number;
}
