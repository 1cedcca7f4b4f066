/** sup |F_a - F_b|, missing values (NaN) left out. */
export function kolmogorovSmirnov(a: Float64Array, b: Float64Array): number {
  const left = a.filter((value) => !Number.isNaN(value)).sort();
  const right = b.filter((value) => !Number.isNaN(value)).sort();
  let largest = 0;
  let i = 0;
  let j = 0;
  while (i < left.length && j < right.length) {
    const value = Math.min(left[i]!, right[j]!);
    while (i < left.length && left[i]! <= value) i++;
    while (j < right.length && right[j]! <= value) j++;
    largest = Math.max(largest, Math.abs(i / left.length - j / right.length));
  }
  return largest;
}
