import type { OnProgress } from "../core/progress.js";
import type { RandomStream } from "../core/random.js";
import { type EncodedTable, makeCodes } from "../encode/field.js";
import { sampleCtgan } from "../gan/inference/ctgan-rows.js";
import { type RoundsOptions, sampleExact } from "../gan/inference/exact-rounds.js";
import { sampleInGroups } from "../gan/inference/grouped-rounds.js";
import type { LevelMap } from "../gan/techniques/level-map.js";
import type { TrainedGenerator } from "../gan/trained-generator.js";
import { networksOf } from "../gan/trained-networks.js";
import type { EngineName } from "../runtime/program.js";

export interface SampleFieldsOptions {
  readonly rows: number;
  /** `exact`: one field a round; `fast`: the trained groups, a few rounds, faster and a little less true. */
  readonly rounds: "exact" | "fast";
  readonly random: RandomStream;
  readonly engine: EngineName;
  readonly threads: number;
  readonly onProgress?: OnProgress;
  readonly signal?: AbortSignal;
}

/**
 * Samples encoded rows from a trained generator: same generator, seed and machine kind, same rows; a longer sample starts
 * with the rows of a shorter one. CTGAN samples in one round whatever `rounds` says.
 */
export async function sampleFields(generator: TrainedGenerator, options: SampleFieldsOptions): Promise<EncodedTable> {
  const roundsOptions: RoundsOptions = {
    ...options,
    onProgress: options.onProgress ?? (() => {}),
    signal: options.signal,
  };
  const networks = networksOf(generator);
  if (networks.kind === "ctgan") return sampleCtgan(networks.ctgan, roundsOptions);
  const { completion, rounds, groups } = networks;
  const levels =
    options.rounds === "exact"
      ? await sampleExact(completion, roundsOptions)
      : await sampleInGroups(rounds, groups, roundsOptions);
  return toEncodedTable(levels, completion.map, options.rows);
}

/** Levels of the concatenation [rows, K] as one array of codes a field. */
function toEncodedTable(levels: Uint32Array, map: LevelMap, rowCount: number): EncodedTable {
  const fields = Array.from({ length: map.fields }, (_, field) => {
    const start = map.starts[field]!;
    const codes = makeCodes(map.starts[field + 1]! - start, rowCount);
    for (let row = 0; row < rowCount; row++) codes[row] = levels[row * map.fields + field]! - start;
    return codes;
  });
  return { rowCount, fields };
}
