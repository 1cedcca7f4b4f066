/** A contingency table as a list of cells, of which many may be left out where they are empty. */
export interface ContingencyCells {
  /** [cells] */
  readonly counts: ArrayLike<number>;
  /** [cells], row of a cell */
  readonly rows: ArrayLike<number>;
  /** [cells], column of a cell */
  readonly columns: ArrayLike<number>;
}

/**
 * Cramer's V = sqrt(chi^2 / n / (min(rows, columns) - 1)), without bias correction, over rows and columns that have a
 * count (Cramer 1946, Mathematical Methods of Statistics, section 21.9; scipy.stats.contingency.association).
 * @returns 0..1, or NaN with fewer than two rows or columns in use
 */
export function cramersV(table: ContingencyCells): number {
  const rowTotals = totals(table.counts, table.rows);
  const columnTotals = totals(table.counts, table.columns);
  const degrees = Math.min(countUsed(rowTotals), countUsed(columnTotals)) - 1;
  if (degrees < 1) return Number.NaN;
  // chi^2 / n = sum of n_ij^2 / (n_i n_j) - 1
  let sum = 0;
  for (let cell = 0; cell < table.counts.length; cell++) {
    const count = table.counts[cell]!;
    if (count > 0) sum += (count * count) / (rowTotals[table.rows[cell]!]! * columnTotals[table.columns[cell]!]!);
  }
  return Math.sqrt(Math.min(1, Math.max(0, sum - 1) / degrees));
}

function totals(counts: ArrayLike<number>, keys: ArrayLike<number>): number[] {
  const sums: number[] = [];
  for (let cell = 0; cell < counts.length; cell++) {
    const key = keys[cell]!;
    while (sums.length <= key) sums.push(0);
    sums[key] = sums[key]! + counts[cell]!;
  }
  return sums;
}

function countUsed(sums: readonly number[]): number {
  return sums.reduce((used, sum) => used + (sum > 0 ? 1 : 0), 0);
}
