import type { SynthModel } from "../artifact/model.js";
import { type SynthError, usageError } from "../core/errors.js";
import { makeRandom } from "../core/random.js";
import { encodeTable } from "../encode/table-encoding.js";
import type { ReleasePolicy } from "../evaluate/contract/policy-schema.js";
import { validatePolicy } from "../evaluate/privacy/validate-policy.js";
import type { Report } from "../evaluate/report-schema.js";
import type { ModelConfig } from "../gan/config.js";
import { resolveConfig } from "../gan/resolve-config.js";
import { compareWithRelease, type ReleaseFit } from "../privacy/compare-with-release.js";
import type { PrivateRelease } from "../privacy/private-request.js";
import { applySchema } from "../schema/apply-schema.js";
import { conformTable } from "../table/conform-table.js";
import { splitEachRow } from "../table/split-each-row.js";
import { splitRows } from "../table/split-rows.js";
import type { Table } from "../table/table.js";
import { auditInput } from "./audit-input.js";
import { evaluate } from "./evaluate.js";
import { fitAndSample } from "./fit-and-sample.js";
import type { FitOptions } from "./fit-options.js";
import { requireFilter } from "./open-copy-filter.js";
import { unpaid } from "./require-private.js";
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
  /** Under differential privacy: how near the rows come to what was released, which may be told. */
  readonly releaseFit?: ReleaseFit | undefined;
  /** What was dropped, where copies were: the model must then not be handed out with the rows. */
  readonly filtered?: (Omit<WithoutCopies, "table"> & { readonly minDistance: number }) | undefined;
}

/**
 * The whole way: sets a holdout aside, fits, samples as many rows as the table has (with `privacy`: as the model was told that
 * training has), audits, applies the release policy. What can be refused is refused before training. Throws what setAside, fit,
 * sampleWithoutCopies and evaluate throw, E_PRIVACY_UNPAID for shadow models and filters of copies.
 */
export async function share(table: Table, options: ShareOptions = {}): Promise<SharedTable> {
  if (options.policy !== undefined) validatePolicy(options.policy);
  if (options.privacy !== undefined) requireNoLooks(options);
  const { train, holdout } = setAside(table, options);
  const { shadowModels, minDistance } = options;
  requireShadows(shadowModels);
  if (options.warmStart !== undefined) {
    if (shadowModels !== undefined) throw noShadows();
    options.onProgress?.(HELD_OUT_NOTICE);
  }
  const rows = options.privacy === undefined ? table.rowCount : undefined;
  const filter = minDistance === undefined ? undefined : { holdout, minDistance };
  if (filter !== undefined) await requireFilter({ train, ...filter }, options);
  let release: PrivateRelease | undefined;
  const onRelease = (released: PrivateRelease) => {
    release = released;
    options.onRelease?.(released);
  };
  const { model, synthetic, filtered } = await fitAndSample(train, rows, { ...options, onRelease }, filter);
  const plan = { count: shadowModels ?? 0, rows: synthetic.rowCount, schema: model.schema };
  const shadows = shadowModels === undefined ? undefined : await trainShadows({ train, holdout }, plan, options);
  const audited = auditInput(model, { train, synthetic, holdout }, options);
  const report = await evaluate({ ...audited, shadows }, options);
  const dropped = filtered && minDistance !== undefined ? { ...filtered, minDistance } : undefined;
  const releaseFit = release === undefined ? undefined : compareRows(release, synthetic, options);
  const requested = requestedConfig(options);
  return { model, requested, train, holdout, synthetic, report, filtered: dropped, releaseFit };
}

function requestedConfig(options: ShareOptions): ModelConfig {
  return options.warmStart === undefined ? resolveConfig(options) : warmStartConfig(options.warmStart, options);
}

function compareRows(release: PrivateRelease, synthetic: Table, { seed = DEFAULT_SEED }: ShareOptions): ReleaseFit {
  const random = makeRandom(seed).fork("compare with release");
  return compareWithRelease(release, encodeTable(release.encoding, synthetic, random));
}

/** What would act on the rows beside the ledger. */
function requireNoLooks({ shadowModels, minDistance }: ShareOptions): void {
  if (minDistance !== undefined) {
    const message = "where no row stands after copies were dropped a training row stands: that tells of single rows";
    throw unpaid(
      message,
      "minDistance",
      "leave out --no-copies and --min-distance: the guarantee bounds what a copy tells",
    );
  }
  if (shadowModels !== undefined) {
    const message = "shadow models look for leaks that the guarantee bounds, and would take as long as the model each";
    throw unpaid(message, "shadowModels", "leave out --shadow");
  }
}

function noShadows(): SynthError {
  return usageError("E_WARM_START_SHADOWS", "shadow models cannot be trained as a model with a warm start was", {
    where: "shadowModels",
    hint: "what the model to start from knows they would know as well; leave out either",
  });
}

/**
 * Splits a table into rows to train on and rows to audit with, as a schema wants them where one is given; with `privacy` as they
 * are, since only paid questions may read them, and each row by itself (splitEachRow). Throws
 * E_USAGE_HOLDOUT_SHARE, E_DATA_COLUMNS, E_DATA_COLUMN_KIND, E_SCHEMA_*.
 */
export function setAside(
  table: Table,
  options: Pick<ShareOptions, "holdout" | "holdoutShare" | "schema" | "seed" | "privacy">,
): { train: Table; holdout: Table } {
  const { schema, privacy } = options;
  const prepare = (part: Table) => (schema === undefined || privacy !== undefined ? part : applySchema(part, schema));
  if (options.holdout !== undefined) {
    return { train: prepare(table), holdout: prepare(conformTable(options.holdout, table, "the holdout")) };
  }
  const random = makeRandom(options.seed ?? DEFAULT_SEED).fork("holdout");
  const split = privacy === undefined ? splitRows : splitEachRow;
  return split(prepare(table), options.holdoutShare ?? 0.2, random);
}
