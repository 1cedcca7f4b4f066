import type { ContingencyCells } from "../../stats/cramers-v.js";
import { countCells, countPairs, type JointCounts } from "./joint-counts.js";
import type { PairCodes } from "./pair-codes.js";

/** Tables with more cells than this are counted sparsely: only pairs of values that occur get a cell. */
const DENSE_CELLS = 1 << 18;

/** Two coded columns of one table. */
export type CodedPair = readonly [PairCodes, PairCodes];

/** Contingency tables of several pairs, over the same cells. */
export interface ContingencyTables {
  /** Rows per cell of the pair at a position, `groups` [rows]. */
  count(position: number, groups: Uint8Array | undefined): JointCounts;
  /** Rows and columns of the cells with these counts, [cells]. */
  withPlaces(counts: ArrayLike<number>): ContingencyCells;
}

/** Numbers the cells of the contingency tables: all of them where they are few, else those that occur. */
export function makeContingencyTables(pairs: readonly CodedPair[]): ContingencyTables {
  const levelsA = Math.max(...pairs.map(([a]) => a.levels));
  const levelsB = Math.max(...pairs.map(([, b]) => b.levels));
  return levelsA * levelsB <= DENSE_CELLS ? denseTables(pairs, levelsA, levelsB) : sparseTables(pairs, levelsB);
}

function denseTables(pairs: readonly CodedPair[], levelsA: number, levelsB: number): ContingencyTables {
  const size = levelsA * levelsB;
  return {
    count(position, groups) {
      const [a, b] = pairs[position]!;
      return countPairs(a.codes, b.codes, [levelsA, levelsB], groups);
    },
    withPlaces(counts) {
      const rows = new Int32Array(size);
      const columns = new Int32Array(size);
      for (let cell = 0; cell < size; cell++) {
        rows[cell] = Math.floor(cell / levelsB);
        columns[cell] = cell % levelsB;
      }
      return { counts, rows, columns };
    },
  };
}

function sparseTables(pairs: readonly CodedPair[], levelsB: number): ContingencyTables {
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
    count: (position, groups) => countCells(cellsOf[position]!, known.size, groups),
    withPlaces: (counts) => ({
      counts,
      rows: Int32Array.from(known.keys(), (key) => Math.floor(key / levelsB)),
      columns: Int32Array.from(known.keys(), (key) => key % levelsB),
    }),
  };
}
