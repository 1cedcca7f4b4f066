/**
 * The two-sample Kolmogorov-Smirnov statistic sup |F_a(x) - F_b(x)| (Smirnov 1948, doi:10.1214/aoms/1177730256).
 * @param a ascending, no NaN
 * @param b ascending, no NaN
 * @returns 0..1, or NaN if a side is empty
 */
export function kolmogorovSmirnov(a: Float64Array, b: Float64Array): number {
  if (a.length === 0 || b.length === 0) return Number.NaN;
  let i = 0;
  let j = 0;
  let largest = 0;
  while (i < a.length && j < b.length) {
    const value = Math.min(a[i]!, b[j]!);
    while (i < a.length && a[i]! <= value) i++;
    while (j < b.length && b[j]! <= value) j++;
    largest = Math.max(largest, Math.abs(i / a.length - j / b.length));
  }
  return largest;
}
