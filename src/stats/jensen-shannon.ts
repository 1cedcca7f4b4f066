/**
 * Jensen-Shannon distance of two tables of counts over the same cells: the square root of the divergence
 * 1/2 KL(p, m) + 1/2 KL(q, m), m = (p + q) / 2, logarithms of base 2 (Endres and Schindelin 2003,
 * doi:10.1109/TIT.2003.813506; scipy.spatial.distance.jensenshannon with base 2).
 * @param a counts, [cells]
 * @param b counts, [cells]
 * @returns 0 (equal) .. 1 (no cell in common), or NaN if a side has no count
 */
export function jensenShannon(a: ArrayLike<number>, b: ArrayLike<number>): number {
  let totalA = 0;
  let totalB = 0;
  for (let i = 0; i < a.length; i++) {
    totalA += a[i]!;
    totalB += b[i]!;
  }
  if (totalA === 0 || totalB === 0) return Number.NaN;
  let sum = 0;
  for (let i = 0; i < a.length; i++) {
    const p = a[i]! / totalA;
    const q = b[i]! / totalB;
    if (p > 0) sum += p * Math.log2((2 * p) / (p + q));
    if (q > 0) sum += q * Math.log2((2 * q) / (p + q));
  }
  // Rounding may carry the sum a hair below 0 or over 2.
  return Math.sqrt(Math.min(1, Math.max(0, sum / 2)));
}
