/**
 * Wasserstein-1 distance of two samples, the area between their cumulative shares: integral of |F_a - F_b|, in the values'
 * units (Vallender 1974, doi:10.1137/1118101; scipy.stats.wasserstein_distance).
 * @param a ascending, finite
 * @param b ascending, finite
 * @returns 0 or more, or NaN if a side is empty
 */
export function wasserstein(a: Float64Array, b: Float64Array): number {
  if (a.length === 0 || b.length === 0) return Number.NaN;
  let i = 0;
  let j = 0;
  let sum = 0;
  let previous = Math.min(a[0]!, b[0]!);
  while (i < a.length || j < b.length) {
    const value = Math.min(a[i] ?? Number.POSITIVE_INFINITY, b[j] ?? Number.POSITIVE_INFINITY);
    sum += Math.abs(i / a.length - j / b.length) * (value - previous);
    while (a[i] === value) i++;
    while (b[j] === value) j++;
    previous = value;
  }
  return sum;
}
