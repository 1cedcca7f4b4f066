import type { NumberLevel } from "../../encode/fit-number-levels.js";
import type { PaidTable } from "../paid-table.js";
import { type BinnedColumn, countBins, depthOf, type Leaf } from "./count-bins.js";
import { mergeLeaves } from "./merge-leaves.js";
import type { NumberRange } from "./number-range.js";

/** A column whose bins are asked for. */
export interface BinRequest extends BinnedColumn {
  /** False: the ends of the range, where next to nothing lies, are cut off. */
  readonly isDeclared: boolean;
}

export interface FoundBins {
  readonly levels: readonly NumberLevel[];
  /** What is left of the range that was asked for. */
  readonly range: NumberRange;
  /** Noisy number of rows in what was cut off. */
  readonly beyond: number;
}

/** Bins have at least a 64th of the rows, and more than four times the noise. */
const BINS = 64;
const NOISE = 4;

/** Leaves at an end that are cut off have no more rows than so many times the noise. */
const CUT = 2;

/** The levels of each column, from noisy counts. */
export function findBins(
  paid: PaidTable,
  columns: readonly BinRequest[],
  rows: number,
  sigmaOf: (changes: number) => number,
): Map<string, FoundBins> {
  const changes = columns.reduce((sum, { range }) => sum + depthOf(range), 0);
  const sigma = changes === 0 ? 0 : sigmaOf(changes);
  const threshold = Math.max(rows / BINS, NOISE * sigma);
  const leaves = countBins(paid, columns, { sigma, threshold });
  return new Map(
    columns.map(({ name, range, isDeclared }, i) => {
      const [first, end] = isDeclared ? [0, leaves[i]!.length] : heldSpan(leaves[i]!, CUT * sigma);
      const kept = leaves[i]!.slice(first, end);
      const last = kept[kept.length - 1]!;
      const beyond = leaves[i]!.reduce((sum, { count }, at) => sum + (at >= first && at < end ? 0 : count), 0);
      return [
        name,
        {
          levels: mergeLeaves(kept, { noise: sigma, threshold }),
          range: { lattice: range.lattice, first: kept[0]!.first, last: last.first + last.width - 1 },
          beyond,
        },
      ];
    }),
  );
}

/** From the first to behind the last leaf of more rows than `least`; all where none has. */
function heldSpan(leaves: readonly Leaf[], least: number): [number, number] {
  const first = leaves.findIndex(({ count }) => count > least);
  return first < 0 ? [0, leaves.length] : [first, leaves.findLastIndex(({ count }) => count > least) + 1];
}
