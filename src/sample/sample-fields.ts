import { assertDefined, throwIfAborted, usageError } from "../core/errors.js";
import type { OnProgress } from "../core/progress.js";
import type { RandomStream } from "../core/random.js";
import { type EncodedTable, type Field, makeCodes } from "../encode/field.js";
import type { TableEncoding } from "../encode/table-encoding.js";
import { type AllowedLevels, type ConditionTable, makeConditionTable } from "../gan/inference/condition-table.js";
import { sampleCtgan } from "../gan/inference/ctgan-rows.js";
import type { RoundsSetting } from "../gan/inference/rounds-setting.js";
import {
  makeSamplingJob,
  openSamplingEngine,
  type Precision,
  type SamplingJob,
} from "../gan/inference/sampling-job.js";
import type { TrainedGenerator } from "../gan/trained-generator.js";
import { type CompletionNetworks, networksOf } from "../gan/trained-networks.js";
import type { EngineName } from "../runtime/program.js";
import { chooseRounds, type Rounds } from "./choose-rounds.js";
import { drawInWorkers, workerCount } from "./chunk-pool.js";
import { CHUNK_ROWS, type ChunkJob, type ChunkRows, chunkCount, drawChunk } from "./draw-chunk.js";

export interface SampleFieldsOptions {
  readonly rows: number;
  readonly rounds: Rounds;
  readonly random: RandomStream;
  readonly engine: EngineName;
  /** Chunks of rows drawn at once, by the onnx engine; threads of one run, by the tensorflow engine. */
  readonly threads: number;
  /** What the generator's fields encode; needed where numbers hang together. */
  readonly encoding?: TableEncoding;
  /** Draws rows of the model's distribution given that each field's level is an allowed one; not with CTGAN. */
  readonly allowed?: AllowedLevels;
  /** Default int8; the tensorflow and cpu engines have float32 only. */
  readonly precision?: Precision;
  readonly onProgress?: OnProgress | undefined;
  readonly signal?: AbortSignal | undefined;
}

/**
 * Samples encoded rows from a trained generator: same generator, seed and machine kind, same rows, whatever the number of
 * threads; a longer sample starts with the rows of a shorter one. CTGAN samples in one round whatever `rounds` says.
 * Throws E_USAGE_ROUNDS, E_SAMPLE_CONDITION_*, E_SAMPLE_WORKER, E_INTERRUPTED.
 */
export async function sampleFields(generator: TrainedGenerator, options: SampleFieldsOptions): Promise<EncodedTable> {
  const { onProgress = () => {}, signal } = options;
  const networks = networksOf(generator);
  const setting = chooseRounds(generator, options.rounds)?.chosen;
  if (networks.kind === "ctgan" && options.allowed !== undefined) throw unconditional();
  if (networks.kind === "ctgan") return sampleCtgan(networks.ctgan, { ...options, onProgress, signal });
  const job = await makeJob(networks, assertDefined(setting, "a way to draw rows"), options);
  const table = makeCollector(generator.fields, options.rows);
  let done = 0;
  const take = (rows: ChunkRows): void => {
    done += rows.fields[0]!.length;
    table.take(rows);
    onProgress({ kind: "progress", stage: "sample", done, total: options.rows, unit: "rows" });
  };
  const workers = workerCount(job, options.threads);
  if (workers > 0) await drawInWorkers(job, workers, take, signal);
  else await drawHere(job, take, signal);
  return table.finish();
}

async function makeJob(
  networks: CompletionNetworks,
  setting: RoundsSetting,
  options: SampleFieldsOptions,
): Promise<ChunkJob> {
  const { rows, random, engine, threads, precision = "int8", encoding } = options;
  const job = await makeSamplingJob(setting.refined ? networks.rounds : networks.completion, {
    order: setting.order,
    withLatent: setting.refined,
    precision,
    engine,
    threads,
  });
  const hasRelations = job.network.copies.some((copies) => copies.length > 0);
  const conditions = options.allowed && (await makeConditions(job, options.allowed));
  return { ...job, rows, seed: integerSeed(random), relations: hasRelations ? encoding : undefined, conditions };
}

async function makeConditions(job: SamplingJob, allowed: AllowedLevels): Promise<ConditionTable | undefined> {
  const engine = await openSamplingEngine(job);
  try {
    return await makeConditionTable(engine, job.network, allowed);
  } finally {
    await engine.dispose();
  }
}

function unconditional() {
  return usageError("E_SAMPLE_CONDITION_PRESET", "a model of preset ctgan cannot draw rows that meet conditions", {
    hint: "fit the model with preset balanced",
  });
}

/** A seed of makeRandom's, which workers can be sent. */
function integerSeed(random: RandomStream): number {
  const stream = random.fork("chunks");
  return (stream.uint32() >>> 11) * 2 ** 32 + stream.uint32();
}

async function drawHere(job: ChunkJob, take: (rows: ChunkRows) => void, signal: AbortSignal | undefined) {
  const engine = await openSamplingEngine(job);
  try {
    for (let chunk = 0; chunk < chunkCount(job.rows); chunk++) {
      throwIfAborted(signal);
      take(await drawChunk(job, engine, chunk));
    }
  } finally {
    await engine.dispose();
  }
}

/** Puts chunks at their places. */
function makeCollector(fields: readonly Field[], rowCount: number) {
  const codes = fields.flatMap((field) => (field.kind === "discrete" ? [makeCodes(field.levels, rowCount)] : []));
  const numbers: (Float64Array | undefined)[] = [];
  return {
    take: (chunk: ChunkRows): void => {
      const from = chunk.chunk * CHUNK_ROWS;
      for (const [field, own] of chunk.fields.entries()) codes[field]!.set(own, from);
      for (const [field, own] of chunk.numbers.entries()) {
        if (own === undefined) continue;
        numbers[field] ??= new Float64Array(rowCount);
        numbers[field].set(own, from);
      }
    },
    finish: (): EncodedTable => ({ rowCount, fields: codes, ...(numbers.length > 0 && { numbers }) }),
  };
}
