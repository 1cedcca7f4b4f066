import type { SynthModel } from "../artifact/model.js";
import { type SynthError, usageError } from "../core/errors.js";
import { makeRandom } from "../core/random.js";
import type { ReleasePolicy } from "../evaluate/contract/policy-schema.js";
import { validatePolicy } from "../evaluate/privacy/validate-policy.js";
import type { Report } from "../evaluate/report-schema.js";
import type { ModelConfig } from "../gan/config.js";
import { resolveConfig } from "../gan/resolve-config.js";
import { applySchema } from "../schema/apply-schema.js";
import { conformTable } from "../table/conform-table.js";
import { splitRows } from "../table/split-rows.js";
import type { Table } from "../table/table.js";
import { evaluate } from "./evaluate.js";
import { fitAndSample } from "./fit-and-sample.js";
import type { FitOptions } from "./fit-options.js";
import { requireFilter } from "./open-copy-filter.js";
import { DEFAULT_SEED } from "./run-options.js";
import type { WithoutCopies } from "./sample-without-copies.js";
import { requireShadows, trainShadows } from "./train-shadows.js";
import { HELD_OUT_NOTICE, warmStartConfig } from "./warm-start.js";

export interface ShareOptions extends FitOptions {
  /** Rows to audit with, never trained on. Default: a share of the table is set aside. */
  readonly holdout?: Table | undefined;
  /** Default 0.2. */
  readonly holdoutShare?: number | undefined;
  /** Columns that an outsider may know of a person; default: those whose names say so. */
  readonly quasiIdentifiers?: readonly string[] | undefined;
  /** Attacks of each variant; default 2,000. */
  readonly attacks?: number | undefined;
  /**
   * Models that are trained besides, as this one is, on halves of all rows, 2 or more: a membership attack that knows what the
   * model does with rows that it knows (8 and more show most). Each takes as long as the model. Default: none.
   */
  readonly shadowModels?: number | undefined;
  /** What the report must show for the table to be shareable; default: DEFAULT_POLICY. */
  readonly policy?: ReleasePolicy | undefined;
  /**
   * Gower's distance to a single training row up to which synthetic rows are dropped and drawn anew, 0: equal rows; refused
   * where that would tell who was in training (see sampleWithoutCopies). Default: none is dropped.
   */
  readonly minDistance?: number | undefined;
}

/** What `share` made; `writeSharedFolder` lays it down. */
export interface SharedTable {
  readonly model: SynthModel;
  /** The configuration that was asked for; the model has the one that was planned from it for this table. */
  readonly requested: ModelConfig;
  readonly train: Table;
  readonly holdout: Table;
  readonly synthetic: Table;
  readonly report: Report;
  /** What was dropped, where copies were: the model must then not be handed out with the rows. */
  readonly filtered?: (Omit<WithoutCopies, "table"> & { readonly minDistance: number }) | undefined;
}

/**
 * The whole way: sets a holdout aside, fits, samples as many rows as the table has, audits, applies the release policy. What can
 * be refused is refused before training. Throws what setAside, fit, sampleWithoutCopies and evaluate throw.
 */
export async function share(table: Table, options: ShareOptions = {}): Promise<SharedTable> {
  const policy = options.policy === undefined ? undefined : validatePolicy(options.policy);
  const { train, holdout } = setAside(table, options);
  const { target, quasiIdentifiers, attacks, shadowModels, minDistance } = options;
  requireShadows(shadowModels);
  if (options.warmStart !== undefined) {
    if (shadowModels !== undefined) throw noShadows();
    options.onProgress?.(HELD_OUT_NOTICE);
  }
  const rows = table.rowCount;
  const filter = minDistance === undefined ? undefined : { holdout, minDistance };
  if (filter !== undefined) await requireFilter({ train, ...filter }, options);
  const { model, synthetic, filtered } = await fitAndSample(train, rows, options, filter);
  const plan = { count: shadowModels ?? 0, rows, schema: model.schema };
  const shadows = shadowModels === undefined ? undefined : await trainShadows({ train, holdout }, plan, options);
  const schema = model.constraints === undefined ? options.schema : model.schema;
  const audited = { train, synthetic, holdout, schema, target, quasiIdentifiers, attacks, policy, shadows };
  const report = await evaluate(audited, options);
  const dropped = filtered && minDistance !== undefined ? { ...filtered, minDistance } : undefined;
  return { model, requested: requestedConfig(options), train, holdout, synthetic, report, filtered: dropped };
}

function requestedConfig(options: ShareOptions): ModelConfig {
  return options.warmStart === undefined ? resolveConfig(options) : warmStartConfig(options.warmStart, options);
}

function noShadows(): SynthError {
  return usageError("E_WARM_START_SHADOWS", "shadow models cannot be trained as a model with a warm start was", {
    where: "shadowModels",
    hint: "what the model to start from knows they would know as well; leave out either",
  });
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
