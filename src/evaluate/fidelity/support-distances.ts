import type { EmbeddedTable } from "./support-space.js";

/** Distance of each row to the mean of `center`'s rows, one-hot coordinates included: squared, [rows]. */
export function centerDistances({ values, limits, rowCount }: EmbeddedTable, center: EmbeddedTable): Float64Array {
  const distances = new Float64Array(rowCount);
  const width = limits.length;
  for (let column = 0; column < width; column++) {
    const isNumber = limits[column] === Number.POSITIVE_INFINITY;
    const toCenter = isNumber ? numberToCenter(center, column) : categoryToCenter(center, column);
    for (let row = 0; row < rowCount; row++) distances[row]! += toCenter(values[row * width + column]!);
  }
  return distances;
}

function numberToCenter({ values, limits, rowCount }: EmbeddedTable, column: number): (value: number) => number {
  let mean = 0;
  for (let row = 0; row < rowCount; row++) mean += values[row * limits.length + column]! / rowCount;
  return (value) => (value - mean) ** 2;
}

/** Of a one-hot category with code c to the shares p: 1 - 2 p_c + sum p^2. */
function categoryToCenter({ values, limits, rowCount }: EmbeddedTable, column: number): (code: number) => number {
  const shares = new Map<number, number>();
  for (let row = 0; row < rowCount; row++) {
    const code = values[row * limits.length + column]!;
    shares.set(code, (shares.get(code) ?? 0) + 1 / rowCount);
  }
  const squares = [...shares.values()].reduce((sum, share) => sum + share * share, 0);
  return (code) => 1 - 2 * (shares.get(code) ?? 0) + squares;
}

/** Distance of each row to its k-th nearest other row of the same table: squared, [rows]; infinite where there are not so many. */
export function neighborRadii(table: EmbeddedTable, k: number): Float64Array {
  const nearest = new Float64Array(table.rowCount * k).fill(Number.POSITIVE_INFINITY);
  const enough = new Float64Array(table.rowCount).fill(Number.POSITIVE_INFINITY);
  const take = (row: number, distance: number): void => {
    if (distance >= enough[row]!) return;
    const last = row * k + k - 1;
    let at = last;
    for (; at > row * k && nearest[at - 1]! > distance; at--) nearest[at] = nearest[at - 1]!;
    nearest[at] = distance;
    enough[row] = nearest[last]!;
  };
  const { values, limits } = table;
  const width = limits.length;
  for (let row = 1; row < table.rowCount; row++) {
    for (let other = 0; other < row; other++) {
      const limit = Math.max(enough[row]!, enough[other]!);
      const distance = squaredDistance(values, row * width, values, other * width, limits, limit);
      if (distance >= limit) continue;
      take(row, distance);
      take(other, distance);
    }
  }
  return enough;
}

/** The nearest row of another table to each row. */
export interface NearestRows {
  /** Squared, [rows]. */
  readonly distances: Float64Array;
  /** The first of equally near ones, [rows]. */
  readonly rows: Uint32Array;
}

/** Exact, by comparing all rows. */
export function nearestRows(table: EmbeddedTable, among: EmbeddedTable): NearestRows {
  const distances = new Float64Array(table.rowCount).fill(Number.POSITIVE_INFINITY);
  const rows = new Uint32Array(table.rowCount);
  const { values, limits } = table;
  const width = limits.length;
  for (let row = 0; row < table.rowCount; row++) {
    let nearest = Number.POSITIVE_INFINITY;
    for (let other = 0; other < among.rowCount; other++) {
      const distance = squaredDistance(values, row * width, among.values, other * width, limits, nearest);
      if (distance >= nearest) continue;
      nearest = distance;
      rows[row] = other;
    }
    distances[row] = nearest;
  }
  return { distances, rows };
}

/** The squared distance, or something at least `enough` where it is not below that. */
function squaredDistance(
  a: Float64Array,
  fromA: number,
  b: Float64Array,
  fromB: number,
  limits: Float64Array,
  enough: number,
): number {
  let sum = 0;
  for (let column = 0; column < limits.length && sum < enough; column++) {
    const difference = a[fromA + column]! - b[fromB + column]!;
    const squared = difference * difference;
    sum += Math.min(squared, limits[column]!);
  }
  return sum;
}
