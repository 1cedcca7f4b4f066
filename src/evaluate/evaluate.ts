import { dataError, throwIfAborted } from "../core/errors.js";
import type { OnProgress } from "../core/progress.js";
import type { RandomStream } from "../core/random.js";
import { applySchema } from "../schema/apply-schema.js";
import { inferSchema } from "../schema/infer-schema.js";
import type { TableSchema } from "../schema/table-schema.js";
import { conformTable } from "../table/conform-table.js";
import { findColumn, type Table } from "../table/table.js";
import { MAX_COMBINATIONS } from "./fidelity/accuracy.js";
import { C2ST_ROWS } from "./fidelity/classifier-test.js";
import { keyUniqueness, scoreDiagnostic, structureSimilarity } from "./fidelity/diagnostic.js";
import { scoreFidelity } from "./fidelity/score-fidelity.js";
import { makeScoredTables, whyOmitted } from "./make-scored-tables.js";
import { evaluatePrivacy } from "./privacy/evaluate-privacy.js";
import { releasePolicy } from "./privacy/release-policy.js";
import type { Report } from "./report-schema.js";
import { scoreConstraints } from "./score-constraints.js";
import { scoreUtility, UTILITY_ROWS } from "./utility/score-utility.js";
import { makeVerdict } from "./verdict.js";

/** What is compared. */
export interface EvaluateInput {
  /** The rows that the synthetic ones were made from. */
  readonly train: Table;
  readonly synthetic: Table;
  /** Real rows that nothing was made from. Without them there are no ceilings, no utility and little about privacy. */
  readonly holdout?: Table | undefined;
  /** What the columns mean; default: inferred from the training table. */
  readonly schema?: TableSchema | undefined;
  /** The column whose prediction is compared; default: the last category of 2 to 10 values, else the last number. */
  readonly target?: string | undefined;
  /** Score shapes and trends as SDMetrics' quality report does, to compare with published numbers. */
  readonly compat?: "sdmetrics" | undefined;
}

export interface EvaluateOptions {
  readonly random: RandomStream;
  /** Stands in the report's `method`, so that a reader can repeat the audit. */
  readonly seed?: number | undefined;
  readonly onProgress?: OnProgress | undefined;
  readonly signal?: AbortSignal | undefined;
}

/**
 * Audits a synthetic table against the table it was made from and, better, against held-out rows: fidelity, utility,
 * privacy, whether it may be released, and a verdict in plain words. Works on anybody's tables, no model needed. The same
 * input and stream give the same report. Throws E_EVALUATE_ROWS, E_EVALUATE_NO_COLUMN, E_EVALUATE_TARGET, E_DATA_COLUMNS,
 * E_DATA_COLUMN_KIND, E_SCHEMA_*, E_CONSTRAINT_*, E_INTERRUPTED.
 */
export async function evaluateTables(input: EvaluateInput, options: EvaluateOptions): Promise<Report> {
  const { random, onProgress, signal } = options;
  const run = { onProgress, signal };
  requireRows(input);
  const stage = (name: string, message: string): void => onProgress?.({ kind: "stage", stage: name, message });
  const { train, synthetic, holdout, schema } = prepareTables(input);
  const sides = { train, synthetic, ...(holdout === undefined ? {} : { holdout }) };
  const { tables, omitted } = makeScoredTables(sides, schema);
  const names = tables.columns.map((column) => column.name);
  stage("fidelity", "comparing distributions and relations");
  const scores = await scoreFidelity(tables, { random: random.fork("fidelity"), compat: input.compat, ...run });
  throwIfAborted(signal);
  const structure = structureSimilarity(input.train, input.synthetic);
  const keys = keyUniqueness(synthetic, schema);
  const fidelity = { ...scores, diagnostic: scoreDiagnostic(tables.train, tables.synthetic, structure, keys) };
  const constraints = scoreConstraints(train, synthetic, schema);
  stage("utility", "training models on synthetic and on real rows");
  const utility = await scoreUtility(tables, { target: input.target, random: random.fork("utility"), ...run });
  const privacy = await evaluatePrivacy({
    ...sides,
    columns: names,
    random: random.fork("privacy"),
    ...(onProgress === undefined ? {} : { onProgress }),
    ...(signal === undefined ? {} : { signal }),
  });
  const report: Omit<Report, "verdict"> = {
    version: 2,
    tables: {
      train: { rows: train.rowCount },
      synthetic: { rows: synthetic.rowCount },
      ...(holdout === undefined ? {} : { holdout: { rows: holdout.rowCount } }),
      columns: train.columns.length,
      omitted: [...omitted],
    },
    fidelity,
    ...(constraints === undefined ? {} : { constraints }),
    utility,
    privacy,
    release: releasePolicy(privacy),
    method: describeMethod(input, options),
  };
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

interface PreparedTables {
  readonly train: Table;
  readonly synthetic: Table;
  readonly holdout: Table | undefined;
  readonly schema: TableSchema;
}

/** Training as the schema has it, the other tables as training. */
function prepareTables(input: EvaluateInput): PreparedTables {
  const schema = input.schema ?? inferSchema(input.train);
  const train = input.schema === undefined ? input.train : applySchema(input.train, input.schema);
  return {
    train,
    synthetic: conform(input.synthetic, train, schema, "the synthetic table"),
    holdout: input.holdout === undefined ? undefined : conform(input.holdout, train, schema, "the holdout table"),
    schema,
  };
}

/** A table like the training one. What no score covers may be missing: a generator may leave out free text. */
function conform(table: Table, train: Table, schema: TableSchema, what: string): Table {
  const unscored = new Set(schema.columns.filter((column) => whyOmitted(column) !== undefined).map(({ name }) => name));
  const columns = train.columns.filter(({ name }) => !unscored.has(name) || findColumn(table, name) !== undefined);
  return conformTable(table, { ...train, columns }, what);
}

function describeMethod(input: EvaluateInput, options: EvaluateOptions): Report["method"] {
  return {
    ...(options.seed === undefined ? {} : { seed: options.seed }),
    definitions: 1,
    schema: input.schema === undefined ? "inferred from the training table" : "given",
    pairs: input.compat === "sdmetrics" ? "as SDMetrics' quality report" : "all pairs, 10 bins on the real edges",
    intervals: "95 %; scores: jackknife over ten groups of synthetic rows; AUC: DeLong",
    detectionRowsPerSide: C2ST_ROWS,
    utilityRows: UTILITY_ROWS,
    accuracyCombinations: MAX_COMBINATIONS,
  };
}
