import type { ContingencyCells } from "../../stats/cramers-v.js";
import type { Codes } from "./joint-counts.js";
import type { PairCodes } from "./pair-codes.js";

/** Tables with more cells than this are counted sparsely: only pairs of values that occur get a cell. */
const DENSE_CELLS = 1 << 18;

/** Two coded columns of one table. */
export type CodedPair = readonly [PairCodes, PairCodes];

/** Contingency tables of several pairs, over the same cells. */
export interface IndexedCells {
  /** How many cells there are. */
  readonly size: number;
  /** The cell of each row, [pairs] of [rows]. */
  readonly cellsOf: readonly Codes[];
  /** Rows and columns of the cells with these counts, [cells]. */
  withPlaces(counts: ArrayLike<number>): ContingencyCells;
}

/** Numbers the cells of the contingency tables: all of them where they are few, else those that occur. */
export function indexCells(pairs: readonly CodedPair[]): IndexedCells {
  const levelsA = Math.max(...pairs.map(([a]) => a.levels));
  const levelsB = Math.max(...pairs.map(([, b]) => b.levels));
  return levelsA * levelsB <= DENSE_CELLS ? indexAll(pairs, levelsA, levelsB) : indexOccurring(pairs, levelsB);
}

function indexAll(pairs: readonly CodedPair[], levelsA: number, levelsB: number): IndexedCells {
  const size = levelsA * levelsB;
  return {
    size,
    cellsOf: pairs.map(([a, b]) => {
      const cells = size <= 1 << 16 ? new Uint16Array(a.codes.length) : new Int32Array(a.codes.length);
      for (let row = 0; row < cells.length; row++) cells[row] = a.codes[row]! * levelsB + b.codes[row]!;
      return cells;
    }),
    withPlaces: (counts) => ({
      counts,
      rows: Int32Array.from({ length: size }, (_, cell) => Math.floor(cell / levelsB)),
      columns: Int32Array.from({ length: size }, (_, cell) => cell % levelsB),
    }),
  };
}

function indexOccurring(pairs: readonly CodedPair[], levelsB: number): IndexedCells {
  const known = new Map<number, number>();
  const cellsOf = pairs.map(([a, b]) => {
    const cells = new Int32Array(a.codes.length);
    for (let row = 0; row < cells.length; row++) {
      const key = a.codes[row]! * levelsB + b.codes[row]!;
      const cell = known.get(key) ?? known.size;
      if (cell === known.size) known.set(key, cell);
      cells[row] = cell;
    }
    return cells;
  });
  return {
    size: known.size,
    cellsOf,
    withPlaces: (counts) => ({
      counts,
      rows: Int32Array.from(known.keys(), (key) => Math.floor(key / levelsB)),
      columns: Int32Array.from(known.keys(), (key) => key % levelsB),
    }),
  };
}
