import { auc } from "./auc.js";

/** The `auc` of the scores of positives against those of negatives: 0..1, NaN where either has none. */
export function aucBetween(positives: ArrayLike<number>, negatives: ArrayLike<number>): number {
  const scores = [...Array.from(positives), ...Array.from(negatives)];
  return auc(
    scores,
    scores.map((_, i) => (i < positives.length ? 1 : 0)),
  );
}
