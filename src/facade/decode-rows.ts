import type { SynthModel } from "../artifact/model.js";
import { makeConstrainer } from "../constraints/to-constrained.js";
import type { RandomStream } from "../core/random.js";
import type { EncodedTable } from "../encode/field.js";
import { loadGenerators } from "../encode/load-generators.js";
import { decodeTable } from "../encode/table-encoding.js";
import type { Table } from "../table/table.js";

/**
 * A function that turns a model's fields into the rows that they spell, which hold the schema's constraints. `firstRow` is the
 * number of the first row (0 = first) in the whole sample, which identifiers count by. One function for all parts of a sample,
 * in order: unique columns depend on the rows before.
 */
export async function openRowDecoder(
  model: SynthModel,
): Promise<(encoded: EncodedTable, random: RandomStream, firstRow: number) => Table> {
  await loadGenerators(model.encoding);
  const constrain = model.constraints === undefined ? (table: Table) => table : makeConstrainer(model.constraints);
  return (encoded, random, firstRow) => constrain(decodeTable(model.encoding, encoded, random, firstRow));
}
