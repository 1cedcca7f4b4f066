import type { CodedTable } from "../coded-table.js";
import { makeRowIndex } from "../identical-matches.js";
import { nearestNeighbors } from "../nearest-neighbors.js";

/** Rows of the reference near a row are counted up to this: so many are a crowd. */
export const CROWD = 5;

/** Distances that differ by less are equal. */
const EQUAL_DISTANCE = 1e-9;

/**
 * For each row the number of reference rows within `distance` of it by Gower's distance (0: equal rows), CROWD for as many and
 * more. [rows]
 */
export async function countNear(
  reference: CodedTable,
  rows: CodedTable,
  distance: number,
  signal?: AbortSignal,
): Promise<Uint8Array> {
  if (distance === 0) return countEqual(reference, rows);
  const { distances } = await nearestNeighbors(reference, rows, CROWD, signal);
  return Uint8Array.from({ length: rows.rowCount }, (_, row) => {
    const near = distances.subarray(row * CROWD, (row + 1) * CROWD).filter((one) => one <= distance + EQUAL_DISTANCE);
    return near.length;
  });
}

function countEqual(reference: CodedTable, rows: CodedTable): Uint8Array {
  const index = makeRowIndex(reference);
  const copies = new Uint8Array(reference.rowCount);
  for (let row = 0; row < reference.rowCount; row++) {
    const first = index.find(reference, row);
    if (copies[first]! < CROWD) copies[first]!++;
  }
  return Uint8Array.from({ length: rows.rowCount }, (_, row) => {
    const first = index.find(rows, row);
    return first < 0 ? 0 : copies[first]!;
  });
}
