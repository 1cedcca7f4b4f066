import { fromLattice, toLattice } from "../../encode/lattice.js";
import type { ColumnSchema } from "../../schema/table-schema.js";
import type { CellValue, PaidTable } from "../paid-table.js";
import { numberRange, publicBounds } from "./number-range.js";

/** Bounds that were found, and the noisy number of rows beyond them. */
export interface FoundBounds {
  readonly bounds: readonly [number, number];
  readonly beyond: number;
}

/** Places on the lattice by sign and power of two: -2^51 .. -1, 0, 1 .. 2^51. */
const POWERS = 52;
const ZERO = POWERS;
const CELLS = 2 * POWERS + 1;

/** A power of two counts as held by rows where its count is above so many sigmas: one of 105 counts of nothing is in 30,000 runs. */
const CLEAR = 5;

/**
 * Bounds of numbers that the schema does not bound, from noisy counts of their powers of two: the outermost that is clearly held.
 * A side that is declared stays as it is. Columns of which nothing is clear have no bounds: undefined.
 */
export function findBounds(
  paid: PaidTable,
  columns: readonly ColumnSchema[],
  sigma: number,
): Map<string, FoundBounds | undefined> {
  if (columns.length === 0) return new Map();
  const lattices = columns.map((column) => numberRange(column, [0, 0]).lattice);
  const counts = paid.countValues(
    "bounds of numbers",
    columns.map(({ name }, i) => ({
      column: name,
      cells: CELLS,
      cellOf: (value: CellValue) => (typeof value === "number" ? powerOf(toLattice(lattices[i]!, value)) : -1),
    })),
    sigma,
  );
  return new Map(
    columns.map((column, i) => {
      const range = clearRange(counts[i]!, CLEAR * sigma);
      if (range === undefined) return [column.name, undefined];
      const [low, high] = publicBounds(column);
      const found = [edgeOf(range[0], -1), edgeOf(range[1], 1)].map((place) => fromLattice(lattices[i]!, place));
      const beyond = sum(counts[i]!, 0, range[0]) + sum(counts[i]!, range[1] + 1, CELLS);
      const bounds = [Math.max(low, found[0]!), Math.min(high, found[1]!)] as const;
      return [column.name, { bounds: [Math.min(...bounds), Math.max(...bounds)] as const, beyond }];
    }),
  );
}

/** The cell of a place: how many binary digits it has, on its side of 0. */
function powerOf(place: number): number {
  const digits = Math.min(POWERS, place === 0 ? 0 : 1 + Math.floor(Math.log2(Math.abs(place))));
  return ZERO + Math.sign(place) * digits;
}

/** The place of a cell that lies farthest on that side. */
function edgeOf(cell: number, side: -1 | 1): number {
  const digits = Math.abs(cell - ZERO);
  if (digits === 0) return 0;
  const isOuter = Math.sign(cell - ZERO) === side;
  return Math.sign(cell - ZERO) * (isOuter ? 2 ** digits - 1 : 2 ** (digits - 1));
}

function clearRange(counts: Int32Array, least: number): [number, number] | undefined {
  const first = counts.findIndex((count) => count > least);
  return first < 0 ? undefined : [first, counts.findLastIndex((count) => count > least)];
}

function sum(counts: Int32Array, from: number, to: number): number {
  return counts.subarray(from, to).reduce((total, count) => total + count, 0);
}
