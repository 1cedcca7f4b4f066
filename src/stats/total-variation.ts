/**
 * Total variation distance 1/2 sum |p - q| of two tables of counts over the same cells.
 * @param a counts, [cells]
 * @param b counts, [cells]
 * @returns 0..1, or NaN if a side has no count
 */
export function totalVariation(a: ArrayLike<number>, b: ArrayLike<number>): number {
  let totalA = 0;
  let totalB = 0;
  for (let i = 0; i < a.length; i++) {
    totalA += a[i]!;
    totalB += b[i]!;
  }
  if (totalA === 0 || totalB === 0) return Number.NaN;
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += Math.abs(a[i]! / totalA - b[i]! / totalB);
  // Rounding may carry the sum of disjoint tables over 2.
  return Math.min(1, sum / 2);
}
