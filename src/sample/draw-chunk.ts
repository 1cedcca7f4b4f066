import { makeRandom, type RandomStream } from "../core/random.js";
import { type EncodedTable, makeCodes } from "../encode/field.js";
import type { NumberRanges } from "../encode/number-ranges.js";
import type { QuantileBinsEncoding } from "../encode/quantile-bins.js";
import type { TableEncoding } from "../encode/table-encoding.js";
import type { CompletionEngine } from "../gan/inference/completion-engine.js";
import { type KnownFields, type SettleCopies, sampleChunk } from "../gan/inference/sample-chunk.js";
import type { SamplingJob } from "../gan/inference/sampling-job.js";
import { drawStrata, type Strata } from "./strata.js";

/** Rows that share one random order of the fields; what is drawn does not depend on who draws which chunk. */
export const CHUNK_ROWS = 1024;

/** Rows of which some fields are given. */
export interface GivenRows {
  readonly rows: number;
  readonly fields: readonly number[];
  /** Levels, 0 = the field's first, no copies; [rows] a field. */
  readonly codes: readonly Int32Array[];
  /** By field the numbers behind the levels, [rows]; where numbers hang together. */
  readonly numbers: readonly (Float64Array | undefined)[];
}

/** A number of which only some values are allowed. */
export interface RangedField {
  readonly field: number;
  readonly encoding: QuantileBinsEncoding;
  readonly ranges: NumberRanges;
}

/** What drawing the chunks of one sample takes. Plain data: workers are sent it. */
export interface ChunkJob extends SamplingJob {
  /** Rows of all chunks together; Infinity where that is not known. */
  readonly rows: number;
  /** Every chunk's random stream is forked from that of this seed by the chunk's index. */
  readonly seed: number;
  /** The encoding of a table whose numbers hang together; undefined where none do. */
  readonly relations: TableEncoding | undefined;
  readonly strata: Strata | undefined;
  readonly ranged: readonly RangedField[];
  /** By chunk the rows to complete; undefined where rows are drawn from nothing. */
  readonly given: readonly GivenRows[] | undefined;
  /** By field the levels that are never drawn, of the concatenation. */
  readonly closed: readonly (readonly number[])[] | undefined;
}

/** How many chunks a job has. */
export function chunkCount({ rows, given }: Pick<ChunkJob, "rows" | "given">): number {
  return given?.length ?? Math.ceil(rows / CHUNK_ROWS);
}

/** Draws chunk number `chunk`; the last one is as long as the rows want it. */
export async function drawChunk(job: ChunkJob, engine: CompletionEngine, chunk: number): Promise<EncodedTable> {
  const { network, order, closed } = job;
  const given = job.given?.[chunk];
  const rows = given?.rows ?? Math.min(CHUNK_ROWS, job.rows - chunk * CHUNK_ROWS);
  const whole = makeRandom(job.seed);
  const random = whole.fork(chunk);
  const placer = job.relations && (await makePlacer(job, job.relations, given, rows, random.fork("numbers")));
  const settle: SettleCopies | undefined =
    placer &&
    ((field, levels) => {
      const start = network.starts[field]!;
      const codes = Uint32Array.from(levels, (level) => level - start);
      placer.place(field, 0, codes);
      for (let row = 0; row < rows; row++) levels[row] = codes[row]! + start;
    });
  const known =
    (given && levelsOfGiven(given, job)) ??
    (job.strata &&
      (await drawStrata(job.strata, engine, network, {
        firstRow: chunk * CHUNK_ROWS,
        rows,
        random,
        shared: whole.fork("strata"),
      })));
  const levels = await sampleChunk(engine, network, { rows, random, order, settle, known, closed });
  const fields = levels.map((values, field) => {
    const [start, end] = [network.starts[field]!, network.starts[field + 1]!];
    const codes = makeCodes(end - start, rows);
    for (let row = 0; row < rows; row++) codes[row] = values[row]! - start;
    return codes;
  });
  return { rowCount: rows, fields, numbers: await drawRanged(job.ranged, fields, placer?.numbers() ?? [], random) };
}

function levelsOfGiven({ fields, codes }: GivenRows, { network }: ChunkJob): KnownFields | undefined {
  if (fields.length === 0) return undefined;
  const levels = codes.map((own, index) => own.map((code) => code + network.starts[fields[index]!]!));
  return { fields, levels };
}

/** Encoders are loaded where they are needed: workers start sooner without them. */
async function makePlacer(
  { ranged, network }: ChunkJob,
  relations: TableEncoding,
  given: GivenRows | undefined,
  rows: number,
  random: RandomStream,
) {
  const { makeNumberPlacer } = await import("../encode/relations/number-placer.js");
  const ranges = network.heads.map((_, field) => ranged.find((one) => one.field === field)?.ranges);
  return makeNumberPlacer(relations, rows, random, { given: given?.numbers, ranges });
}

/** The numbers that are drawn already, and those that must lie within ranges. */
async function drawRanged(
  ranged: readonly RangedField[],
  fields: EncodedTable["fields"],
  placed: readonly (Float64Array | undefined)[],
  random: RandomStream,
): Promise<readonly (Float64Array | undefined)[]> {
  if (ranged.length === 0) return placed;
  const { drawNumberWithin } = await import("../encode/number-ranges.js");
  const numbers = fields.map((_, field) => placed[field]);
  for (const { field, encoding, ranges } of ranged) {
    const stream = random.fork("ranges").fork(field);
    numbers[field] ??= Float64Array.from(fields[field]!, (code) => drawNumberWithin(encoding, code, ranges, stream));
  }
  return numbers;
}
