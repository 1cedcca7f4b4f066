import type { RandomStream } from "../core/random.js";
import type { CompletionEngine } from "../gan/inference/completion-engine.js";
import {
  type ColumnCondition,
  type ConditionTable,
  conditionedFields,
  makeConditionTable,
} from "../gan/inference/condition-table.js";
import { drawConditioned } from "../gan/inference/draw-conditioned.js";
import type { FoldedNetwork } from "../gan/inference/folded-network.js";
import type { KnownFields } from "../gan/inference/sample-chunk.js";
import { countAtMost } from "../stats/sorted-search.js";
import { makeShuffle } from "./make-shuffle.js";

/** Rows of a sample, and the conditions that they meet. */
export interface Stratum {
  readonly rows: number;
  /** On the same columns in all strata of a sample; at least one. */
  readonly conditions: readonly ColumnCondition[];
}

/** Strata ready to be drawn from. Plain data. */
export type Strata = readonly { readonly rows: number; readonly table: ConditionTable }[];

/** Finds the joint distribution of each stratum's conditioned fields. Throws E_SAMPLE_CONDITION_EMPTY and _IMPOSSIBLE. */
export async function makeStrata(
  strata: readonly Stratum[],
  engine: CompletionEngine,
  network: FoldedNetwork,
): Promise<Strata> {
  const made: { rows: number; table: ConditionTable }[] = [];
  for (const { rows, conditions } of strata) {
    made.push({ rows, table: await makeConditionTable(engine, network, conditions) });
  }
  return made;
}

/** A chunk of a sample: `rows` rows from row `firstRow` (0 = first) on, drawn from `random`. */
interface ChunkOfSample {
  readonly firstRow: number;
  readonly rows: number;
  readonly random: RandomStream;
  /** The same for all chunks: the order of the strata's rows. */
  readonly shared: RandomStream;
}

/** Draws the conditioned fields of a chunk. In the whole sample each stratum has exactly its rows, in random order. */
export async function drawStrata(
  strata: Strata,
  engine: CompletionEngine,
  network: FoldedNetwork,
  { firstRow, rows, random, shared }: ChunkOfSample,
): Promise<KnownFields> {
  const fields = conditionedFields(strata[0]!.table).toSorted((a, b) => a - b);
  const levels = fields.map(() => new Int32Array(rows));
  for (const [index, own] of rowsOfStrata(strata, firstRow, rows, shared).entries()) {
    if (own.length === 0) continue;
    const { table } = strata[index]!;
    const drawn = await drawConditioned(engine, network, table, own.length, random.fork("conditions").fork(index));
    for (const [at, field] of conditionedFields(table).entries()) {
      const target = levels[fields.indexOf(field)]!;
      for (let i = 0; i < own.length; i++) target[own[i]!] = drawn[at]![i]!;
    }
  }
  return { fields, levels };
}

/** By stratum its rows of the chunk, 0 = the chunk's first. */
function rowsOfStrata(strata: Strata, firstRow: number, rows: number, shared: RandomStream): number[][] {
  if (strata.length === 1) return [Array.from({ length: rows }, (_, row) => row)];
  let total = 0;
  const ends = Float64Array.from(strata, (stratum) => (total += stratum.rows));
  const shuffle = makeShuffle(total, shared);
  const found: number[][] = strata.map(() => []);
  for (let row = 0; row < rows; row++) found[countAtMost(ends, shuffle(firstRow + row))]!.push(row);
  return found;
}
