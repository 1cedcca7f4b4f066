import type { SynthModel } from "../artifact/model.js";
import { dataError, type SynthError, usageError } from "../core/errors.js";
import type { ProgressEvent } from "../core/progress.js";
import { makeRandom, type RandomStream } from "../core/random.js";
import { encodeTable } from "../encode/table-encoding.js";
import type { ModelConfig } from "../gan/config.js";
import { planEncoding } from "../gan/plan/plan-encoding.js";
import { requireCombination } from "../gan/plan/require-combination.js";
import { validationShare } from "../gan/plan/validation-share.js";
import { type ConfigSources, resolveConfig } from "../gan/resolve-config.js";
import { suggestName } from "../schema/suggest-name.js";
import { expectedKolmogorovSmirnov } from "../stats/expected-kolmogorov-smirnov.js";
import { requireLearnable } from "../table/require-learnable.js";
import { type RowSplit, splitRows } from "../table/split-rows.js";
import { type Table, takeRows } from "../table/table.js";
import { fingerprintOf, openCheckpoints } from "./fit-checkpoints.js";
import type { FitOptions } from "./fit-options.js";
import { fitPrivately } from "./fit-private.js";
import { prepareTable } from "./prepare-table.js";
import { DEFAULT_SEED } from "./run-options.js";
import { trainModel } from "./train-model.js";
import { prepareForWarmStart, warmStartConfig } from "./warm-start.js";

/** The fewest rows that a model is fitted on. */
const MIN_ROWS = 10;

/** Fewer rows are fitted on with a warning. */
const FEW_ROWS = 20;

/**
 * Fits a model to a table. Throws E_DATA_* for tables nothing can be learned from, E_CONFIG_*, E_CONSTRAINT_*, E_USAGE_BUDGET,
 * E_USAGE_TARGET, E_TRAIN_*, E_RESUME_DIFFERS, E_WARM_START_*, E_PRIVACY_*, E_INTERRUPTED.
 */
export async function fit(table: Table, options: FitOptions = {}): Promise<SynthModel> {
  requireBudget(options);
  requireTarget(table, options);
  if (options.privacy !== undefined) return fitPrivately(table, options.privacy, options);
  const { warmStart } = options;
  const config = warmStart === undefined ? plannedConfig(table, options) : warmStartConfig(warmStart, options);
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
  const parts = splitValidation(learnable, config, random.fork("validation"));
  onProgress?.({ kind: "stage", stage: "train", message: `training on ${parts.train.rowCount} rows` });
  const train = encodeTable(encoding, parts.train, random.fork("train"));
  const validation = encodeTable(encoding, parts.holdout, random.fork("aside"));
  const model = { ...described, config, seed };
  const fingerprint = fingerprintOf(model, [train, validation], options);
  const checkpoints = openCheckpoints(options.checkpoints, fingerprint, options);
  return trainModel({ model, train, validation }, options, random.fork("train-generator"), checkpoints);
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

function requireTarget({ columns }: Table, { target }: FitOptions): void {
  const names = columns.map(({ name }) => name);
  if (target === undefined || names.includes(target)) return;
  throw usageError("E_USAGE_TARGET", `the target "${target}" is no column of the table`, {
    where: "target",
    hint: suggestName(target, names),
  });
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

/** Rows for early stop, where the model stops early; both parts in the table's order. */
function splitValidation(table: Table, config: ModelConfig, random: RandomStream): RowSplit {
  const share = validationShare(config.model, table.rowCount);
  return share === 0 ? { train: table, holdout: takeRows(table, []) } : splitRows(table, share, random);
}
