import { type CodedTable, takeCodedColumns, takeCodedRows } from "./coded-table.js";
import { makeRowIndex } from "./identical-matches.js";
import { rowsWithin } from "./rows-within.js";

/** Sums of distances that differ by less count as equal: the order of summation alone moves them so much. */
const TIE = 1e-9;

/** Up to so many columns a search for each is faster: much of a table is within 1 of the smallest sum of a few. */
const FEW_COLUMNS = 6;

/**
 * The nearest row of `reference` for each row of `queries`, by Gower's distance on the columns `columns` (positions). Of
 * equally near rows the lowest: a rule that knows nothing of where a query comes from, so that it favours neither training
 * nor held-out rows. [queries]; -1 where the reference has no rows. Throws E_INTERRUPTED.
 */
export async function nearestRows(
  reference: CodedTable,
  queries: CodedTable,
  columns: readonly number[],
  signal?: AbortSignal,
): Promise<Int32Array> {
  const nearest = new Int32Array(queries.rowCount).fill(-1);
  const { rows, table } = firstOfEqualRows(takeCodedColumns(reference, columns));
  const lowest = (query: number, near: Int32Array, count: number): void => {
    let row = near[0]!;
    for (let i = 1; i < count; i++) row = Math.min(row, near[i]!);
    nearest[query] = rows[row]!;
  };
  await rowsWithin(table, takeCodedColumns(queries, columns), 0, lowest, signal);
  return nearest;
}

/**
 * For each row of `queries` and each column the nearest row of `reference` on all other columns; of equally near rows the
 * lowest. One search does for all columns: each adds 0 to 1 to the sum of distances, so that only rows within 1 of the smallest
 * sum can be nearest without one. [queries, columns]; -1 where the reference has no rows. Throws E_INTERRUPTED.
 */
export async function nearestLeavingOut(
  reference: CodedTable,
  queries: CodedTable,
  signal?: AbortSignal,
): Promise<Int32Array> {
  if (reference.width <= FEW_COLUMNS) return searchEach(reference, queries, signal);
  return searchOnce(reference, queries, signal);
}

async function searchEach(reference: CodedTable, queries: CodedTable, signal?: AbortSignal): Promise<Int32Array> {
  const { width } = reference;
  const nearest = new Int32Array(queries.rowCount * width);
  const columns = Array.from({ length: width }, (_, column) => column);
  for (const secret of columns) {
    const known = columns.filter((column) => column !== secret);
    const rows = await nearestRows(reference, queries, known, signal);
    for (let query = 0; query < queries.rowCount; query++) nearest[query * width + secret] = rows[query]!;
  }
  return nearest;
}

async function searchOnce(reference: CodedTable, queries: CodedTable, signal?: AbortSignal): Promise<Int32Array> {
  const { width } = reference;
  const nearest = new Int32Array(queries.rowCount * width).fill(-1);
  const { rows, table } = firstOfEqualRows(reference);
  const parts = new Float64Array(width);
  const best = new Float64Array(width);
  const bestRow = new Int32Array(width);
  const choose = (query: number, near: Int32Array, count: number): void => {
    const from = query * width;
    best.fill(Number.POSITIVE_INFINITY);
    bestRow.fill(table.rowCount);
    for (let i = 0; i < count; i++) {
      const row = near[i]!;
      let sum = 0;
      for (let column = 0, at = row * width; column < width; column++, at++) {
        const part = Math.min(1, Math.abs(queries.values[from + column]! - table.values[at]!));
        parts[column] = part;
        sum += part;
      }
      for (let secret = 0; secret < width; secret++) {
        const gain = best[secret]! - (sum - parts[secret]!);
        if (gain < -TIE || (gain <= TIE && row > bestRow[secret]!)) continue;
        best[secret] = sum - parts[secret]!;
        bestRow[secret] = row;
      }
    }
    for (let secret = 0; secret < width; secret++) nearest[from + secret] = rows[bestRow[secret]!]!;
  };
  await rowsWithin(table, queries, 1, choose, signal);
  return nearest;
}

/** The table without rows that equal an earlier one, which are never the lowest of the nearest, and where its rows stood. */
function firstOfEqualRows(table: CodedTable): { rows: Uint32Array; table: CodedTable } {
  const index = makeRowIndex(table);
  const all = Uint32Array.from({ length: table.rowCount }, (_, row) => row);
  const rows = all.filter((row) => index.find(table, row) === row);
  return { rows, table: takeCodedRows(table, rows) };
}
