/**
 * The correlation ratio eta = sqrt(sum of squares between categories / total sum of squares) of a number over categories:
 * 0 = all categories have the same mean, 1 = the category determines the number (Pearson 1905; Fisher 1925, Statistical
 * Methods for Research Workers, chapter 8). Rows with a negative code or NaN are left out.
 * @param codes [rows], 0..levels-1
 * @param values [rows]
 * @returns 0..1, or NaN where fewer than two categories have a value or the values do not vary
 */
export function correlationRatio(codes: ArrayLike<number>, levels: number, values: ArrayLike<number>): number {
  const origin = meanOfKnown(codes, values);
  const counts = new Float64Array(levels);
  const sums = new Float64Array(levels);
  let squares = 0;
  for (let row = 0; row < values.length; row++) {
    const code = codes[row]!;
    const deviation = values[row]! - origin;
    if (code < 0 || Number.isNaN(deviation)) continue;
    counts[code]!++;
    sums[code]! += deviation;
    squares += deviation * deviation;
  }
  const count = counts.reduce((sum, each) => sum + each, 0);
  const used = counts.reduce((sum, each) => sum + (each > 0 ? 1 : 0), 0);
  // What is below is rounding: the values are all equal.
  if (used < 2 || !(squares > 1e-26 * origin * origin * count)) return Number.NaN;
  let between = 0;
  for (let code = 0; code < levels; code++) if (counts[code]! > 0) between += sums[code]! ** 2 / counts[code]!;
  return Math.sqrt(Math.min(1, between / squares));
}

function meanOfKnown(codes: ArrayLike<number>, values: ArrayLike<number>): number {
  let sum = 0;
  let count = 0;
  for (let row = 0; row < values.length; row++) {
    const value = values[row]!;
    if (codes[row]! < 0 || Number.isNaN(value)) continue;
    sum += value;
    count++;
  }
  return count === 0 ? 0 : sum / count;
}
