/**
 * The nearest counts, by their squared distances, that are >= 0 and sum to `total` (Held, Wolfe and Crowder 1974,
 * doi:10.1007/BF01580223).
 *
 * @param total >= 0
 */
export function projectOntoSimplex(counts: ArrayLike<number>, total: number): Float64Array {
  const falling = Float64Array.from(counts).sort().reverse();
  let sum = 0;
  let shift = 0;
  falling.forEach((count, rank) => {
    sum += count;
    const candidate = (sum - total) / (rank + 1);
    if (count >= candidate) shift = candidate;
  });
  return Float64Array.from(counts, (count) => Math.max(0, count - shift));
}
