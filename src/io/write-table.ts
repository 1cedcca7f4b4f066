import type { Table } from "../table/table.js";
import { openTableWriter, type TableWriterOptions } from "./table-writer.js";

/** Writes a table wholly or not at all: openTableWriter in one piece, with its formats, options and errors. */
export async function writeTable(table: Table, path: string, options: TableWriterOptions = {}): Promise<void> {
  const writer = await openTableWriter(path, options);
  try {
    await writer.write(table);
    await writer.close();
  } catch (cause) {
    await writer.discard();
    throw cause;
  }
}
