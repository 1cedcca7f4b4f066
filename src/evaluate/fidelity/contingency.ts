import type { ContingencyCells } from "../../stats/cramers-v.js";
import { JACKKNIFE_GROUPS } from "../../stats/jackknife.js";
import { totalVariation } from "../../stats/total-variation.js";
import type { PairCodes } from "./pair-codes.js";
import type { Similarity } from "./similarity.js";

/** Tables with more cells than this are counted sparsely: only pairs of values that occur get a cell. */
const DENSE_CELLS = 1 << 18;

/** Numbers the cells of a contingency table. */
export interface CellIndex {
  /** Cells known so far. */
  size(): number;
  /** The cell of a pair of codes, new where it was not seen. */
  cellOf(a: number, b: number): number;
  /** The cells with their rows and columns. */
  cells(counts: ArrayLike<number>): ContingencyCells;
}

/** Cells of a table with `levelsA` rows and `levelsB` columns: all of them where they are few, else those that occur. */
export function makeCellIndex(levelsA: number, levelsB: number): CellIndex {
  return levelsA * levelsB <= DENSE_CELLS ? denseIndex(levelsA * levelsB, levelsB) : sparseIndex(levelsB);
}

/** The cell of each row, [rows]. */
export function cellsOfRows(index: CellIndex, a: PairCodes, b: PairCodes): Int32Array {
  const cells = new Int32Array(a.codes.length);
  for (let row = 0; row < cells.length; row++) cells[row] = index.cellOf(a.codes[row]!, b.codes[row]!);
  return cells;
}

/** Rows per cell, [cells]. */
export function countCells(cells: Int32Array, size: number): Float64Array {
  const counts = new Float64Array(size);
  for (let row = 0; row < cells.length; row++) counts[cells[row]!] = counts[cells[row]!]! + 1;
  return counts;
}

/** 1 - 1/2 sum |p - q| over cells, whole and without each jackknife group of the sample's rows. */
export function cellSimilarity(
  real: Float64Array,
  sample: Float64Array,
  sampleCells: Int32Array,
  groups: Uint8Array | undefined,
): Similarity {
  const value = 1 - totalVariation(real, sample);
  if (groups === undefined || Number.isNaN(value)) return { value, leaveOut: [] };
  const size = sample.length;
  const perGroup = new Float64Array(size * JACKKNIFE_GROUPS);
  for (let row = 0; row < sampleCells.length; row++) {
    const at = groups[row]! * size + sampleCells[row]!;
    perGroup[at] = perGroup[at]! + 1;
  }
  const left = new Float64Array(size);
  const leaveOut = Array.from({ length: JACKKNIFE_GROUPS }, (_, group) => {
    for (let cell = 0; cell < size; cell++) left[cell] = sample[cell]! - perGroup[group * size + cell]!;
    return 1 - totalVariation(real, left);
  });
  return { value, leaveOut };
}

function denseIndex(size: number, levelsB: number): CellIndex {
  return {
    size: () => size,
    cellOf: (a, b) => a * levelsB + b,
    cells: (counts) => ({
      counts,
      rows: Int32Array.from({ length: size }, (_, cell) => Math.floor(cell / levelsB)),
      columns: Int32Array.from({ length: size }, (_, cell) => cell % levelsB),
    }),
  };
}

function sparseIndex(levelsB: number): CellIndex {
  const known = new Map<number, number>();
  return {
    size: () => known.size,
    cellOf(a, b) {
      const key = a * levelsB + b;
      const cell = known.get(key) ?? known.size;
      if (cell === known.size) known.set(key, cell);
      return cell;
    },
    cells: (counts) => ({
      counts,
      rows: Int32Array.from(known.keys(), (key) => Math.floor(key / levelsB)),
      columns: Int32Array.from(known.keys(), (key) => key % levelsB),
    }),
  };
}
