import { readFile } from "node:fs/promises";
import { deserializeModel } from "./artifact/load-model.js";
import type { SynthModel } from "./artifact/model.js";
import { serializeModel } from "./artifact/save-model.js";
import { dataError, type SynthError, throwIfAborted, usageError } from "./core/errors.js";
import type { OnProgress, ProgressEvent } from "./core/progress.js";
import { makeRandom, type RandomStream } from "./core/random.js";
import { countLevels } from "./encode/count-levels.js";
import { levelFeatures } from "./encode/level-features.js";
import { decodeTable, encodeTable, fieldsOf, fitTableEncoding } from "./encode/table-encoding.js";
import { type EvaluateInput, evaluateTables } from "./evaluate/evaluate.js";
import { likeliestRows } from "./evaluate/fidelity/likeliest-rows.js";
import { makeScoredTables } from "./evaluate/make-scored-tables.js";
import type { Report } from "./evaluate/report-schema.js";
import type { ModelConfig } from "./gan/config.js";
import { planEncoding } from "./gan/plan/plan-encoding.js";
import { type ConfigSources, resolveConfig } from "./gan/resolve-config.js";
import { trainGenerator } from "./gan/train-generator.js";
import { divergedAt } from "./gan/training/diverged.js";
import { writeFileAtomically } from "./io/atomic-write.js";
import { toFileError } from "./io/file-error.js";
import type { EngineName } from "./runtime/program.js";
import type { Rounds } from "./sample/choose-rounds.js";
import { sampleFields } from "./sample/sample-fields.js";
import { applySchema } from "./schema/apply-schema.js";
import { inferSchema } from "./schema/infer-schema.js";
import type { TableSchema } from "./schema/table-schema.js";
import { expectedKolmogorovSmirnov } from "./stats/expected-kolmogorov-smirnov.js";
import { conformTable } from "./table/conform-table.js";
import { requireLearnable } from "./table/require-learnable.js";
import { type RowSplit, splitRows } from "./table/split-rows.js";
import { findColumn, type Table, takeRows } from "./table/table.js";

/** What long work takes: how to report progress and how to be stopped. */
export interface RunOptions {
  readonly onProgress?: OnProgress | undefined;
  readonly signal?: AbortSignal | undefined;
  /** Default "onnx". */
  readonly engine?: EngineName | undefined;
  /** Threads of the engine. Default 1. Results are the same for one number of threads. */
  readonly threads?: number | undefined;
  /** Default 1: the same seed gives the same rows. An integer in 0..2^53-1. */
  readonly seed?: number | undefined;
}

export interface FitOptions extends RunOptions, ConfigSources {
  /** Default: inferred from the table. */
  readonly schema?: TableSchema | undefined;
  /** Bound of the training steps of each phase. */
  readonly maxSteps?: number | undefined;
  /** Memory that training may take, in bytes. Default: not bounded. */
  readonly memoryBytes?: number | undefined;
  /** Bound of the training time. With it the same seed no longer gives the same model. */
  readonly minutes?: number | undefined;
}

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

export interface ShareOptions extends FitOptions {
  /** Rows to audit with, never trained on. Default: a share of the table is set aside. */
  readonly holdout?: Table | undefined;
  /** Default 0.2. */
  readonly holdoutShare?: number | undefined;
  /** The column whose prediction is compared. Default: chosen by the evaluation. */
  readonly target?: string | undefined;
}

/** What `share` made; `writeSharedFolder` lays it down. */
export interface SharedTable {
  readonly model: SynthModel;
  readonly train: Table;
  readonly holdout: Table;
  readonly synthetic: Table;
  readonly report: Report;
}

/** The fewest rows that a model is fitted on. */
const MIN_ROWS = 10;

/** Fewer rows are fitted on with a warning. */
const FEW_ROWS = 20;

/** Fewer rows could not judge when to stop, where a small table can spare them. */
const MIN_VALIDATION_ROWS = 125;
const MAX_VALIDATION_SHARE = 0.25;
/** More rows than these would not make early stop better. */
const MAX_VALIDATION_ROWS = 20_000;

/** Rows drawn for each that is kept, where rows are refined. */
const REFINING_FACTOR = 2;

/** The seed where none is given. */
export const DEFAULT_SEED = 1;

/**
 * Fits a model to a table. Throws E_DATA_* for tables nothing can be learned from, E_CONFIG_*, E_USAGE_BUDGET, E_TRAINING_*,
 * E_INTERRUPTED.
 */
export async function fit(table: Table, options: FitOptions = {}): Promise<SynthModel> {
  const resolved = resolveConfig(options);
  const config = {
    ...resolved,
    encoding: planEncoding(resolved.encoding, { rows: table.rowCount, columns: table.columns.length }),
  };
  requireBudget(options);
  requireLearnable(table, "the table");
  if (table.rowCount < MIN_ROWS) throw tooFewRows(table.rowCount);
  const seed = options.seed ?? DEFAULT_SEED;
  const random = makeRandom(seed).fork("fit");
  const { onProgress } = options;
  if (table.rowCount < FEW_ROWS) onProgress?.(fewRows(table.rowCount));
  const schema = options.schema === undefined ? inferSchema(table) : { ...options.schema, rowCount: table.rowCount };
  const prepared = options.schema === undefined ? table : applySchema(table, schema);
  onProgress?.({ kind: "stage", stage: "encode", message: "learning how to encode each column" });
  const encoding = fitTableEncoding(prepared, schema, config.encoding, random.fork("encoding"), onProgress);
  const parts = splitValidation(prepared, config, random.fork("validation"));
  const fields = fieldsOf(encoding);
  if (fields.length === 0) throw nothingToLearn();
  onProgress?.({ kind: "stage", stage: "train", message: `training on ${parts.train.rowCount} rows` });
  const train = encodeTable(encoding, parts.train, random.fork("train"));
  const generator = await trainGenerator(
    {
      fields,
      train,
      validation: encodeTable(encoding, parts.holdout, random.fork("aside")),
      features: levelFeatures(encoding, countLevels(fields, train)),
    },
    config.model,
    { ...runOptions(options), random: random.fork("train-generator"), ...budgetOf(options) },
  );
  return { schema, encoding, config: { ...config, model: generator.config }, generator, seed };
}

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

/** Audits a synthetic table against the table it was made from. */
export async function evaluate(tables: EvaluateInput, options: RunOptions = {}): Promise<Report> {
  const { seed = DEFAULT_SEED, onProgress, signal } = options;
  return evaluateTables(tables, { random: makeRandom(seed).fork("evaluate"), seed, onProgress, signal });
}

/** The whole way: sets a holdout aside, fits, samples as many rows as the table has, audits. */
export async function share(table: Table, options: ShareOptions = {}): Promise<SharedTable> {
  const { train, holdout } = setAside(table, options);
  const model = await fit(train, options);
  const { diverged } = model.generator.log;
  if (diverged !== undefined) throw divergedAt("a loss", diverged.step, diverged.phase);
  options.onProgress?.({ kind: "stage", stage: "sample", message: "sampling synthetic rows" });
  const synthetic = await sample(model, { ...options, rows: table.rowCount });
  const { schema, target } = options;
  const report = await evaluate({ train, synthetic, holdout, schema, target }, options);
  return { model, train, holdout, synthetic, report };
}

/**
 * Splits a table into rows to train on and rows to audit with, as a schema wants them where one is given. Throws
 * E_USAGE_HOLDOUT_SHARE, E_DATA_COLUMNS, E_DATA_COLUMN_KIND, E_SCHEMA_*.
 */
export function setAside(
  table: Table,
  options: Pick<ShareOptions, "holdout" | "holdoutShare" | "schema" | "seed">,
): { train: Table; holdout: Table } {
  const { schema } = options;
  const prepare = (part: Table) => (schema === undefined ? part : applySchema(part, schema));
  if (options.holdout !== undefined) {
    return { train: prepare(table), holdout: prepare(conformTable(options.holdout, table, "the holdout")) };
  }
  const random = makeRandom(options.seed ?? DEFAULT_SEED).fork("holdout");
  return splitRows(prepare(table), options.holdoutShare ?? 0.2, random);
}

/** Writes a model file, wholly or not at all. Throws E_FILE_*. */
export async function saveModel(
  model: SynthModel,
  path: string,
  options: { signal?: AbortSignal } = {},
): Promise<void> {
  await writeFileAtomically(path, [serializeModel(model)], options);
}

/** Reads a model file. Throws E_FILE_* and E_FILE_MODEL_*. */
export async function loadModel(path: string): Promise<SynthModel> {
  let bytes: Uint8Array;
  try {
    bytes = await readFile(path);
  } catch (cause) {
    throw toFileError(cause, path, "read");
  }
  return deserializeModel(bytes);
}

function requireBudget({ maxSteps, minutes }: FitOptions): void {
  if (maxSteps !== undefined && !(Number.isInteger(maxSteps) && maxSteps >= 1)) {
    throw usageError("E_USAGE_BUDGET", `maxSteps must be a whole number of at least 1; got ${maxSteps}`, {
      where: "maxSteps",
    });
  }
  if (minutes !== undefined && !(minutes > 0)) {
    throw usageError("E_USAGE_BUDGET", `minutes must be more than 0; got ${minutes}`, { where: "minutes" });
  }
}

function fewRows(rowCount: number): ProgressEvent {
  const difference = Math.round(100 * expectedKolmogorovSmirnov(rowCount));
  const message =
    `${rowCount} rows are too few to learn from: even ${rowCount} more real rows would differ from them by about ` +
    `${difference} % in a column of numbers; synthetic rows cannot be expected to be nearer`;
  return { kind: "notice", code: "N_FEW_ROWS", message };
}

function tooFewRows(rowCount: number): SynthError {
  return dataError("E_DATA_TOO_FEW_ROWS", `there are ${rowCount} rows to learn from; at least ${MIN_ROWS} are needed`, {
    hint: "give a larger table, or set fewer rows aside",
  });
}

function nothingToLearn(): SynthError {
  return dataError("E_DATA_NOTHING_TO_LEARN", "every column is constant, an identifier or left out", {
    hint: "`synth schema` shows what each column was taken for and why; --schema changes it",
  });
}

/** Rows for early stop, where the model stops early; both parts in the table's order. */
function splitValidation(table: Table, config: ModelConfig, random: RandomStream): RowSplit {
  const configured = config.model.kind === "completion" ? config.model.completion.validationShare : 0;
  const enough = Math.min(MAX_VALIDATION_SHARE, MIN_VALIDATION_ROWS / table.rowCount);
  const share = configured === 0 ? 0 : Math.min(Math.max(configured, enough), MAX_VALIDATION_ROWS / table.rowCount);
  return share === 0 ? { train: table, holdout: takeRows(table, []) } : splitRows(table, share, random);
}

function runOptions(options: RunOptions) {
  return {
    engine: options.engine ?? ("onnx" as const),
    threads: options.threads ?? 1,
    ...(options.onProgress === undefined ? {} : { onProgress: options.onProgress }),
    ...(options.signal === undefined ? {} : { signal: options.signal }),
  };
}

function budgetOf(options: FitOptions) {
  return {
    ...(options.minutes === undefined ? {} : { minutes: options.minutes }),
    ...(options.maxSteps === undefined ? {} : { maxSteps: options.maxSteps }),
    ...(options.memoryBytes === undefined ? {} : { memoryBytes: options.memoryBytes }),
  };
}
