import type { Figure } from "./report-schema.js";

/**
 * Whether a score is better than its ceiling: "within noise" where the gain is at most 1.96 standard errors of the
 * difference (both samples' errors, taken as independent), "beyond noise" where it is more. Undefined where it is not
 * better or an error is not known.
 * @param gain how much better the score is than the ceiling, in the metric's units; of a distance ceiling - score
 * @param errors standard errors of the score and of the ceiling
 */
export function aboveCeiling(gain: number, errors: readonly (number | undefined)[]): Figure["aboveCeiling"] {
  let variance = 0;
  for (const error of errors) variance += error === undefined ? Number.NaN : error ** 2;
  if (Number.isNaN(variance) || !(gain > 0)) return undefined;
  return gain <= 1.96 * Math.sqrt(variance) ? "within noise" : "beyond noise";
}
