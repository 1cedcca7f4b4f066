import { dataError, throwIfAborted } from "../core/errors.js";
import type { OnProgress } from "../core/progress.js";
import type { RandomStream } from "../core/random.js";
import type { PrivacyRecord } from "../schema/privacy-record.js";
import type { TableSchema } from "../schema/table-schema.js";
import type { Table } from "../table/table.js";
import { alignTables } from "./align-tables.js";
import { conformShadows } from "./conform-shadows.js";
import { makeGuarantee } from "./contract/guarantee-schema.js";
import type { ReleasePolicy } from "./contract/policy-schema.js";
import { MAX_COMBINATIONS } from "./fidelity/accuracy.js";
import { c2stRows } from "./fidelity/detection/classifier-test.js";
import { keyUniqueness, scoreDiagnostic, structureSimilarity } from "./fidelity/diagnostic.js";
import { RANK_ROWS } from "./fidelity/rank-scorer.js";
import { SUPPORT_ROWS } from "./fidelity/support.js";
import { makeScoredTables } from "./make-scored-tables.js";
import { chooseQuasiIdentifiers } from "./privacy/disclosure/quasi-identifiers.js";
import { releasePolicy } from "./privacy/release-policy.js";
import type { ShadowTable } from "./privacy/shadow-attack.js";
import { validatePolicy } from "./privacy/validate-policy.js";
import type { Report } from "./report-schema.js";
import { runAudit } from "./run-audit.js";
import { scoreConstraints } from "./score-constraints.js";
import { MIN_SPLIT_ROWS } from "./split-train.js";
import { chooseTarget } from "./utility/choose-target.js";
import { UTILITY_ROUNDS } from "./utility/prediction-task.js";
import { EVERY_COLUMN_ROWS } from "./utility/score-every-column.js";
import { IMPORTANCE_ROWS } from "./utility/score-importance.js";
import { UTILITY_ROWS } from "./utility/score-utility.js";
import { makeVerdict } from "./verdict.js";

/** What is compared. */
export interface EvaluateInput {
  /** The rows that the synthetic ones were made from. */
  readonly train: Table;
  readonly synthetic: Table;
  /** Real rows that nothing was made from. Without them ceilings and utility are estimates on halves of training, and little is known about privacy. */
  readonly holdout?: Table | undefined;
  /** What the columns mean; default: inferred from the training table. */
  readonly schema?: TableSchema | undefined;
  /** The column whose prediction is compared; default: the last category of 2 to 10 values, else the last number. */
  readonly target?: string | undefined;
  /** Predict every column in turn too; takes as long as the rest of the report. */
  readonly everyTarget?: boolean | undefined;
  /** Columns that an outsider may know of a person; default: those whose names say so. */
  readonly quasiIdentifiers?: readonly string[] | undefined;
  /** Attacks of each variant of singling out, linkability and inference; default 2,000. */
  readonly attacks?: number | undefined;
  /** What the report must show for the table to be shareable; default: DEFAULT_POLICY. */
  readonly policy?: ReleasePolicy | undefined;
  /** Tables of models trained as the audited one was, on known parts of training and held-out rows: one more membership attack. */
  readonly shadows?: readonly ShadowTable[] | undefined;
  /** The record of the model that the synthetic rows were drawn from: stands in the report. Default: no guarantee. */
  readonly guarantee?: PrivacyRecord | undefined;
  /** Score shapes and trends as SDMetrics' quality report does, to compare with published numbers. */
  readonly compat?: "sdmetrics" | undefined;
}

export interface EvaluateOptions {
  readonly random: RandomStream;
  /** Stands in the report's `method`, so that a reader can repeat the audit. */
  readonly seed?: number | undefined;
  /** Parts of the audit that run at once, at most; default 1. The report does not depend on it. */
  readonly threads?: number | undefined;
  readonly onProgress?: OnProgress | undefined;
  readonly signal?: AbortSignal | undefined;
}

/**
 * Audits a synthetic table against the table it was made from and, better, against held-out rows: fidelity, utility,
 * privacy, whether it may be released, and a verdict in plain words. Works on anybody's tables, no model needed. The same
 * input and stream give the same report. Columns that the tables do not share are told and left out. Throws
 * E_EVALUATE_ROWS, E_EVALUATE_NO_COLUMN, E_EVALUATE_TARGET, E_EVALUATE_QUASI_IDENTIFIER, E_POLICY_*, E_SCHEMA_*,
 * E_CONSTRAINT_*, E_INTERRUPTED.
 */
export async function evaluateTables(input: EvaluateInput, options: EvaluateOptions): Promise<Report> {
  const { random, onProgress, signal, threads } = options;
  requireRows(input);
  const policy = input.policy === undefined ? undefined : validatePolicy(input.policy);
  onProgress?.({ kind: "stage", stage: "audit", message: "auditing the synthetic table" });
  const { differences, unchecked, ...aligned } = alignTables(input);
  const { train, synthetic, holdout, schema } = aligned;
  const { tables, omitted } = makeScoredTables(aligned, schema);
  chooseTarget(tables, input.target);
  chooseQuasiIdentifiers(
    input.quasiIdentifiers,
    tables.columns.map(({ name }) => name),
  );
  const constraints = scoreConstraints(train, synthetic, schema, unchecked);
  const { target, everyTarget, compat, quasiIdentifiers, attacks } = input;
  const seeded = { ...aligned, seed: random.fork("audit").uint32() };
  const shadows = input.shadows === undefined ? undefined : conformShadows(train, input.shadows);
  const job = { ...seeded, target, everyTarget, compat, quasiIdentifiers, attacks, shadows };
  const { fidelity, detection, utility, privacy } = await runAudit(job, { threads, onProgress, signal });
  throwIfAborted(signal);
  const structure = structureSimilarity(input.train, input.synthetic);
  const keys = keyUniqueness(synthetic, schema, holdout);
  const diagnostic = scoreDiagnostic(fidelity.columns, synthetic.rowCount, structure, keys);
  const audited: Omit<Report, "verdict" | "release"> = {
    version: 2,
    ...(input.guarantee === undefined ? {} : { guarantee: makeGuarantee(input.guarantee) }),
    tables: {
      train: { rows: train.rowCount },
      synthetic: { rows: synthetic.rowCount },
      ...(holdout === undefined ? {} : { holdout: { rows: holdout.rowCount } }),
      columns: tables.columns.length,
      omitted: [...omitted],
      differences: [...differences],
      ceilings: holdout !== undefined ? "holdout" : train.rowCount < MIN_SPLIT_ROWS ? "none" : "split",
    },
    fidelity: { ...fidelity, c2st: detection, diagnostic },
    ...(constraints === undefined ? {} : { constraints }),
    utility,
    privacy,
    method: describeMethod(input, options, tables.columns.length),
  };
  const report = { ...audited, release: releasePolicy(audited, policy) };
  return { ...report, verdict: makeVerdict(report) };
}

function requireRows(input: EvaluateInput): void {
  const tables = { training: input.train, synthetic: input.synthetic, holdout: input.holdout };
  for (const [name, table] of Object.entries(tables)) {
    if (table === undefined || table.rowCount > 0) continue;
    throw dataError("E_EVALUATE_ROWS", `the ${name} table has no rows`, {
      where: `the ${name} table`,
      hint: "give tables with one row or more",
    });
  }
}

function describeMethod(input: EvaluateInput, options: EvaluateOptions, columns: number): Report["method"] {
  return {
    ...(options.seed === undefined ? {} : { seed: options.seed }),
    definitions: 1,
    schema: input.schema === undefined ? "inferred from the training table" : "given",
    pairs: input.compat === "sdmetrics" ? "as SDMetrics' quality report" : "all pairs, 10 bins on the real edges",
    intervals:
      "95 %; scores: jackknife over ten groups of synthetic rows; AUC: DeLong, over folds with Nadeau and Bengio's correction; missing values: Newcombe; adherence: Wilson",
    detectionRowsPerSide: c2stRows(columns),
    utilityRows: UTILITY_ROWS,
    utilityTarget: "asked for, else the last column of 2 to 10 values, else the last number",
    utilityRounds: UTILITY_ROUNDS,
    importanceRows: IMPORTANCE_ROWS,
    ...(input.everyTarget === true ? { everyColumnRows: EVERY_COLUMN_ROWS } : {}),
    accuracyCombinations: MAX_COMBINATIONS,
    rankRows: RANK_ROWS,
    supportRows: SUPPORT_ROWS,
    support: "ranks and one-hot categories, five neighbours, rows fewer where columns are many",
    ...(input.shadows === undefined ? {} : { shadowModels: input.shadows.length }),
    associations: "rows that know both values, Cramer's V without bias correction",
  };
}
