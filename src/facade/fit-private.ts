import type { SynthModel } from "../artifact/model.js";
import { makeRandom } from "../core/random.js";
import { requireCombination } from "../gan/plan/require-combination.js";
import { validationShare } from "../gan/plan/validation-share.js";
import { resolveConfig } from "../gan/resolve-config.js";
import { learnPrivately } from "../privacy/learn-privately.js";
import { drawRows } from "../privacy/mixture/draw-rows.js";
import { levelMixture } from "../privacy/mixture/level-mixture.js";
import type { PrivacyOptions } from "../privacy/private-request.js";
import type { Table } from "../table/table.js";
import type { FitOptions } from "./fit-options.js";
import { openPrivateCheckpoints, privateFingerprint } from "./private-checkpoints.js";
import { requirePrivate } from "./require-private.js";
import { DEFAULT_SEED, runOptions } from "./run-options.js";
import { trainModel } from "./train-model.js";

/** Rows that are drawn of what was released, to train a network on, for each that was counted: chance adds little to that of the table. */
const DRAWN_PER_ROW = 40;
const [MIN_DRAWN, MAX_DRAWN] = [20_000, 200_000];

/**
 * Fits a model with differential privacy. Only learnPrivately looks at the rows; the network is trained on rows drawn from what
 * it released, so that it costs nothing more. Throws E_PRIVACY_*, E_CONFIG_*, E_TRAIN_*, E_RESUME_DIFFERS, E_INTERRUPTED.
 */
export async function fitPrivately(table: Table, privacy: PrivacyOptions, options: FitOptions): Promise<SynthModel> {
  const config = resolveConfig(options);
  if (config.model.kind === "gan") requireCombination(config.model);
  const request = requirePrivate(table, privacy, options);
  const { seed = DEFAULT_SEED, onProgress } = options;
  const random = makeRandom(seed).fork("fit privately");
  const kept = openPrivateCheckpoints(privateFingerprint(table, request, { config, seed }, options), options);
  const run = { ...runOptions(options), random: random.fork("release") };
  if (kept.release === undefined) {
    onProgress?.({ kind: "stage", stage: "release", message: "counting rows with noise" });
  }
  const release = kept.release ?? (await learnPrivately(table, request, run));
  options.onRelease?.(release);
  const checkpoints = await kept.holding(release);
  const rows = Math.min(MAX_DRAWN, Math.max(MIN_DRAWN, DRAWN_PER_ROW * release.schema.rowCount));
  const aside = Math.round(rows * validationShare(config.model, rows));
  const train = drawRows(release, rows - aside, random.fork("train"));
  const validation = drawRows(release, aside, random.fork("validation"));
  const message = `training on ${train.rowCount} rows drawn from what was released`;
  onProgress?.({ kind: "stage", stage: "train", message });
  const { schema, encoding, record } = release;
  const model = { schema, encoding, config, seed, privacy: record };
  const source = levelMixture(release.mixture, release.oneWays);
  return trainModel({ model, train, validation, source }, options, random.fork("train-generator"), checkpoints);
}
