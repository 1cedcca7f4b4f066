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

/**
 * Leaves at an end are cut off as long as none of them, nor all of them together, has more rows than this many times the noise; where
 * that were more than a hundredth of all rows, than the noise.
 */
const CUT = 3;
const MOST_CUT = 0.01;

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
      const [first, end] = isDeclared
        ? [0, leaves[i]!.length]
        : heldSpan(leaves[i]!, Math.min(CUT * sigma, Math.max(sigma, MOST_CUT * rows)));
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

/** From the first to behind the last leaf that is not cut off; all where none is left. */
function heldSpan(leaves: readonly Leaf[], least: number): [number, number] {
  const before = cutLeaves(leaves, least);
  const behind = cutLeaves(leaves.toReversed(), least);
  return before === leaves.length ? [0, leaves.length] : [before, leaves.length - behind];
}

/** How many leaves, from the first on, are cut off. */
function cutLeaves(leaves: readonly Leaf[], least: number): number {
  let rows = 0;
  const clear = leaves.findIndex(({ count }, at) => {
    rows += count;
    return count > least || rows > least * Math.sqrt(at + 1);
  });
  return clear < 0 ? leaves.length : clear;
}
