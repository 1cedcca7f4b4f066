import { quantileSorted } from "simple-statistics";
import type { RandomStream } from "../../core/random.js";
import { totalVariation } from "../../stats/total-variation.js";
import type { ScoredTable, ScoredValues } from "../scored-table.js";

/** Mean of 1 - total variation distance over columns, pairs and triples; NaN where there is none. */
export interface Accuracy {
  readonly univariate: number;
  readonly bivariate: number;
  readonly trivariate: number;
}

/** A column in at most 12 bins, which ones being decided on the training table. */
interface BinnedColumn {
  readonly train: Uint8Array;
  /** [samples] of [rows] */
  readonly samples: readonly Uint8Array[];
}

/** Ten bins, other, missing. */
const CODES = 12;
const TOP = 10;
const OTHER = 10;
const MISSING = 11;

/** Combinations of columns that are looked at, at most; more are drawn at random. */
export const MAX_COMBINATIONS = 1000;

/**
 * Accuracy after MOSTLY AI (Platzer and Reutterer 2021, doi:10.3389/fdata.2021.679939): ten quantile bins of the training
 * column, or its ten most frequent categories and "other"; missing is a bin of its own.
 * @returns one entry a sample
 */
export function scoreAccuracy(
  train: ScoredTable,
  samples: readonly ScoredTable[],
  random: RandomStream,
): readonly Accuracy[] {
  const columns = train.columns.map((column, at) =>
    binColumn(
      column,
      samples.map((sample) => sample.columns[at]!),
    ),
  );
  const scores = [1, 2, 3].map((size) => {
    const sets = combinations(columns.length, size, random.fork(size));
    return samples.map((_, sample) => meanOverlap(columns, sets, sample));
  });
  return samples.map((_, at) => ({
    univariate: scores[0]![at]!,
    bivariate: scores[1]![at]!,
    trivariate: scores[2]![at]!,
  }));
}

function meanOverlap(columns: readonly BinnedColumn[], sets: readonly (readonly number[])[], sample: number): number {
  if (sets.length === 0) return Number.NaN;
  let sum = 0;
  for (const set of sets) {
    const chosen = set.map((at) => columns[at]!);
    const real = countJoint(chosen.map((column) => column.train));
    const other = countJoint(chosen.map((column) => column.samples[sample]!));
    sum += 1 - totalVariation(real, other);
  }
  return sum / sets.length;
}

function countJoint(columns: readonly Uint8Array[]): Float64Array {
  const counts = new Float64Array(CODES ** columns.length);
  const [a, b, c] = columns;
  const rows = a!.length;
  for (let row = 0; row < rows; row++) {
    let cell = a![row]!;
    if (b !== undefined) cell = cell * CODES + b[row]!;
    if (c !== undefined) cell = cell * CODES + c[row]!;
    counts[cell] = counts[cell]! + 1;
  }
  return counts;
}

/** All sets of `size` columns where they are few, else as many as allowed at random. */
function combinations(count: number, size: number, random: RandomStream): number[][] {
  if (countSets(count, size) <= MAX_COMBINATIONS) return allSets(count, size, 0);
  const sets = new Map<string, number[]>();
  while (sets.size < MAX_COMBINATIONS) {
    const chosen = new Set<number>();
    while (chosen.size < size) chosen.add(random.integer(count));
    const set = [...chosen].sort((a, b) => a - b);
    sets.set(set.join(), set);
  }
  return [...sets.values()];
}

function countSets(count: number, size: number): number {
  let product = 1;
  for (let i = 0; i < size; i++) product = (product * (count - i)) / (i + 1);
  return product;
}

function allSets(count: number, size: number, first: number): number[][] {
  if (size === 0) return [[]];
  const sets: number[][] = [];
  for (let at = first; at < count; at++) for (const rest of allSets(count, size - 1, at + 1)) sets.push([at, ...rest]);
  return sets;
}

function binColumn(train: ScoredValues, samples: readonly ScoredValues[]): BinnedColumn {
  const code = train.kind === "number" ? numberCoder(train.values) : categoryCoder(train.codes, train.levels);
  return { train: code(train), samples: samples.map(code) };
}

function numberCoder(train: Float64Array): (side: ScoredValues) => Uint8Array {
  const sorted = Array.from(train.filter((value) => !Number.isNaN(value)).sort());
  const shares = Array.from({ length: TOP - 1 }, (_, i) => (i + 1) / TOP);
  const edges = sorted.length === 0 ? [] : shares.map((share) => quantileSorted(sorted, share));
  return (side) => Uint8Array.from(side.kind === "number" ? side.values : [], (value) => binOf(edges, value));
}

function binOf(edges: readonly number[], value: number): number {
  if (Number.isNaN(value)) return MISSING;
  let bin = 0;
  while (bin < edges.length && edges[bin]! < value) bin++;
  return bin;
}

function categoryCoder(train: Int32Array, levels: number): (side: ScoredValues) => Uint8Array {
  const counts = new Uint32Array(levels);
  for (const code of train) if (code >= 0) counts[code] = counts[code]! + 1;
  const order = Array.from(counts.keys()).sort((a, b) => counts[b]! - counts[a]! || a - b);
  const binOfLevel = new Uint8Array(levels).fill(OTHER);
  for (let bin = 0; bin < Math.min(TOP, levels); bin++) binOfLevel[order[bin]!] = bin;
  return (side) =>
    Uint8Array.from(side.kind === "category" ? side.codes : [], (code) => (code < 0 ? MISSING : binOfLevel[code]!));
}
