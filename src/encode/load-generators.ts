import { loadGenerator } from "./generated.js";
import type { TableEncoding } from "./table-encoding.js";

/**
 * Loads what the generators of a table's columns need, once; nothing where it has none. Await it before decodeTable. Throws
 * E_SCHEMA_LOCALE and E_SCHEMA_GENERATOR.
 */
export async function loadGenerators(encoding: TableEncoding): Promise<void> {
  for (const column of encoding.columns) if (column.kind === "generated") await loadGenerator(column);
}
