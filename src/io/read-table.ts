import { stat } from "node:fs/promises";
import { fileError, throwIfAborted } from "../core/errors.js";
import type { Table } from "../table/table.js";
import { isFolder, toFileError } from "./file-error.js";
import { findParts } from "./find-parts.js";
import { openSource, readAll } from "./input-source.js";
import type { ReadTableOptions } from "./read-options.js";
import { fileFormatOf } from "./table-format.js";

/**
 * Reads a table from a file, or from `options.input` for the path "-": delimited text, JSON lines, Arrow IPC (file or stream) or
 * Parquet, text formats also compressed by gzip; by the extension (TABLE_EXTENSIONS) or `options.format`. A folder, or a name
 * with `*`, stands for the Parquet files in it, which are one table; `duckdb:` for a database (readDuckDb). Notices (spellings
 * taken as missing, dates that can be read both ways, rows left out) go to `onProgress`.
 *
 * Errors: E_FILE_NOT_FOUND, E_FILE_IS_FOLDER, E_FILE_PERMISSION, E_FILE_READ, E_FILE_FORMAT, E_FILE_GZIP, E_USAGE_FORMAT,
 * E_USAGE_STREAM; those of readCsv, readJsonl, readArrow, readParquet and readDuckDb.
 */
export async function readTable(path: string, options: ReadTableOptions = {}): Promise<Table> {
  throwIfAborted(options.signal);
  try {
    return await readFormat(path, options);
  } catch (cause) {
    throw toFileError(cause, path, "read");
  }
}

async function readFormat(path: string, options: ReadTableOptions): Promise<Table> {
  if (path.startsWith("duckdb:")) {
    const { readDuckDb } = await import("./duckdb-reader.js");
    return readDuckDb(path, options);
  }
  const parts = path === "-" ? undefined : await findParts(path);
  if (parts !== undefined && options.format !== "parquet" && !parts.every((part) => part.endsWith(".parquet"))) {
    throw fileError("E_FILE_FORMAT", `${path}: only Parquet files are read as parts of one table`, {
      where: path,
      hint: "give one file, or Parquet files",
    });
  }
  if (parts !== undefined) {
    const { readParquet } = await import("./parquet-reader.js");
    return readParquet(
      parts.map((name) => ({ name })),
      options,
    );
  }
  if (path !== "-" && (await stat(path)).isDirectory()) throw isFolder(path, "read");
  const { format, isGzip } = fileFormatOf(path, options.format);
  const source = await openSource(path, isGzip, options);
  switch (format) {
    case "csv":
    case "tsv": {
      const { readCsv } = await import("./csv-reader.js");
      return readCsv(source, format === "tsv" ? "\t" : ",", options);
    }
    case "jsonl": {
      const { readJsonl } = await import("./jsonl-reader.js");
      return readJsonl(source, options);
    }
    case "arrow":
    case "arrows": {
      const { readArrow } = await import("./arrow-reader.js");
      return readArrow(source, options);
    }
    case "parquet": {
      const { readParquet } = await import("./parquet-reader.js");
      return readParquet(
        [path === "-" ? { name: source.name, bytes: await readAll(source) } : { name: path }],
        options,
      );
    }
    default:
      throw format satisfies never;
  }
}
