import type { SynthModel } from "../artifact/model.js";
import { dataError, type SynthError, usageError } from "../core/errors.js";
import type { ProgressEvent } from "../core/progress.js";
import { makeRandom, type RandomStream } from "../core/random.js";
import { countLevels } from "../encode/count-levels.js";
import { levelFeatures } from "../encode/level-features.js";
import { loadGenerators } from "../encode/load-generators.js";
import { encodeTable, fieldsOf } from "../encode/table-encoding.js";
import type { ModelConfig } from "../gan/config.js";
import { planEncoding } from "../gan/plan/plan-encoding.js";
import { requireCombination } from "../gan/plan/require-combination.js";
import { validationShare } from "../gan/plan/validation-share.js";
import { type ConfigSources, resolveConfig } from "../gan/resolve-config.js";
import { trainGenerator } from "../gan/train-generator.js";
import type { PrivacyOptions } from "../privacy/private-request.js";
import { expectedKolmogorovSmirnov } from "../stats/expected-kolmogorov-smirnov.js";
import { requireLearnable } from "../table/require-learnable.js";
import { type RowSplit, splitRows } from "../table/split-rows.js";
import { type Table, takeRows } from "../table/table.js";
import { type CheckpointKeeper, openCheckpoints } from "./fit-checkpoints.js";
import { prepareTable, type TableDescription } from "./prepare-table.js";
import { DEFAULT_SEED, type RunOptions, runOptions } from "./run-options.js";
import { prepareForWarmStart, warmStartConfig } from "./warm-start.js";

export interface FitOptions extends RunOptions, ConfigSources, TableDescription {
  /** Bound of the training steps of each phase. */
  readonly maxSteps?: number | undefined;
  /** Memory that training may take, in bytes. Default: not bounded. */
  readonly memoryBytes?: number | undefined;
  /** Bound of the training time. With it the same seed no longer gives the same model. */
  readonly minutes?: number | undefined;
  /**
   * A model whose schema, constraints, encoding and weights training starts from, of the same columns, kind and network sizes.
   * The configuration's preset is then its, where none is given. Rows set aside to audit must not be among those it was fitted on.
   */
  readonly warmStart?: SynthModel | undefined;
  /** Differential privacy of the model for one row more or less. Default: none is promised. */
  readonly privacy?: PrivacyOptions | undefined;
  /** The column that rows are to predict: compared in the audit, and measured with pairs of others under `privacy`. */
  readonly target?: string | undefined;
  /** Keeps what an interrupted training can go on from. Default: nothing is kept. */
  readonly checkpoints?: CheckpointKeeper | undefined;
}

/** The fewest rows that a model is fitted on. */
const MIN_ROWS = 10;

/** Fewer rows are fitted on with a warning. */
const FEW_ROWS = 20;

/**
 * Fits a model to a table. Throws E_DATA_* for tables nothing can be learned from, E_CONFIG_*, E_CONSTRAINT_*, E_USAGE_BUDGET,
 * E_TRAIN_*, E_RESUME_DIFFERS, E_WARM_START_*, E_INTERRUPTED.
 */
export async function fit(table: Table, options: FitOptions = {}): Promise<SynthModel> {
  const { warmStart } = options;
  const config = warmStart === undefined ? plannedConfig(table, options) : warmStartConfig(warmStart, options);
  requireBudget(options);
  if (config.model.kind === "gan") requireCombination(config.model);
  requireLearnable(table, "the table");
  if (table.rowCount < MIN_ROWS) throw tooFewRows(table.rowCount);
  const seed = options.seed ?? DEFAULT_SEED;
  const random = makeRandom(seed).fork("fit");
  const { onProgress } = options;
  if (table.rowCount < FEW_ROWS) onProgress?.(fewRows(table.rowCount));
  const { learnable, ...described } =
    warmStart === undefined
      ? prepareTable(table, config.encoding, options, random.fork("encoding"))
      : prepareForWarmStart(warmStart, table, options);
  const { encoding } = described;
  await loadGenerators(encoding);
  const parts = splitValidation(learnable, config, random.fork("validation"));
  const fields = fieldsOf(encoding);
  if (fields.length === 0) throw nothingToLearn();
  onProgress?.({ kind: "stage", stage: "train", message: `training on ${parts.train.rowCount} rows` });
  const train = encodeTable(encoding, parts.train, random.fork("train"));
  const validation = encodeTable(encoding, parts.holdout, random.fork("aside"));
  const model = { ...described, config, seed };
  const run = runOptions(options);
  const identity = { ...run, model, tables: [train, validation], maxSteps: options.maxSteps, warmStart };
  const generator = await trainGenerator(
    {
      fields,
      train,
      validation,
      features: levelFeatures(encoding, countLevels(fields, train)),
      minCategoryCount: config.encoding.minCategoryCount,
    },
    config.model,
    {
      ...run,
      random: random.fork("train-generator"),
      ...budgetOf(options),
      ...(warmStart && { warmStart: warmStart.generator }),
      checkpoints: openCheckpoints(options.checkpoints, identity, options),
    },
  );
  return { ...model, config: { ...config, model: generator.config }, generator };
}

function plannedConfig({ rowCount, columns }: Table, sources: ConfigSources): ModelConfig {
  const config = resolveConfig(sources);
  return { ...config, encoding: planEncoding(config.encoding, { rows: rowCount, columns: columns.length }) };
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
  const share = validationShare(config.model, table.rowCount);
  return share === 0 ? { train: table, holdout: takeRows(table, []) } : splitRows(table, share, random);
}

function budgetOf(options: FitOptions) {
  return {
    ...(options.minutes === undefined ? {} : { minutes: options.minutes }),
    ...(options.maxSteps === undefined ? {} : { maxSteps: options.maxSteps }),
    ...(options.memoryBytes === undefined ? {} : { memoryBytes: options.memoryBytes }),
  };
}
