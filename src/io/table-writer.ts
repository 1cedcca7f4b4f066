import { throwIfAborted, usageError } from "../core/errors.js";
import type { Column } from "../table/column.js";
import type { Table } from "../table/table.js";
import { openAtomicFile } from "./atomic-write.js";
import { type ByteSink, makeGzipSink, makeStreamSink } from "./byte-sink.js";
import type { TableEncoder } from "./table-encoder.js";
import { fileFormatOf, type TableFormat } from "./table-format.js";

export interface TableWriterOptions {
  /** The file's format; default: by the extension, CSV for "-". */
  readonly format?: TableFormat | undefined;
  readonly signal?: AbortSignal | undefined;
  /** The stream that the path "-" stands for. */
  readonly output?: NodeJS.WritableStream | undefined;
}

/** Writes a table that comes in pieces, in memory that does not grow with the rows. */
export interface TableWriter {
  /** Writes more rows. All pieces have the columns of the first, in names, kinds and formats; a first one may have no rows. */
  write(rows: Table): Promise<void>;
  /** Ends the file, which appears whole under its name; at least one piece must have been written. */
  close(): Promise<void>;
  /** Gives up without a trace; after `close` it does nothing. */
  discard(): Promise<void>;
}

/**
 * Opens a table for writing: `.csv` and `.txt` comma, `.tsv` tab, `.jsonl` and `.ndjson` JSON lines, `.arrow`, `.feather` and
 * `.ipc` an Arrow IPC file, `.arrows` an Arrow IPC stream, `.parquet`; text formats compressed with `.gz` behind it. The bytes
 * do not depend on how the rows are cut into pieces. After an error of `write` or `close` the writer must be discarded.
 *
 * Errors: E_FILE_FORMAT, E_USAGE_FORMAT, those of openAtomicFile; of `write` also E_USAGE_COLUMNS, E_DATA_NUMBER_RANGE.
 */
export async function openTableWriter(path: string, options: TableWriterOptions = {}): Promise<TableWriter> {
  const { format, isGzip } = fileFormatOf(path, options.format);
  const file = await openSink(path, options);
  const sink = isGzip ? makeGzipSink(file) : file;
  let encoder: TableEncoder | undefined;
  let columns: readonly Column[] = [];
  const writeChunks = async (chunks: Iterable<Uint8Array | string>) => {
    for (const chunk of chunks) {
      throwIfAborted(options.signal);
      await sink.write(chunk);
    }
  };
  return {
    async write(rows) {
      encoder ??= await openEncoder(format, rows.columns);
      if (columns.length === 0) columns = rows.columns;
      checkColumns(columns, rows.columns);
      await writeChunks(encoder.encode(rows));
    },
    async close() {
      if (encoder === undefined) throw usageError("E_USAGE_COLUMNS", "a table was closed before it was given columns");
      await writeChunks(encoder.finish());
      await sink.close();
    },
    discard: () => sink.discard(),
  };
}

async function openSink(path: string, { output, signal }: TableWriterOptions): Promise<ByteSink> {
  if (path !== "-") return openAtomicFile(path, { signal });
  if (output !== undefined) return makeStreamSink(output, signal);
  throw usageError("E_USAGE_STREAM", '"-" stands for a stream, and none is given');
}

async function openEncoder(format: TableFormat, columns: readonly Column[]): Promise<TableEncoder> {
  switch (format) {
    case "csv":
    case "tsv": {
      const { makeCsvEncoder } = await import("./csv-writer.js");
      return makeCsvEncoder(columns, format === "csv" ? "," : "\t");
    }
    case "jsonl": {
      const { makeJsonlEncoder } = await import("./jsonl-writer.js");
      return makeJsonlEncoder(columns);
    }
    case "arrow":
    case "arrows": {
      const { makeArrowEncoder } = await import("./arrow-writer.js");
      return makeArrowEncoder(columns, format === "arrow" ? "file" : "stream");
    }
    case "parquet": {
      const { makeParquetEncoder } = await import("./parquet-writer.js");
      return makeParquetEncoder(columns);
    }
    default:
      throw format satisfies never;
  }
}

function checkColumns(first: readonly Column[], columns: readonly Column[]): void {
  const describe = (all: readonly Column[]) => JSON.stringify(all.map(({ name, kind }) => [name, kind]));
  if (first === columns || describe(first) === describe(columns)) return;
  throw usageError("E_USAGE_COLUMNS", "the pieces of a table must have the same columns", {
    hint: "write pieces of one table only",
  });
}
