import type { FeatureBins } from "./feature-bins.js";
import { SLOTS } from "./histogram-split.js";

/** What trees are grown on: one column of bins a feature, [rows]. */
export interface BinnedFeatures {
  readonly bins: readonly FeatureBins[];
  readonly columns: readonly Uint8Array[];
  /** The same bins, four features a word (the first in the lowest byte): [ceil(features / 4)] of [rows]. */
  readonly packed: readonly Int32Array[];
  /** Where a feature's bins begin in a histogram, for a multiple of four features; those beyond point to an unused end. */
  readonly offsets: readonly number[];
  readonly histogramSize: number;
  readonly rowCount: number;
}

/** Buffers that every tree of a booster uses again. */
export interface TreeWorkspace {
  readonly rows: Uint32Array;
  readonly scratchRows: Uint32Array;
  readonly gradient: Float64Array;
  readonly hessian: Float64Array;
  readonly pool: Float64Array[];
}

/** Bins laid out for growing trees: histograms read four features with one load, three times as fast as one by one. */
export function makeBinnedFeatures(bins: readonly FeatureBins[], columns: readonly Uint8Array[]): BinnedFeatures {
  const rowCount = columns[0]?.length ?? 0;
  const packed: Int32Array[] = [];
  for (let first = 0; first < columns.length; first += 4) {
    const words = new Int32Array(rowCount);
    for (let at = 0; at < 4 && first + at < columns.length; at++) {
      const column = columns[first + at]!;
      for (let row = 0; row < rowCount; row++) words[row] = words[row]! | (column[row]! << (8 * at));
    }
    packed.push(words);
  }
  const offsets: number[] = [];
  let size = 0;
  for (const { binCount } of bins) {
    offsets.push(size);
    size += (binCount + 1) * SLOTS;
  }
  while (offsets.length < 4 * packed.length) offsets.push(size);
  return { bins, columns, packed, offsets, histogramSize: size + SLOTS, rowCount };
}

/** Buffers for trees on `rowCount` rows. */
export function makeTreeWorkspace(rowCount: number): TreeWorkspace {
  return {
    rows: new Uint32Array(rowCount),
    scratchRows: new Uint32Array(rowCount),
    gradient: new Float64Array(rowCount),
    hessian: new Float64Array(rowCount),
    pool: [],
  };
}

/** A histogram from the pool, its content undefined. */
export function takeHistogram(workspace: TreeWorkspace, data: BinnedFeatures): Float64Array {
  return workspace.pool.pop() ?? new Float64Array(data.histogramSize);
}

/** Sums of gradient, hessian and count per feature and bin over rows[start..end). */
export function fillHistogram(
  histogram: Float64Array,
  data: BinnedFeatures,
  start: number,
  end: number,
  gradient: Float64Array,
  hessian: Float64Array,
  workspace: TreeWorkspace,
): void {
  histogram.fill(0);
  const count = end - start;
  const rows = workspace.rows.subarray(start, end);
  const g = workspace.gradient;
  const h = workspace.hessian;
  for (let i = 0; i < count; i++) {
    g[i] = gradient[rows[i]!]!;
    h[i] = hessian[rows[i]!]!;
  }
  for (let group = 0; group < data.packed.length; group++) {
    const offsets = data.offsets.slice(4 * group, 4 * group + 4) as [number, number, number, number];
    addFourFeatures(histogram, offsets, data.packed[group]!, rows, count, g, h);
  }
}

/** Shifts and masks stand for bin * SLOTS: byte k of a word is the bin of the group's feature k. */
function addFourFeatures(
  histogram: Float64Array,
  [first, second, third, fourth]: readonly [number, number, number, number],
  packed: Int32Array,
  rows: Uint32Array,
  count: number,
  gradient: Float64Array,
  hessian: Float64Array,
): void {
  for (let i = 0; i < count; i++) {
    const word = packed[rows[i]!]!;
    const g = gradient[i]!;
    const h = hessian[i]!;
    let at = first + ((word & 255) << 2);
    histogram[at] = histogram[at]! + g;
    histogram[at + 1] = histogram[at + 1]! + h;
    histogram[at + 2] = histogram[at + 2]! + 1;
    at = second + ((word >>> 6) & 1020);
    histogram[at] = histogram[at]! + g;
    histogram[at + 1] = histogram[at + 1]! + h;
    histogram[at + 2] = histogram[at + 2]! + 1;
    at = third + ((word >>> 14) & 1020);
    histogram[at] = histogram[at]! + g;
    histogram[at + 1] = histogram[at + 1]! + h;
    histogram[at + 2] = histogram[at + 2]! + 1;
    at = fourth + ((word >>> 22) & 1020);
    histogram[at] = histogram[at]! + g;
    histogram[at + 1] = histogram[at + 1]! + h;
    histogram[at + 2] = histogram[at + 2]! + 1;
  }
}
