import { throwIfAborted } from "../../core/errors.js";
import type { RandomStream } from "../../core/random.js";
import type { EngineName } from "../../runtime/program.js";
import type { CompletionWeights } from "./completion-weights.js";
import { type SamplingOrder, sampleChunk } from "./sample-chunk.js";
import { makeSamplingJob, openSamplingEngine } from "./sampling-job.js";

const CHUNK_ROWS = 1024;

export interface TrialOptions {
  readonly rows: number;
  readonly order: SamplingOrder;
  /** Whether z is random (else 0). */
  readonly withLatent: boolean;
  readonly random: RandomStream;
  readonly engine: EngineName;
  readonly threads: number;
  readonly signal: AbortSignal | undefined;
}

/**
 * Rows of weights that are still being judged: levels of the concatenation, [rows, K]. No copy level is drawn, since what it
 * copies is not known here.
 */
export async function sampleTrial(weights: CompletionWeights, options: TrialOptions): Promise<Uint32Array> {
  const { fields } = weights.map;
  const job = await makeSamplingJob(weights, { ...options, precision: "float32" });
  const engine = await openSamplingEngine(job);
  const levels = new Uint32Array(options.rows * fields);
  for (let from = 0; from < options.rows; from += CHUNK_ROWS) {
    throwIfAborted(options.signal);
    const rows = Math.min(CHUNK_ROWS, options.rows - from);
    const random = options.random.fork(from / CHUNK_ROWS);
    const chunk = await sampleChunk(engine, job.network, { rows, random, order: options.order });
    for (const [field, own] of chunk.entries()) {
      for (let row = 0; row < rows; row++) levels[(from + row) * fields + field] = own[row]!;
    }
  }
  await engine.dispose();
  return levels;
}
