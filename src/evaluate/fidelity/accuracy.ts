import { quantileSorted } from "simple-statistics";
import type { RandomStream } from "../../core/random.js";
import { countBelow } from "../../stats/sorted-search.js";
import type { ScoredTable, ScoredValues } from "../scored-table.js";
import { countJoint, jointSimilarity } from "./joint-counts.js";
import { mapReferences, meanSimilarity, type Sample, type Similarity } from "./similarity.js";

/** Mean of 1 - total variation distance over columns, pairs and triples; NaN where there is none. */
export interface Accuracy {
  readonly univariate: Similarity;
  readonly bivariate: Similarity;
  readonly trivariate: Similarity;
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
  samples: readonly Sample[],
  random: RandomStream,
): readonly Accuracy[] {
  const coders = train.columns.map(makeCoder);
  const codeTable = (table: ScoredTable): BinnedTable => ({
    rowCount: table.rowCount,
    columns: table.columns.map((column, at) => coders[at]!(column)),
  });
  const references = mapReferences(samples, codeTable);
  const sides = samples.map(({ table, reference, groups }) => ({
    table: codeTable(table),
    reference: references.get(reference)!,
    groups,
  }));
  const scores = [1, 2, 3].map((size) => {
    const sets = combinations(train.columns.length, size, random.fork(size));
    return meanOverlaps(sides, [...references.values()], sets);
  });
  return samples.map((_, at) => ({
    univariate: scores[0]![at]!,
    bivariate: scores[1]![at]!,
    trivariate: scores[2]![at]!,
  }));
}

/** Columns in at most 12 bins each. */
interface BinnedTable {
  readonly rowCount: number;
  /** [columns] of [rows] */
  readonly columns: readonly Uint8Array[];
}

interface BinnedSample {
  readonly table: BinnedTable;
  readonly reference: BinnedTable;
  readonly groups: Uint8Array | undefined;
}

/** The mean overlap of each sample with its reference over sets of columns. */
function meanOverlaps(
  samples: readonly BinnedSample[],
  references: readonly BinnedTable[],
  sets: readonly (readonly number[])[],
): Similarity[] {
  const parts: Similarity[][] = samples.map(() => []);
  for (const set of sets) {
    const size = CODES ** set.length;
    const counts = new Map(references.map((table) => [table, countJoint(jointCodes(table, set), size, undefined)]));
    samples.forEach(({ table, reference, groups }, at) => {
      const sample = countJoint(jointCodes(table, set), size, groups);
      parts[at]!.push(jointSimilarity(counts.get(reference)!.whole, sample));
    });
  }
  return parts.map(meanSimilarity);
}

/** The cell of each row in the joint table of one to three columns, [rows]. */
function jointCodes({ rowCount, columns }: BinnedTable, set: readonly number[]): Uint8Array | Uint16Array {
  const [a, b, c] = set.map((at) => columns[at]!);
  if (b === undefined) return a!;
  const cells = new Uint16Array(rowCount);
  if (c === undefined) for (let row = 0; row < rowCount; row++) cells[row] = a![row]! * CODES + b[row]!;
  else for (let row = 0; row < rowCount; row++) cells[row] = (a![row]! * CODES + b[row]!) * CODES + c[row]!;
  return cells;
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

/** Codes of a column's values on any side; which bins there are is decided on the training column. */
function makeCoder(train: ScoredValues): (side: ScoredValues) => Uint8Array {
  return train.kind === "number" ? numberCoder(train.values) : categoryCoder(train.codes, train.levels);
}

function numberCoder(train: Float64Array): (side: ScoredValues) => Uint8Array {
  const sorted = Array.from(train.filter((value) => !Number.isNaN(value)).sort());
  const shares = Array.from({ length: TOP - 1 }, (_, i) => (i + 1) / TOP);
  const edges = Float64Array.from(sorted.length === 0 ? [] : shares.map((share) => quantileSorted(sorted, share)));
  const binOf = (value: number): number => (Number.isNaN(value) ? MISSING : countBelow(edges, value));
  return (side) => Uint8Array.from(side.kind === "number" ? side.values : [], binOf);
}

function categoryCoder(train: Int32Array, levels: number): (side: ScoredValues) => Uint8Array {
  const counts = new Uint32Array(levels);
  for (const code of train) if (code >= 0) counts[code]!++;
  const order = Array.from(counts.keys()).sort((a, b) => counts[b]! - counts[a]! || a - b);
  const binOfLevel = new Uint8Array(levels).fill(OTHER);
  for (let bin = 0; bin < Math.min(TOP, levels); bin++) binOfLevel[order[bin]!] = bin;
  return (side) =>
    Uint8Array.from(side.kind === "category" ? side.codes : [], (code) => (code < 0 ? MISSING : binOfLevel[code]!));
}
