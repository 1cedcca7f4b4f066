import { setImmediate } from "node:timers/promises";
import { quantileSorted } from "simple-statistics";
import { throwIfAborted } from "../../core/errors.js";
import type { RandomStream } from "../../core/random.js";
import { mapToBytes } from "../../stats/map-to-bytes.js";
import { countBelow } from "../../stats/sorted-search.js";
import type { ScoredTable, ScoredValues } from "../scored-table.js";
import { countCells, countPairs, type JointCounts, jointSimilarity } from "./joint-counts.js";
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

/** Combinations between two turns of the event loop. */
const SETS_PER_TURN = 10;

/**
 * Accuracy after MOSTLY AI (Platzer and Reutterer 2021, doi:10.3389/fdata.2021.679939): ten quantile bins of the training
 * column, or its ten most frequent categories and "other"; missing is a bin of its own.
 * @returns one entry a sample; throws E_INTERRUPTED
 */
export async function scoreAccuracy(
  train: ScoredTable,
  samples: readonly Sample[],
  options: { readonly random: RandomStream; readonly signal?: AbortSignal | undefined },
): Promise<readonly Accuracy[]> {
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
  const scores: (readonly Similarity[])[] = [];
  for (const size of [1, 2, 3]) {
    const sets = combinations(train.columns.length, size, options.random.fork(size));
    scores.push(await meanOverlaps(sides, [...references.values()], sets, options.signal));
  }
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

/** The mean overlap of each sample with its reference over sets of one to three columns. */
async function meanOverlaps(
  samples: readonly BinnedSample[],
  references: readonly BinnedTable[],
  sets: readonly (readonly number[])[],
  signal: AbortSignal | undefined,
): Promise<Similarity[]> {
  const parts: Similarity[][] = samples.map(() => []);
  const count = makeSetCounter();
  for (const [at, set] of sets.entries()) {
    if (at % SETS_PER_TURN === 0) {
      await setImmediate();
      throwIfAborted(signal);
    }
    const real = new Map(references.map((table) => [table, count(table, set, undefined).whole]));
    samples.forEach(({ table, reference, groups }, sample) => {
      parts[sample]!.push(jointSimilarity(real.get(reference)!, count(table, set, groups)));
    });
  }
  return parts.map(meanSimilarity);
}

/** Counts rows per cell of a set of columns. The codes of a set's first two columns are kept for the next set that begins so. */
function makeSetCounter(): (table: BinnedTable, set: readonly number[], groups?: Uint8Array) => JointCounts {
  const joined = new Map<BinnedTable, { readonly key: string; readonly codes: Uint8Array }>();
  const join = (table: BinnedTable, a: number, b: number): Uint8Array => {
    const key = `${a} ${b}`;
    const known = joined.get(table);
    if (known?.key === key) return known.codes;
    const [first, second] = [table.columns[a]!, table.columns[b]!];
    const codes = new Uint8Array(table.rowCount);
    for (let row = 0; row < codes.length; row++) codes[row] = first[row]! * CODES + second[row]!;
    joined.set(table, { key, codes });
    return codes;
  };
  return (table, [a, b, c], groups) => {
    const first = table.columns[a!]!;
    if (b === undefined) return countCells(first, CODES, groups);
    if (c === undefined) return countPairs(first, table.columns[b]!, [CODES, CODES], groups);
    return countPairs(join(table, a!, b), table.columns[c]!, [CODES * CODES, CODES], groups);
  };
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
  return [...sets.values()].sort((left, right) => left[0]! - right[0]! || left[1]! - right[1]!);
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
  return (side) => mapToBytes(side.kind === "number" ? side.values : [], binOf);
}

function categoryCoder(train: Int32Array, levels: number): (side: ScoredValues) => Uint8Array {
  const counts = new Uint32Array(levels);
  for (const code of train) if (code >= 0) counts[code]!++;
  const order = Array.from(counts.keys()).sort((a, b) => counts[b]! - counts[a]! || a - b);
  const binOfLevel = new Uint8Array(levels).fill(OTHER);
  for (let bin = 0; bin < Math.min(TOP, levels); bin++) binOfLevel[order[bin]!] = bin;
  const binOf = (code: number): number => (code < 0 ? MISSING : binOfLevel[code]!);
  return (side) => mapToBytes(side.kind === "category" ? side.codes : [], binOf);
}
