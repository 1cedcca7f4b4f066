import { stat } from "node:fs/promises";
import { throwIfAborted } from "../core/errors.js";
import type { Table } from "../table/table.js";
import { readCsv } from "./csv-reader.js";
import { isFolder, toFileError } from "./file-error.js";
import type { ReadTableOptions } from "./read-options.js";
import { fileFormatOf } from "./table-format.js";

/**
 * Reads a table from a file; the extension decides the format (TABLE_EXTENSIONS): delimited text or Arrow IPC (file or
 * stream). Notices (spellings taken as missing, dates that can be read both ways) go to `onProgress`.
 *
 * Errors: E_FILE_NOT_FOUND, E_FILE_IS_FOLDER, E_FILE_PERMISSION, E_FILE_READ, E_FILE_FORMAT; those of readCsv and
 * readArrow.
 */
export async function readTable(path: string, options: ReadTableOptions = {}): Promise<Table> {
  throwIfAborted(options.signal);
  try {
    const found = await stat(path);
    if (found.isDirectory()) throw isFolder(path, "read");
    const { format } = fileFormatOf(path);
    if (format === "csv" || format === "tsv") return await readCsv(path, found.size, options);
    if (format === "parquet") {
      const { readParquet } = await import("./parquet-reader.js");
      return await readParquet([path], options);
    }
    const { readArrow } = await import("./arrow-reader.js");
    return await readArrow(path, options);
  } catch (cause) {
    throw toFileError(cause, path, "read");
  }
}
