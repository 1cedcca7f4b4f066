/** A score with its standard error. */
export interface ScoreWithError {
  readonly value: number;
  readonly error: number;
}

/**
 * F1 = 2 TP / (2 TP + FP + FN) of each class, averaged over the classes that occur in truth or predictions; a class never
 * found has 0 (as scikit-learn's f1_score with average "macro"). Its standard error by the delta method on the confusion
 * matrix (Takahashi et al. 2022, doi:10.1007/s10489-021-02635-5); rows are taken as independent.
 * @param predicted [rows], in 0..classes-1
 * @param truth [rows], in 0..classes-1
 * @returns value in 0..1; NaN without rows
 */
export function macroF1(predicted: ArrayLike<number>, truth: ArrayLike<number>, classes: number): ScoreWithError {
  const rows = truth.length;
  const confusion = new Float64Array(classes * classes);
  for (let row = 0; row < rows; row++) confusion[truth[row]! * classes + predicted[row]!]! += 1 / rows;
  const found = new Float64Array(classes);
  const missed = new Float64Array(classes);
  for (let k = 0; k < classes; k++) {
    found[k] = confusion[k * classes + k]!;
    for (let other = 0; other < classes; other++) {
      if (other !== k) missed[k]! += confusion[k * classes + other]! + confusion[other * classes + k]!;
    }
  }
  const sizes = found.map((share, k) => 2 * share + missed[k]!);
  const occurring = sizes.reduce((count, size) => count + (size > 0 ? 1 : 0), 0);
  const slopes = sizes.map((size) => (size > 0 ? 2 / (size * size * occurring) : 0));
  let value = 0;
  for (let k = 0; k < classes; k++) value += sizes[k]! > 0 ? (2 * found[k]!) / (sizes[k]! * occurring) : 0;
  let variance = 0;
  for (let a = 0; a < classes; a++) {
    for (let b = 0; b < classes; b++) {
      const influence = a === b ? slopes[a]! * missed[a]! : -slopes[a]! * found[a]! - slopes[b]! * found[b]!;
      variance += confusion[a * classes + b]! * influence ** 2;
    }
  }
  return { value: rows === 0 ? Number.NaN : value, error: Math.sqrt(variance / rows) };
}
