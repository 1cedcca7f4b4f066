import type { RandomStream } from "../../core/random.js";
import type { EncodedTable, Field } from "../../encode/field.js";
import { countAtMost } from "../../stats/sorted-search.js";

/** The joint distribution of columns that a generator is given: plain JSON, no combination that few rows have. */
export interface KnownColumns {
  /** Indices among the layout's fields. */
  readonly fields: readonly number[];
  /** Share of each level among all training rows, by field. */
  readonly shares: readonly (readonly number[])[];
  /** Combinations of levels that enough rows have; the rest of the rows are drawn column by column. */
  readonly combinations: readonly { readonly levels: readonly number[]; readonly share: number }[];
}

/** @param minCount rows that a combination must have to be kept as one */
export function makeKnownColumns(
  known: readonly number[],
  fields: readonly Field[],
  encoded: EncodedTable,
  minCount: number,
): KnownColumns {
  const shares = known.map((index) => {
    const field = fields[index]!;
    const own = new Array<number>(field.kind === "discrete" ? field.levels : 0).fill(0);
    for (const code of encoded.fields[index]!) own[code]! += 1 / encoded.rowCount;
    return own;
  });
  const combinations = [...rowsByCombination(known, encoded).values()]
    .filter((rows) => rows.length >= minCount)
    .map((rows) => ({
      levels: known.map((index) => encoded.fields[index]![rows[0]!]!),
      share: rows.length / encoded.rowCount,
    }))
    .sort((a, b) => b.share - a.share || a.levels.findIndex((level, i) => level !== b.levels[i]));
  return { fields: known, shares, combinations };
}

/** Training rows by the combination of levels that they have, in the order of their first rows. */
export function rowsByCombination(known: readonly number[], encoded: EncodedTable): Map<string, number[]> {
  const groups = new Map<string, number[]>();
  for (let row = 0; row < encoded.rowCount; row++) {
    const key = known.map((index) => encoded.fields[index]![row]!).join();
    const rows = groups.get(key);
    if (rows === undefined) groups.set(key, [row]);
    else rows.push(row);
  }
  return groups;
}

/** Draws combinations by their true shares: a frequent one as it is, else a rare one, column by column. */
export function makeCombinationSampler(known: KnownColumns): (random: RandomStream) => readonly number[] {
  const { combinations, shares } = known;
  const frequent = cumulated(combinations.map(({ share }) => share));
  const byColumn = shares.map(cumulated);
  const keys = new Set(combinations.map(({ levels }) => levels.join()));
  return (random) => {
    const point = random.uniform();
    if (point < (frequent.at(-1) ?? 0)) return combinations[countAtMost(frequent, point)]!.levels;
    let levels: number[] = [];
    for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
      levels = byColumn.map((sums) => Math.min(sums.length - 1, countAtMost(sums, random.uniform() * sums.at(-1)!)));
      if (!keys.has(levels.join())) break;
    }
    return levels;
  };
}

/** Draws until a combination is none of the frequent ones. */
const ATTEMPTS = 20;

function cumulated(shares: readonly number[]): Float64Array {
  let sum = 0;
  return Float64Array.from(shares, (share) => {
    sum += share;
    return sum;
  });
}
