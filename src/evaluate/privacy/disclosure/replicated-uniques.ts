import type { BoundedMean } from "../../../stats/bounded-mean-interval.js";
import { rateOfCount } from "./rate-risk.js";

/**
 * Real rows that are alone in their class, and the share of them whose class exactly one released row has (replicated
 * uniques; Nowok, Raab and Dibben 2017, doi:10.3233/SJI-150153).
 * @param real rows of each class, [classes]
 * @param released rows of each class, [classes]
 */
export function replicatedUniques(real: Int32Array, released: Int32Array): BoundedMean {
  let [uniques, replicated] = [0, 0];
  for (let at = 0; at < real.length; at++) {
    if (real[at] !== 1) continue;
    uniques++;
    if (released[at] === 1) replicated++;
  }
  return rateOfCount(replicated, uniques);
}
