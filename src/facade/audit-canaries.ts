import { constraintColumns } from "../constraints/constraint-columns.js";
import { addFoundConstraints } from "../constraints/find/add-found-constraints.js";
import { kindsToFind } from "../constraints/find/find-constraints.js";
import { dataError, usageError } from "../core/errors.js";
import { makeRandom, type RandomStream } from "../core/random.js";
import type { CanaryReport } from "../evaluate/contract/canary-schema.js";
import { whyOmitted } from "../evaluate/make-scored-tables.js";
import { drawCanaries } from "../evaluate/privacy/canary/draw-canaries.js";
import { reportCanaries } from "../evaluate/privacy/canary/report-canaries.js";
import { type CanaryRun, type CanaryTables, scoreCanaries } from "../evaluate/privacy/canary/score-canaries.js";
import { resolveConfig } from "../gan/resolve-config.js";
import { defaultDelta, publicSize } from "../privacy/default-delta.js";
import { readCells } from "../privacy/domains/read-cells.js";
import { makeNoise, type NoiseSource } from "../privacy/noise/noise-source.js";
import type { PrivacyOptions } from "../privacy/private-request.js";
import { applySchema } from "../schema/apply-schema.js";
import { inferSchema } from "../schema/infer-schema.js";
import type { TableSchema } from "../schema/table-schema.js";
import { joinRows } from "../table/join-rows.js";
import { makeTable, type Table, takeRows } from "../table/table.js";
import { auditGuarantee } from "./audit-guarantee.js";
import { canaryBlocks } from "./canary-blocks.js";
import { fitAndSample } from "./fit-and-sample.js";
import type { FitOptions } from "./fit-options.js";
import { DEFAULT_SEED } from "./run-options.js";
import { tellTrainings } from "./tell-trainings.js";

export interface CanaryOptions extends FitOptions {
  /**
   * Records to make up; each is planted in one of two trainings. Default: 2 % of the rows, so that about 1 % are planted, but at
   * least 60 and at most 1,000; never more than a fifth of the rows.
   */
  readonly canaries?: number | undefined;
  /** Rows of each release; default: as many as the table has. */
  readonly rows?: number | undefined;
  /** Confidence of the bound on epsilon, between 0 and 1; default .95. */
  readonly confidence?: number | undefined;
  /** The delta of the differential privacy that the bound speaks of; default: that of `privacy`, or 1e-5. */
  readonly delta?: number | undefined;
}

/** Trains a model on a table and draws `rows` rows from it. */
export type MakeRelease = (table: Table, rows: number, options: FitOptions) => Promise<Table>;

/** Records that were never planted, for canaries to be ranked among. */
const REFERENCES = 2000;
const CANARY_SHARE = 0.02;
const DEFAULT_CANARIES = { least: 60, most: 1000 };
const LARGEST_SHARE = 0.2;

/**
 * What a model remembers of single records, by experiment: made-up records are planted in the table, each by the toss of a coin
 * either in a first training or in a second one, and the rows that either model gives are searched for them. Both trainings have
 * the table's rows, its schema and the given configuration. Columns that are not learned (identifiers, free text) are left out.
 * Same table, options and seed, same report.
 *
 * With `privacy` both trainings are differentially private, the bound is compared with what was promised, and the mechanism itself
 * is audited from inside (`guarantee` of the report); secret noise then makes each report another.
 *
 * Steinke, Nasr, Jagielski 2023, arXiv:2305.08846 (the bound on epsilon); Carlini et al. 2019, arXiv:1802.08232 (exposure).
 *
 * @param release what is audited; default: fit and sample
 * Throws E_USAGE_CANARIES, E_CANARY_*, and what fit and sample throw.
 */
export async function auditCanaries(
  table: Table,
  options: CanaryOptions = {},
  release: MakeRelease = async (rows, count, asked) => (await fitAndSample(rows, count, asked)).synthetic,
): Promise<CanaryReport> {
  const { confidence = 0.95, signal, onProgress } = options;
  const count = countCanaries(table, options);
  const privacy = options.privacy && {
    ...options.privacy,
    delta: options.privacy.delta ?? defaultDelta(publicSize(table.rowCount + count)),
  };
  const delta = privacy?.delta ?? options.delta ?? 1e-5;
  requireShare("confidence", confidence);
  requireShare("delta", delta, true);
  const { rows = table.rowCount } = options;
  const random = makeRandom(options.seed ?? DEFAULT_SEED).fork("canaries");
  const { real, schema, omitted } = learnedPart(table, options);
  const { minCategoryCount } = resolveConfig(options).encoding;
  const plan = { blocks: canaryBlocks(real, schema), minCategoryCount, least: count, most: count + REFERENCES };
  const made = drawCanaries(real, plan, random.fork("draw"));
  const canaries = takeRows(made, range(0, count));
  onProgress?.({ kind: "stage", stage: "canaries", message: `training twice, with ${count} made-up records` });
  const runs = await trainTwice({ real, canaries, schema, rows }, release, { ...options, privacy }, random);
  onProgress?.({ kind: "stage", stage: "search", message: "looking for the made-up records in the synthetic rows" });
  const references = takeRows(made, range(count, made.rowCount));
  const searched = { real, canaries, references, runs };
  const alike = privacy === undefined ? searched : readAlike(searched);
  const columns = alike.real.columns
    .map(({ name }) => name)
    .filter((name) => alike.runs.every(({ release: of }) => hasColumn(of, name)));
  const scored = await scoreCanaries({ ...alike, columns }, signal);
  const tables = { real: { rows: real.rowCount }, release: { rows }, columns: columns.length, omitted };
  if (privacy !== undefined) {
    const message = "counting rows with the mechanism's noise, and with half of it";
    onProgress?.({ kind: "stage", stage: "mechanism", message });
  }
  const guarantee =
    privacy && auditGuarantee({ ...privacy, delta }, confidence, random.fork("guarantee"), noiseOf(privacy));
  const found = reportCanaries(scored, tables, { confidence, delta, random: random.fork("report"), guarantee });
  return { version: 1, ...found, method: describeMethod(options, plan, references.rowCount) };
}

interface TrainingPlan {
  readonly real: Table;
  readonly canaries: Table;
  readonly schema: TableSchema;
  readonly rows: number;
}

/** Every canary is planted in one training, and is missing in the other. */
async function trainTwice(
  { real, canaries, schema, rows }: TrainingPlan,
  release: MakeRelease,
  options: CanaryOptions,
  random: RandomStream,
): Promise<CanaryRun[]> {
  const coins = random.fork("coins");
  const first = Uint8Array.from({ length: canaries.rowCount }, () => coins.integer(2));
  const tell = tellTrainings(options.onProgress, "canaries", 2, true);
  const runs: CanaryRun[] = [];
  for (const [index, planted] of [first, first.map((bit) => 1 - bit)].entries()) {
    const kept = range(0, canaries.rowCount).filter((at) => planted[at] === 1);
    const table = joinRows([real, takeRows(canaries, kept)]);
    const seed = random.fork(`training ${index}`).uint32();
    const described = options.privacy === undefined ? { schema, findConstraints: false } : declaredOf(options, real);
    const asked = { ...options, ...described, seed, onProgress: tell(index), checkpoints: undefined };
    runs.push({ planted, release: await release(table, rows, asked) });
  }
  return runs;
}

/**
 * All tables as the first release is to be read: a private training is given cells as they are written, and finds by itself which of
 * them are numbers.
 */
function readAlike({ real, canaries, references, runs }: Omit<CanaryTables, "columns">): Omit<CanaryTables, "columns"> {
  const schema = inferSchema(runs[0]!.release);
  const read = (table: Table) => readCells(table, schema);
  return {
    real: read(real),
    canaries: read(canaries),
    references: read(references),
    runs: runs.map((run) => ({ ...run, release: read(run.release) })),
  };
}

/** Under differential privacy what was found of the table is not to be known: only what was declared of the columns. */
function declaredOf(
  { schema, findConstraints }: FitOptions,
  { columns }: Table,
): Pick<FitOptions, "schema" | "findConstraints"> {
  const isKept = (name: string) => columns.some((column) => column.name === name);
  return {
    findConstraints,
    schema: schema && { ...schema, columns: schema.columns.filter(({ name }) => isKept(name)) },
  };
}

function noiseOf({ noiseSeed }: PrivacyOptions): NoiseSource {
  return makeNoise(noiseSeed === undefined ? undefined : makeRandom(noiseSeed).fork("canaries"));
}

function hasColumn({ columns }: Table, name: string): boolean {
  return columns.some((column) => column.name === name);
}

/** The columns that a model learns, and the schema that both trainings follow: what is found of it must not hang on canaries. */
function learnedPart(table: Table, options: CanaryOptions) {
  const described = options.schema ?? inferSchema(table);
  const typed = options.schema === undefined ? table : applySchema(table, options.schema);
  const reasons = described.columns.map((column) => ({ name: column.name, reason: whyOmitted(column) }));
  const omitted = reasons.flatMap(({ name, reason }) => (reason === undefined ? [] : [{ name, reason }]));
  const isLearned = ({ name }: { readonly name: string }) => !omitted.some((one) => one.name === name);
  const real = makeTable(typed.columns.filter(isLearned));
  const named = (described.constraints ?? []).filter((constraint) =>
    constraintColumns(constraint, typed).every((name) => isLearned({ name })),
  );
  const findConstraints = options.privacy === undefined ? options.findConstraints : false;
  const kinds = kindsToFind(findConstraints, options.schema !== undefined);
  const found = addFoundConstraints(
    real,
    { ...described, columns: described.columns.filter(isLearned), constraints: named },
    kinds,
    options.onProgress,
  );
  // A canary may repeat a key, and would then break the rule.
  const constraints = (found.constraints ?? []).filter(({ kind }) => kind !== "unique");
  return { real, omitted, schema: { ...found, constraints } };
}

/** How many canaries are made. Throws E_USAGE_CANARIES, E_CANARY_ROWS. */
function countCanaries({ rowCount }: Table, { canaries }: CanaryOptions): number {
  const most = Math.floor(LARGEST_SHARE * rowCount);
  if (most < 2) {
    throw dataError("E_CANARY_ROWS", `there are ${rowCount} rows: canaries would be more than a fifth of them`, {
      hint: "give a larger table",
    });
  }
  const { least, most: mostByDefault } = DEFAULT_CANARIES;
  const byDefault = Math.min(mostByDefault, Math.max(least, Math.round(CANARY_SHARE * rowCount)));
  const asked = canaries ?? Math.min(most, byDefault);
  if (Number.isInteger(asked) && asked >= 2 && asked <= most) return asked;
  throw usageError(
    "E_USAGE_CANARIES",
    `canaries must be a whole number from 2 to ${most} (a fifth of the rows); got ${asked}`,
    {
      where: "canaries",
    },
  );
}

function requireShare(name: "confidence" | "delta", value: number, mayBeZero = false): void {
  if ((value > 0 || (mayBeZero && value === 0)) && value < 1) return;
  const range = mayBeZero ? "at least 0 and below 1" : "between 0 and 1";
  throw usageError("E_USAGE_CANARIES", `${name} must be ${range}; got ${value}`, { where: name });
}

function describeMethod(
  options: CanaryOptions,
  plan: { readonly blocks: readonly (readonly string[])[]; readonly minCategoryCount: number },
  references: number,
): CanaryReport["method"] {
  return {
    definitions: 1,
    seed: options.seed ?? DEFAULT_SEED,
    cells: "each from its column, columns that a constraint ties from one row; no real row, no two equal",
    independentParts: plan.blocks.length,
    leastRowsOfACategory: plan.minCategoryCount,
    references,
    trainings: "two, on complementary canaries",
    guesses:
      "of the highest and lowest scores 45 + 45 % or 25 + 25 %, of the highest 12.5 or 3.1 %; Bonferroni over all",
    intervals: "95 %, bootstrap over canaries, widened for the number of scores",
  };
}

function range(from: number, to: number): number[] {
  return Array.from({ length: to - from }, (_, at) => from + at);
}
