import { type RecordBatch, type RecordBatchFileReader, RecordBatchReader } from "apache-arrow";
import { fileError, SynthError, throwIfAborted } from "../core/errors.js";
import { type Table, takeRows } from "../table/table.js";
import { registerArrowCodecs } from "./arrow-compression.js";
import { checkArrowFraming } from "./check-arrow-framing.js";
import { fromArrowBatches } from "./from-arrow.js";
import { type InputSource, readAll } from "./input-source.js";
import type { ReadTableOptions } from "./read-options.js";
import { openSampler, tellSampling } from "./row-sampler.js";

const MAGIC = "ARROW1";

/**
 * Reads an Arrow IPC file or stream (told apart by the first bytes), LZ4 and ZSTD included. Errors: those of fromArrow,
 * E_FILE_CORRUPT, E_INTERRUPTED.
 */
export async function readArrow(source: InputSource, options: ReadTableOptions = {}): Promise<Table> {
  const bytes = await readAll(source);
  throwIfAborted(options.signal);
  options.onProgress?.({ kind: "progress", stage: "read", done: bytes.length, total: bytes.length, unit: "bytes" });
  registerArrowCodecs();
  try {
    return sampleTable(readBytes(bytes, options.signal), options);
  } catch (cause) {
    throw cause instanceof SynthError ? cause : notReadable(source.name, cause);
  }
}

function sampleTable(table: Table, options: ReadTableOptions): Table {
  const sampler = openSampler(options);
  const rows: number[] = [];
  for (let row = 0; row < table.rowCount; row++) {
    const slot = sampler.next();
    if (slot >= 0) rows[slot] = row;
  }
  const order = sampler.order();
  tellSampling(sampler, options);
  return order === undefined
    ? table
    : takeRows(
        table,
        Uint32Array.from(order, (slot) => rows[slot]!),
      );
}

function readBytes(bytes: Buffer, signal: AbortSignal | undefined): Table {
  const isFile = startsWithMagic(bytes);
  if (isFile && bytes.toString("latin1", bytes.length - MAGIC.length) !== MAGIC)
    throw new Error("the footer is missing");
  checkArrowFraming(bytes, isFile);
  const reader = RecordBatchReader.from(bytes).open();
  const { schema } = reader;
  const batches: RecordBatch[] = [];
  for (const batch of isFile ? listBatches(reader) : reader) {
    throwIfAborted(signal);
    batches.push(batch);
  }
  return fromArrowBatches(schema, batches);
}

/** The batches of a file's footer by number: the reader's own iterator turns for ever on a block that is no batch. */
function* listBatches(reader: RecordBatchReader): Generator<RecordBatch> {
  for (let index = 0; index < reader.numRecordBatches; index++) {
    const batch = (reader as RecordBatchFileReader).readRecordBatch(index);
    if (batch === null) throw new Error("a record batch is missing");
    yield batch;
  }
}

function startsWithMagic(bytes: Buffer): boolean {
  return bytes.toString("latin1", 0, MAGIC.length) === MAGIC;
}

function notReadable(path: string, cause: unknown): SynthError {
  return fileError("E_FILE_CORRUPT", `${path} is not a readable Arrow file: it is damaged, cut off or something else`, {
    where: path,
    hint: "write or fetch the file again; for delimited text use the extension .csv",
    cause,
  });
}
