import { extname } from "node:path";
import type { Table } from "../table/table.js";
import { writeFileAtomically } from "./atomic-write.js";
import { tableToCsv } from "./csv-writer.js";
import { tableFormatOf } from "./table-format.js";

export interface WriteTableOptions {
  readonly signal?: AbortSignal | undefined;
}

/**
 * Writes a table wholly or not at all (writeFileAtomically); the extension decides the format: `.csv` and `.txt` comma,
 * `.tsv` tab, `.arrow`, `.feather` and `.ipc` an Arrow IPC file, `.arrows` an Arrow IPC stream, uncompressed.
 *
 * Errors: E_FILE_FORMAT and those of writeFileAtomically.
 */
export async function writeTable(table: Table, path: string, options: WriteTableOptions = {}): Promise<void> {
  const format = tableFormatOf(path);
  const extension = extname(path).toLowerCase();
  const { signal } = options;
  if (format === "csv") {
    return writeFileAtomically(path, tableToCsv(table, extension === ".tsv" ? "\t" : ","), { signal });
  }
  const { writeArrow } = await import("./arrow-writer.js");
  return writeFileAtomically(path, writeArrow(table, extension === ".arrows" ? "stream" : "file"), { signal });
}
