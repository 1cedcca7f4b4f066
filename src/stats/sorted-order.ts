/** Indices 0..n-1 in ascending order of `values`; equal values in order of index. `values` must not hold NaN. */
export function sortedOrder(values: ArrayLike<number>): Uint32Array {
  return Uint32Array.from({ length: values.length }, (_, i) => i).sort((a, b) => values[a]! - values[b]! || a - b);
}
