import type { SynthModel } from "../artifact/model.js";
import { throwIfAborted } from "../core/errors.js";
import { makeRandom } from "../core/random.js";
import { likeliestRows } from "../evaluate/fidelity/likeliest-rows.js";
import { makeScoredTables } from "../evaluate/make-scored-tables.js";
import { conformTable } from "../table/conform-table.js";
import { joinRows } from "../table/join-rows.js";
import { findColumn, type Table, takeRows } from "../table/table.js";
import { DEFAULT_SEED } from "./run-options.js";
import { type SampleChunksOptions, sampleChunks } from "./sample-chunks.js";

export interface SampleOptions extends SampleChunksOptions {
  /**
   * Real rows, those the model was fitted on: twice as many rows are drawn, and a classifier between them and these chooses
   * those to keep. Truer and slower. Default: all that is drawn is kept.
   */
  readonly refineWith?: Table | undefined;
}

/** Rows drawn for each that is kept, where rows are refined. */
const REFINING_FACTOR = 2;

/**
 * Draws rows from a model, as sampleChunks does, into one table. The same model, options and seed give the same rows. Throws what
 * sampleChunks throws, and E_DATA_COLUMNS where `refineWith` lacks columns.
 */
export async function sample(model: SynthModel, options: SampleOptions = {}): Promise<Table> {
  const { refineWith, ...plain } = options;
  if (refineWith === undefined) return collect(model, plain);
  const rows = options.rows ?? model.schema.rowCount;
  const drawn = await collect(model, { ...plain, rows: REFINING_FACTOR * rows });
  const train = conformTable(withColumnsOf(refineWith, drawn), drawn, "the table to refine with");
  const columns = model.schema.columns.filter(({ name }) => findColumn(drawn, name) !== undefined);
  const { tables } = makeScoredTables({ train, synthetic: drawn }, { ...model.schema, columns });
  const random = makeRandom(options.seed ?? DEFAULT_SEED).fork("refine");
  return takeRows(drawn, await likeliestRows(tables.train, tables.synthetic, rows, { ...options, random }));
}

async function collect(model: SynthModel, options: SampleChunksOptions): Promise<Table> {
  const tables: Table[] = [];
  for await (const table of sampleChunks(model, options)) tables.push(table);
  throwIfAborted(options.signal);
  return joinRows(tables);
}

function withColumnsOf(table: Table, other: Table): Table {
  return { ...table, columns: table.columns.filter(({ name }) => findColumn(other, name) !== undefined) };
}
