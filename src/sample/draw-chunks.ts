import { assertDefined, throwIfAborted, usageError } from "../core/errors.js";
import type { RandomStream } from "../core/random.js";
import type { EncodedTable } from "../encode/field.js";
import type { TableEncoding } from "../encode/table-encoding.js";
import { type GanWeights, openGanSampler } from "../gan/inference/gan-rows.js";
import type { RoundsSetting } from "../gan/inference/rounds-setting.js";
import {
  makeSamplingJob,
  openSamplingEngine,
  type Precision,
  type SamplingJob,
  type SamplingPlan,
} from "../gan/inference/sampling-job.js";
import type { TrainedGenerator } from "../gan/trained-generator.js";
import { type CompletionNetworks, networksOf } from "../gan/trained-networks.js";
import type { EngineName } from "../runtime/program.js";
import { chooseRounds, type Rounds } from "./choose-rounds.js";
import { type ChunkSpan, drawInWorkers, workerCount } from "./chunk-pool.js";
import { CHUNK_ROWS, type ChunkJob, chunkCount, drawChunk, type GivenRows, type RangedField } from "./draw-chunk.js";
import { requireTruncation } from "./require-truncation.js";
import { makeStrata, type Strata, type Stratum } from "./strata.js";

export interface DrawOptions {
  /** Of the whole sample; Infinity where as many are drawn as are taken. */
  readonly rows: number;
  /** The chunks to draw; default all. */
  readonly span?: ChunkSpan | undefined;
  readonly rounds: Rounds;
  readonly random: RandomStream;
  readonly engine: EngineName;
  /** Chunks of rows drawn at once, by the onnx engine; threads of one run, by the tensorflow engine. */
  readonly threads: number;
  /** What the generator's fields encode; needed where numbers hang together. */
  readonly encoding?: TableEncoding;
  /** Conditions on the rows, which are drawn from the model's distribution given them; not with models of kind gan. */
  readonly strata?: readonly Stratum[] | undefined;
  readonly ranged?: readonly RangedField[] | undefined;
  /** By chunk the rows to complete; not with models of kind gan. */
  readonly given?: readonly GivenRows[] | undefined;
  /** By field the levels that are never drawn, 0 = the field's first. */
  readonly closed?: readonly (readonly number[])[] | undefined;
  /** Default int8; the tensorflow and cpu engines have float32 only. */
  readonly precision?: Precision;
  /** Of rows drawn from styles; default 1. */
  readonly truncation?: number | undefined;
  readonly signal?: AbortSignal | undefined;
}

/**
 * Draws encoded rows from a trained generator, chunk after chunk of CHUNK_ROWS rows, in order: same generator, seed and
 * machine kind, same rows, whatever the number of threads and the span; a longer sample starts with the rows of a shorter one.
 * Models of kind gan sample in one round whatever `rounds` says. Throws E_USAGE_ROUNDS, E_USAGE_TRUNCATION,
 * E_SAMPLE_TRUNCATION, E_SAMPLE_CONDITION_*, E_SAMPLE_WORKER, E_INTERRUPTED.
 */
export async function* drawChunks(generator: TrainedGenerator, options: DrawOptions): AsyncGenerator<EncodedTable> {
  const networks = networksOf(generator);
  const setting = chooseRounds(generator, options.rounds)?.chosen;
  requireTruncation(generator, options.truncation);
  if (networks.kind === "gan") return yield* drawGan(networks.gan, options);
  const job = await makeJob(networks, assertDefined(setting, "a way to draw rows"), options);
  const span = spanOf(options);
  const workers = workerCount(job, span, options.threads);
  if (workers > 0) yield* drawInWorkers(job, workers, span, options.signal);
  else yield* drawHere(job, span, options.signal);
}

function spanOf({ rows, given, span }: DrawOptions): ChunkSpan {
  return span ?? { first: 0, end: chunkCount({ rows, given }) };
}

async function makeJob(networks: CompletionNetworks, setting: RoundsSetting, options: DrawOptions): Promise<ChunkJob> {
  const { rows, random, engine, threads, precision = "int8", encoding, ranged = [], given } = options;
  const weights = setting.refined ? networks.rounds : networks.completion;
  const plan = { order: setting.order, withLatent: setting.refined, precision, engine, threads };
  const job = await makeSamplingJob(weights, plan);
  const hasRelations = job.network.copies.some((copies) => copies.length > 0);
  const strata = options.strata && (await openStrata(options.strata, networks, plan));
  const closed = options.closed?.map((levels, field) => levels.map((level) => job.network.starts[field]! + level));
  const relations = hasRelations ? encoding : undefined;
  return { ...job, rows, seed: integerSeed(random), relations, strata, ranged, given, closed };
}

/** The joint distribution of conditioned fields, by the exact weights and in float32: what is rare there is rare to the digit. */
async function openStrata(
  strata: readonly Stratum[],
  { completion }: CompletionNetworks,
  plan: SamplingPlan,
): Promise<Strata> {
  const job: SamplingJob = await makeSamplingJob(completion, { ...plan, withLatent: false, precision: "float32" });
  const engine = await openSamplingEngine(job);
  try {
    return await makeStrata(strata, engine, job.network);
  } finally {
    await engine.dispose();
  }
}

/** A seed of makeRandom's, which workers can be sent. */
function integerSeed(random: RandomStream): number {
  const stream = random.fork("chunks");
  return (stream.uint32() >>> 11) * 2 ** 32 + stream.uint32();
}

async function* drawHere(
  job: ChunkJob,
  { first, end }: ChunkSpan,
  signal: AbortSignal | undefined,
): AsyncGenerator<EncodedTable> {
  const engine = await openSamplingEngine(job);
  try {
    for (let chunk = first; chunk < end; chunk++) {
      throwIfAborted(signal);
      yield await drawChunk(job, engine, chunk);
    }
  } finally {
    await engine.dispose();
  }
}

async function* drawGan(weights: GanWeights, options: DrawOptions): AsyncGenerator<EncodedTable> {
  const { rows, random, signal, strata, given, truncation } = options;
  if (strata !== undefined || given !== undefined) throw unconditional();
  const { first, end } = spanOf(options);
  const controls = truncation === undefined ? {} : { truncation };
  const sampler = await openGanSampler(weights, { ...options, controls });
  try {
    for (let chunk = first; chunk < end; chunk++) {
      throwIfAborted(signal);
      yield await sampler.draw(Math.min(CHUNK_ROWS, rows - chunk * CHUNK_ROWS), random.fork(chunk));
    }
  } finally {
    await sampler.dispose();
  }
}

function unconditional() {
  return usageError("E_SAMPLE_CONDITION_PRESET", "a model of kind gan cannot draw rows that meet conditions", {
    hint: "fit the model with preset balanced",
  });
}
