import type { SynthModel } from "../artifact/model.js";
import { writtenColumns } from "../constraints/transform.js";
import { dataError, usageError } from "../core/errors.js";
import { makeRandom, type RandomStream } from "../core/random.js";
import { evaluateCondition } from "../expressions/evaluate-expression.js";
import type { Expression } from "../expressions/expression.js";
import { parseCondition } from "../expressions/parse-expression.js";
import type { Rounds } from "../sample/choose-rounds.js";
import { CHUNK_ROWS } from "../sample/draw-chunk.js";
import { type DrawOptions, drawChunks } from "../sample/draw-chunks.js";
import { type ConditionPlan, planConditions } from "../sample/plan-conditions.js";
import { type Mix, planMix } from "../sample/plan-mix.js";
import { type Table, takeRows } from "../table/table.js";
import { anchorsOf } from "./anchors.js";
import { openRowDecoder } from "./decode-rows.js";
import { columnsOfModel } from "./model-columns.js";
import { DEFAULT_SEED, type RunOptions, runOptions } from "./run-options.js";

export interface SampleChunksOptions extends RunOptions {
  /** Default: as many as the model was fitted on. */
  readonly rows?: number | undefined;
  /**
   * Rounds that a row is drawn in: "max", one field a round; a number, fewer are faster and a little less true; "auto"
   * (default), max where that is fast enough.
   */
  readonly rounds?: Rounds | undefined;
  /** Conditions that every row meets, as `synth sample --where` takes them: `education = 'Masters' and age >= 40`. */
  readonly where?: string | readonly string[] | undefined;
  /** Shares of a category's levels, in place of those of the real table. */
  readonly mix?: Mix | undefined;
  /**
   * Truncation of a model of preset stylegan: below 1 rows are nearer to the average one, fewer outliers and less diversity;
   * 0 is the least. Default 1: as the model learned it.
   */
  readonly truncation?: number | undefined;
  /** Only a part of the sample. */
  readonly shard?: Shard | undefined;
}

/** Part `index` (1 = first) of `count` parts of a sample, each of consecutive rows. */
export interface Shard {
  readonly index: number;
  readonly count: number;
}

/** Fewer rows that meet a condition than one in so many are refused. */
const RAREST = 2000;

/** Rows drawn before a condition is called too rare. */
const MIN_TRIED = 200 * CHUNK_ROWS;

/**
 * Draws rows from a model, a table of up to 1024 rows at a time, in order and in memory that does not grow with the rows. The same
 * model, options and seed give the same rows, whatever the number of threads and the shard; together they are exactly `rows`.
 *
 * Throws E_EXPRESSION_*, E_SAMPLE_CONDITION_*, E_SAMPLE_MIX_*, E_USAGE_ROUNDS, E_USAGE_SHARD, E_USAGE_TRUNCATION,
 * E_SAMPLE_TRUNCATION, E_INTERRUPTED.
 */
export async function* sampleChunks(model: SynthModel, options: SampleChunksOptions = {}): AsyncGenerator<Table> {
  const rows = options.rows ?? model.schema.rowCount;
  const wanted = rowsOfShard(rows, options.shard);
  if (options.shard !== undefined) tellUniqueInShard(model, options.onProgress);
  const random = makeRandom(options.seed ?? DEFAULT_SEED).fork("sample");
  const condition = await readConditions(model, options.where);
  const plan = planConditions(condition, model.encoding, remadeColumns(model), anchorsOf(model));
  const strata = options.mix === undefined ? undefined : planMix(options.mix, plan, model.encoding, rows);
  const draw: DrawOptions = {
    ...runOptions(options),
    rows,
    rounds: options.rounds ?? "auto",
    random: random.fork("fields"),
    encoding: model.encoding,
    strata: strata ?? (plan.conditions.length === 0 ? undefined : [{ rows, conditions: plan.conditions }]),
    ranged: plan.ranged,
    truncation: options.truncation,
  };
  const decode = random.fork("decode");
  let done = 0;
  const tables =
    plan.residual === undefined ? drawSpan(model, draw, wanted, decode) : drawMeeting(model, draw, plan, decode);
  for await (const table of plan.residual === undefined ? tables : cut(tables, wanted)) {
    done += table.rowCount;
    const total = wanted.end - wanted.first;
    options.onProgress?.({ kind: "progress", stage: "sample", done, total, unit: "rows" });
    yield table;
  }
}

interface RowSpan {
  readonly first: number;
  readonly end: number;
}

/** Throws E_USAGE_SHARD. */
function rowsOfShard(rows: number, shard: Shard | undefined): RowSpan {
  if (shard === undefined) return { first: 0, end: rows };
  const { index, count } = shard;
  if (!(Number.isInteger(index) && Number.isInteger(count) && index >= 1 && index <= count)) {
    throw usageError("E_USAGE_SHARD", `a shard is one of 1/n to n/n; got ${index}/${count}`, { where: "shard" });
  }
  return { first: Math.floor((rows * (index - 1)) / count), end: Math.floor((rows * index) / count) };
}

/** Uniqueness is the one constraint that looks at other rows: a shard does not know those of the others. */
function tellUniqueInShard({ constraints }: SynthModel, onProgress: SampleChunksOptions["onProgress"]): void {
  for (const one of constraints?.transforms ?? []) {
    if (one.kind !== "distinct" || one.nudged.length === 0) continue;
    const names = one.columns.map((name) => `"${name}"`).join(", ");
    const message = `${names} are unique within a shard only; draw the sample in one part to have them unique in all rows`;
    onProgress?.({ kind: "notice", code: "N_UNIQUE_IN_SHARD", message });
  }
}

/** Columns whose values the constraints may change: levels do not tell what becomes of them. */
function remadeColumns({ constraints }: SynthModel): ReadonlySet<string> {
  const transforms = constraints?.transforms ?? [];
  return new Set(transforms.flatMap((one) => [...writtenColumns(one), ...("learnable" in one ? [one.learnable] : [])]));
}

async function readConditions(
  model: SynthModel,
  where: string | readonly string[] = [],
): Promise<Expression | undefined> {
  const texts = typeof where === "string" ? [where] : where;
  if (texts.length === 0) return undefined;
  const columns = await columnsOfModel(model);
  const parts = texts.map((text) => parseCondition(text, columns));
  return { kind: "and", type: "boolean", parts, at: 0 };
}

/** The chunks that a span of rows lies in, cut to it. */
async function* drawSpan(
  model: SynthModel,
  draw: DrawOptions,
  wanted: RowSpan,
  decode: RandomStream,
): AsyncGenerator<Table> {
  const first = Math.floor(wanted.first / CHUNK_ROWS);
  const span = { first, end: Math.ceil(wanted.end / CHUNK_ROWS) };
  yield* cut(decodeChunks(model, { ...draw, span }, decode, first), wanted, first * CHUNK_ROWS);
}

async function* decodeChunks(
  model: SynthModel,
  draw: DrawOptions,
  decode: RandomStream,
  first: number,
): AsyncGenerator<Table> {
  const decodeRows = await openRowDecoder(model);
  let chunk = first;
  for await (const encoded of drawChunks(model.generator, draw)) {
    yield decodeRows(encoded, decode.fork(chunk), chunk * CHUNK_ROWS);
    chunk++;
  }
}

/** The rows of tables that lie within a span; the tables begin at row `at`. */
async function* cut(tables: AsyncIterable<Table>, { first, end }: RowSpan, at = 0): AsyncGenerator<Table> {
  if (first >= end) return;
  let row = at;
  for await (const table of tables) {
    const [from, to] = [Math.max(0, first - row), Math.min(table.rowCount, end - row)];
    row += table.rowCount;
    if (from === 0 && to === table.rowCount) yield table;
    else if (from < to)
      yield takeRows(
        table,
        Array.from({ length: to - from }, (_, index) => from + index),
      );
    if (row >= end) return;
  }
}

/** Rows that meet what levels cannot say, without end: of whole chunks those that do. Throws E_SAMPLE_CONDITION_RARE. */
async function* drawMeeting(
  model: SynthModel,
  draw: DrawOptions,
  { residual }: ConditionPlan,
  decode: RandomStream,
): AsyncGenerator<Table> {
  let tried = 0;
  let met = 0;
  for await (const table of decodeChunks(model, { ...draw, rows: Number.POSITIVE_INFINITY }, decode, 0)) {
    const truths = evaluateCondition(residual!, table);
    const rows = Uint32Array.from(truths.keys()).filter((row) => truths[row] === 1);
    tried += table.rowCount;
    met += rows.length;
    if (tried >= MIN_TRIED && met * RAREST < tried) throw tooRare(met, tried);
    if (rows.length > 0) yield takeRows(table, rows);
  }
}

function tooRare(met: number, tried: number) {
  const share = met === 0 ? `none of ${tried} rows` : `${met} of ${tried} rows`;
  return dataError("E_SAMPLE_CONDITION_RARE", `the condition is too rare to be met by trying: ${share} drawn meet it`, {
    hint: "conditions on single columns are met at any rarity; `or` over columns and columns compared with each other are not",
  });
}
