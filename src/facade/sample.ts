import type { SynthModel } from "../artifact/model.js";
import { throwIfAborted } from "../core/errors.js";
import { makeRandom } from "../core/random.js";
import { decodeTable } from "../encode/table-encoding.js";
import { likeliestRows } from "../evaluate/fidelity/likeliest-rows.js";
import { makeScoredTables } from "../evaluate/make-scored-tables.js";
import type { Rounds } from "../sample/choose-rounds.js";
import { sampleFields } from "../sample/sample-fields.js";
import { conformTable } from "../table/conform-table.js";
import { findColumn, type Table, takeRows } from "../table/table.js";
import { DEFAULT_SEED, type RunOptions, runOptions } from "./run-options.js";

export interface SampleOptions extends RunOptions {
  /** Default: as many as the model was fitted on. */
  readonly rows?: number | undefined;
  /**
   * Rounds that a row is drawn in: "max", one field a round; a number, fewer are faster and a little less true; "auto"
   * (default), max where that is fast enough.
   */
  readonly rounds?: Rounds | undefined;
  /**
   * Real rows, those the model was fitted on: twice as many rows are drawn, and a classifier between them and these chooses
   * those to keep. Truer and slower. Default: all that is drawn is kept.
   */
  readonly refineWith?: Table | undefined;
}

/** Rows drawn for each that is kept, where rows are refined. */
const REFINING_FACTOR = 2;

/**
 * Draws rows from a model. The same model, options and seed give the same rows. Throws E_INTERRUPTED, and E_DATA_COLUMNS where
 * `refineWith` lacks columns.
 */
export async function sample(model: SynthModel, options: SampleOptions = {}): Promise<Table> {
  const { refineWith, ...plain } = options;
  if (refineWith === undefined) return draw(model, plain);
  const rows = options.rows ?? model.schema.rowCount;
  const drawn = await draw(model, { ...plain, rows: REFINING_FACTOR * rows });
  const train = conformTable(withColumnsOf(refineWith, drawn), drawn, "the table to refine with");
  const columns = model.schema.columns.filter(({ name }) => findColumn(drawn, name) !== undefined);
  const { tables } = makeScoredTables({ train, synthetic: drawn }, { ...model.schema, columns });
  const random = makeRandom(options.seed ?? DEFAULT_SEED).fork("refine");
  return takeRows(drawn, await likeliestRows(tables.train, tables.synthetic, rows, { ...options, random }));
}

function withColumnsOf(table: Table, other: Table): Table {
  return { ...table, columns: table.columns.filter(({ name }) => findColumn(other, name) !== undefined) };
}

async function draw(model: SynthModel, options: Omit<SampleOptions, "refineWith">): Promise<Table> {
  const random = makeRandom(options.seed ?? DEFAULT_SEED).fork("sample");
  const encoded = await sampleFields(model.generator, {
    ...runOptions(options),
    rows: options.rows ?? model.schema.rowCount,
    rounds: options.rounds ?? "auto",
    random: random.fork("fields"),
    encoding: model.encoding,
  });
  throwIfAborted(options.signal);
  return decodeTable(model.encoding, encoded, random.fork("decode"));
}
