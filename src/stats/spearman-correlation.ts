import { pearsonCorrelation } from "./pearson-correlation.js";

/**
 * Spearman's rank correlation over the rows where both are known: Pearson's correlation of the ranks among those rows,
 * equal values sharing the mean of their ranks (Spearman 1904, doi:10.2307/1412159).
 * @param x doubledMidRanks of one column, [rows]
 * @param y the same of the other
 * @returns -1..1, or NaN with fewer than two such rows or where a side is constant on them
 */
export function spearmanCorrelation(x: Int32Array, y: Int32Array): number {
  if (!x.includes(0) && !y.includes(0)) return pearsonCorrelation(x, y);
  return pearsonCorrelation(ranksAmong(x, y), ranksAmong(y, x));
}

/** The ranks of the rows that the other column knows too, NaN elsewhere. What is ranked already needs no sorting: rows per rank are counted. */
function ranksAmong(ranks: Int32Array, other: Int32Array): Float64Array {
  const below = new Int32Array(2 * ranks.length + 2);
  for (let row = 0; row < ranks.length; row++) if (other[row]! > 0) below[ranks[row]! + 1]!++;
  below[1] = 0;
  for (let rank = 1; rank < below.length; rank++) below[rank]! += below[rank - 1]!;
  return Float64Array.from(ranks, (rank, row) =>
    rank === 0 || other[row] === 0 ? Number.NaN : (below[rank]! + below[rank + 1]! + 1) / 2,
  );
}
