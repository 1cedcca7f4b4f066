import { countAtMost, countBelow } from "../../../stats/sorted-search.js";

/**
 * Exposure of each planted canary in bits: log2 of the number of candidates over its rank among them, highest score first, ties
 * half; candidates are the canary itself and records that were never trained on. A model that memorises nothing gives a canary
 * any rank alike: 1 bit is the median, and a canary in 2^b has b bits or more.
 *
 * Carlini et al. 2019, The secret sharer, definition 5, arXiv:1802.08232.
 * @param planted [canaries] scores of planted canaries
 * @param references [candidates - 1] scores of records that were not trained on
 * @returns [canaries] 0 .. log2(candidates)
 */
export function exposures(planted: Float64Array, references: Float64Array): Float64Array {
  const sorted = references.toSorted();
  const candidates = references.length + 1;
  return planted.map((score) => {
    const notBelow = sorted.length - countBelow(sorted, score);
    const above = sorted.length - countAtMost(sorted, score);
    return Math.log2(candidates / (1 + (above + notBelow) / 2));
  });
}

/** What the exposure of the most exposed canary is where nothing is memorised. */
export interface LargestExposure {
  readonly expected: number;
  /** Exceeded in at most one of 20 audits. */
  readonly high: number;
}

/**
 * The largest exposure among canaries that the model does not know, over `runs` independent trainings: all of a training's
 * `planted` canaries and `references` are then equally likely to be the highest, so that j references lie above the first
 * canary with the chance of a negative hypergeometric variable.
 */
export function largestExposureByChance(planted: number, references: number, runs: number): LargestExposure {
  const bits = (above: number) => Math.log2((references + 1) / (1 + above));
  let expected = 0;
  let high: number | undefined;
  let reached = 0;
  /** P(at least `above` references lie above the first canary), in one training. */
  let survival = planted === 0 ? 0 : 1;
  for (let above = 0; above <= references && survival > 0; above++) {
    const next = (survival * (references - above)) / (references + planted - above);
    const chance = survival ** runs - next ** runs;
    expected += chance * bits(above);
    reached += chance;
    if (high === undefined && reached > 0.05) high = bits(above);
    survival = next;
  }
  return { expected, high: high ?? 0 };
}
