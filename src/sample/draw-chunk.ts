import { makeRandom } from "../core/random.js";
import { type FieldData, makeCodes } from "../encode/field.js";
import type { TableEncoding } from "../encode/table-encoding.js";
import type { CompletionEngine } from "../gan/inference/completion-engine.js";
import type { ConditionTable } from "../gan/inference/condition-table.js";
import { type SettleCopies, sampleChunk } from "../gan/inference/sample-chunk.js";
import type { SamplingJob } from "../gan/inference/sampling-job.js";

/** Rows that share one random order of the fields; what is drawn does not depend on who draws which chunk. */
export const CHUNK_ROWS = 1024;

/** What drawing the chunks of one sample takes. Plain data: workers are sent it. */
export interface ChunkJob extends SamplingJob {
  /** Rows of all chunks together. */
  readonly rows: number;
  /** Every chunk's random stream is forked from that of this seed by the chunk's index. */
  readonly seed: number;
  /** The encoding of a table whose numbers hang together; undefined where none do. */
  readonly relations: TableEncoding | undefined;
  readonly conditions: ConditionTable | undefined;
}

/** The rows of one chunk. */
export interface ChunkRows {
  readonly chunk: number;
  /** Codes, [rows] a field. */
  readonly fields: readonly FieldData[];
  /** Numbers of fields that hang together, [rows]. */
  readonly numbers: readonly (Float64Array | undefined)[];
}

/** How many chunks `rows` rows make. */
export function chunkCount(rows: number): number {
  return Math.ceil(rows / CHUNK_ROWS);
}

/** Draws chunk number `chunk`; the last one is as long as the rows want it. */
export async function drawChunk(job: ChunkJob, engine: CompletionEngine, chunk: number): Promise<ChunkRows> {
  const { network, order } = job;
  const rows = Math.min(CHUNK_ROWS, job.rows - chunk * CHUNK_ROWS);
  const random = makeRandom(job.seed).fork(chunk);
  const placer = job.relations && (await makePlacer(job.relations, rows, random.fork("numbers")));
  const settle: SettleCopies | undefined =
    placer &&
    ((field, levels) => {
      const start = network.starts[field]!;
      const codes = Uint32Array.from(levels, (level) => level - start);
      placer.place(field, 0, codes);
      for (let row = 0; row < rows; row++) levels[row] = codes[row]! + start;
    });
  const levels = await sampleChunk(engine, network, { rows, random, order, settle, conditions: job.conditions });
  const fields = levels.map((values, field) => {
    const [start, end] = [network.starts[field]!, network.starts[field + 1]!];
    const codes = makeCodes(end - start, rows);
    for (let row = 0; row < rows; row++) codes[row] = values[row]! - start;
    return codes;
  });
  return { chunk, fields, numbers: placer?.numbers() ?? [] };
}

async function makePlacer(
  ...given: Parameters<typeof import("../encode/relations/number-placer.js").makeNumberPlacer>
) {
  const { makeNumberPlacer } = await import("../encode/relations/number-placer.js");
  return makeNumberPlacer(...given);
}
