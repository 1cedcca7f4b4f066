import { Command } from "commander";
import type { SynthModel } from "../artifact/model.js";
import { usageError } from "../core/errors.js";
import type { Shard } from "../facade/sample-chunks.js";
import type { TableFormat } from "../io/table-format.js";
import type { Rounds, RoundsChoice } from "../sample/choose-rounds.js";
import type { Mix } from "../sample/plan-mix.js";
import type { Table } from "../table/table.js";
import {
  addCommonOptions,
  type CommandContext,
  type CommandResult,
  type CommonOptions,
  type RunCommand,
} from "./command-runner.js";
import { addCopyFilterOptions, type CopyFilterFlags, describeFilter, minDistanceOf } from "./copy-filter-options.js";
import { defaultThreads } from "./fit-options.js";
import { formatCount, formatDuration } from "./format-text.js";
import { parseMix } from "./parse-mix.js";
import { oneOf, wholeNumber } from "./parse-number.js";
import { parseRounds } from "./parse-rounds.js";
import { requireStdout } from "./require-stdout.js";
import { addFormatOption } from "./table-options.js";

interface SampleFlags extends CopyFilterFlags, CommonOptions {
  readonly rows?: number;
  readonly output: string;
  readonly rounds: Rounds;
  readonly truncation?: number;
  readonly refine?: string;
  readonly train?: string;
  readonly holdout?: string;
  readonly where?: readonly string[];
  readonly like?: string;
  readonly balance?: string;
  readonly mix?: Mix;
  readonly shard?: Shard;
  readonly format?: TableFormat;
  readonly seed: number;
  readonly threads?: number;
  readonly backend: "onnx" | "tensorflow" | "cpu";
}

/** `synth sample`: draw rows from a model. */
export function makeSampleCommand(run: RunCommand): Command {
  const command = new Command("sample")
    .description("draw rows from a model")
    .argument("<model>", "a model file, made by `synth fit` or `synth share`")
    .option("-n, --rows <n>", "how many rows (default: as many as the model was trained on)", wholeNumber("--rows", 1))
    .option(
      "-o, --output <file>",
      "the table to write: .csv .tsv .jsonl (also .gz) .arrow .parquet; - is CSV on stdout",
      "synthetic.csv",
    )
    .option("--where <condition>", "only rows that meet it, e.g. \"age >= 40 and sex = 'Male'\" (again: and)", collect)
    .option("--like <table>", "partial rows: one row for each, given cells kept, the others drawn")
    .option("--balance <column>", "as many rows of each level of a category")
    .option(
      "--mix <column=level:share,...>",
      'shares of a category\'s levels, e.g. sex="Male":0.3,"Female":0.7',
      parseMix,
    )
    .option("--shard <i/n>", "only part i of n parts of the same rows", parseShard)
    .option(
      "--rounds <n>",
      "max: one column a round; a number: fewer are faster, a little less true; auto: max where that is fast",
      parseRounds,
      "auto" as const,
    )
    .option(
      "--truncation <t>",
      "of a model of preset stylegan: below 1 fewer outliers, less diversity (default: 1, as learned)",
      parseTruncation,
    )
    .option(
      "--refine <table>",
      "the real rows: draw twice as many and keep those a classifier takes for real (truer, slower)",
    )
    .option("--train <table>", "the real rows that --no-copies compares with")
    .option(
      "--holdout <table>",
      "real rows that the model was not fitted on, for --no-copies: what it leaks is measured",
    )
    .option("--seed <n>", "same seed, same rows", wholeNumber("--seed"), 1)
    .option(
      "--threads <n>",
      "chunks of rows drawn at once (default: as many as cores, at most 2)",
      wholeNumber("--threads", 1, 256),
    )
    .option("--backend <engine>", "onnx, tensorflow or cpu", oneOf("--backend", ["onnx", "tensorflow", "cpu"]), "onnx");
  return addCommonOptions(addFormatOption(addCopyFilterOptions(command)))
    .addHelpText(
      "after",
      "\nExample:\n  synth sample data.synth -n 1000 -o rows.csv\n" +
        "  synth sample data.synth -n 1000 --where \"age >= 40 and sex = 'Male'\" -o rows.csv\n" +
        "  synth sample data.synth --no-copies --train train.csv --holdout unseen.csv -o rows.csv",
    )
    .action((path: string, flags: SampleFlags) => run(flags, (context) => sampleModel(path, flags, context)));
}

async function sampleModel(path: string, flags: SampleFlags, context: CommandContext): Promise<CommandResult> {
  const toStdout = requireStdout(flags);
  requireOneWay(flags);
  const { chooseRounds, loadModel } = await import("../index.js");
  const { claimTable } = await import("./output-file.js");
  const startedAt = context.streams.now();
  const model = await loadModel(path);
  const rounds = chooseRounds(model.generator, flags.rounds);
  const { requireTruncation } = await import("../sample/require-truncation.js");
  requireTruncation(model.generator, flags.truncation);
  if (!toStdout) await claimTable(flags.output, flags.format);
  const filtered = await drawFiltered(model, flags, context);
  const { rows, columns } = await writeRows(model, flags, context, filtered?.table);
  const elapsedMs = context.streams.now() - startedAt;
  const words = `${formatCount(rows)} rows, seed ${flags.seed}, ${formatDuration(elapsedMs)}`;
  return {
    json: {
      output: flags.output,
      rows,
      columns,
      seed: flags.seed,
      rounds: rounds?.chosen.rounds ?? 1,
      ...(flags.truncation === undefined ? {} : { truncation: flags.truncation }),
      ...(filtered === undefined ? {} : { dropped: filtered.dropped, leak: filtered.leak }),
      elapsedMs: Math.round(elapsedMs),
    },
    summary: `${toStdout ? "" : `wrote ${flags.output}: `}${words}\n${rounds === undefined ? "" : describeRounds(rounds, flags.rounds)}${describeTruncation(flags.truncation)}${filtered === undefined ? "" : describeFilter(filtered.dropped, filtered.leak)}`,
  };
}

/** Rows without copies, where that is asked for. */
async function drawFiltered(model: SynthModel, flags: SampleFlags, context: CommandContext) {
  const minDistance = minDistanceOf(flags);
  if (minDistance === undefined || flags.train === undefined || flags.holdout === undefined) return undefined;
  const { readTable, sampleWithoutCopies } = await import("../index.js");
  const { onProgress, signal } = context;
  const [train, holdout] = [await readTable(flags.train, { signal }), await readTable(flags.holdout, { signal })];
  const { rows, rounds, truncation, seed, backend } = flags;
  const threads = flags.threads ?? (await defaultThreads());
  const run = { rounds, truncation, seed, threads, engine: backend, onProgress, signal };
  onProgress({
    kind: "stage",
    stage: "sample",
    message: `sampling ${formatCount(rows ?? model.schema.rowCount)} rows`,
  });
  return sampleWithoutCopies(model, { ...run, rows, train, holdout, minDistance });
}

/** Writes the rows as they are drawn; returns how many, and of how many columns. */
async function writeRows(model: SynthModel, flags: SampleFlags, context: CommandContext, drawn?: Table) {
  const { openTableWriter } = await import("../io/table-writer.js");
  const { signal } = context;
  const writer = await openTableWriter(flags.output, { format: flags.format, signal, output: context.streams.stdout });
  let [rows, columns] = [0, 0];
  try {
    for await (const table of drawn === undefined ? await drawTables(model, flags, context) : [drawn]) {
      await writer.write(table);
      rows += table.rowCount;
      columns = table.columns.length;
    }
    await writer.close();
    return { rows, columns };
  } finally {
    await writer.discard();
  }
}

async function drawTables(
  model: SynthModel,
  flags: SampleFlags,
  { onProgress, signal, streams }: CommandContext,
): Promise<AsyncIterable<Table> | Iterable<Table>> {
  const { readTable, sample, sampleChunks, sampleLike } = await import("../index.js");
  const { rounds, seed, where, shard, balance, like } = flags;
  const threads = flags.threads ?? (await defaultThreads());
  const run = { rounds, seed, threads, engine: flags.backend, onProgress, signal };
  if (like !== undefined)
    return [await sampleLike(model, await readTable(like, { signal, input: streams.stdin }), run)];
  const rows = flags.rows ?? model.schema.rowCount;
  onProgress({ kind: "stage", stage: "sample", message: `sampling ${formatCount(rows)} rows` });
  const mix = balance === undefined ? flags.mix : { column: balance, shares: "equal" as const };
  const options = { ...run, rows, where, mix, shard, truncation: flags.truncation };
  if (flags.refine === undefined) return sampleChunks(model, options);
  return [await sample(model, { ...options, refineWith: await readTable(flags.refine, { signal }) })];
}

/** Options that say in two ways which rows are wanted, or half of one. Throws E_USAGE_CONFLICT, E_USAGE_FILTER. */
function requireOneWay({
  rows,
  where,
  like,
  balance,
  mix,
  shard,
  truncation,
  refine,
  train,
  holdout,
  ...flags
}: SampleFlags): void {
  const filter = minDistanceOf(flags);
  requireFilterTables(filter, train, holdout);
  const given = {
    "-n": rows,
    "--where": where,
    "--balance": balance,
    "--mix": mix,
    "--shard": shard,
    "--truncation": truncation,
    "--refine": refine,
    "--no-copies": filter,
  };
  const conflicts: readonly [unknown, string, readonly (keyof typeof given)[]][] = [
    [like, "--like", ["-n", "--where", "--balance", "--mix", "--shard", "--truncation", "--refine", "--no-copies"]],
    [balance, "--balance", ["--mix"]],
    [refine, "--refine", ["--shard", "--balance", "--mix"]],
    [filter, "--no-copies", ["--where", "--balance", "--mix", "--shard", "--refine"]],
  ];
  for (const [value, name, others] of conflicts) {
    const other = others.find((candidate) => given[candidate] !== undefined);
    if (value === undefined || other === undefined) continue;
    throw usageError("E_USAGE_CONFLICT", `${name} and ${other} exclude each other`, {
      where: name,
      hint: "give one of them",
    });
  }
}

/** The filter compares with both tables; they have no other use. */
function requireFilterTables(filter: number | undefined, train: string | undefined, holdout: string | undefined): void {
  const given = [train, holdout].filter((path) => path !== undefined).length;
  if (given === (filter === undefined ? 0 : 2)) return;
  const message =
    filter === undefined
      ? "--train and --holdout are for --no-copies and --min-distance"
      : "--no-copies and --min-distance need --train and --holdout: without held-out rows nobody knows what the dropped ones tell";
  throw usageError("E_USAGE_FILTER", message, {
    where: filter === undefined ? "--train" : "--no-copies",
    hint: "give --no-copies --train train.csv --holdout unseen.csv, unseen.csv of rows that the model was not fitted on",
  });
}

function collect(text: string, former: readonly string[] = []): readonly string[] {
  return [...former, text];
}

/** Throws E_USAGE_SHARD. */
function parseShard(text: string): Shard {
  const [, index, count] = /^(\d{1,9})\/(\d{1,9})$/.exec(text) ?? [];
  if (count !== undefined && Number(index) >= 1 && Number(index) <= Number(count)) {
    return { index: Number(index), count: Number(count) };
  }
  throw usageError("E_USAGE_SHARD", `--shard must be i/n with i from 1 to n; got "${text}"`, { where: "--shard" });
}

/** Throws E_USAGE_TRUNCATION. */
function parseTruncation(text: string): number {
  if (/^\d*\.?\d+$/.test(text)) return Number(text);
  throw usageError("E_USAGE_TRUNCATION", `--truncation must be a number of at least 0; got "${text}"`, {
    where: "--truncation",
    hint: "0.7 is a common choice, 1 changes nothing",
  });
}

/** What a truncation does; nothing where it does nothing. */
function describeTruncation(truncation = 1): string {
  if (truncation === 1) return "";
  return truncation < 1
    ? `truncation ${truncation}: rows nearer to the average one, fewer outliers, less diversity\n`
    : `truncation ${truncation}: rows farther from the average one, more outliers\n`;
}

/** What fewer rounds than columns cost; nothing where each column has its own. */
function describeRounds({ chosen, exact }: RoundsChoice, asked: Rounds): string {
  if (chosen.rounds === exact.rounds) return "";
  const nearest =
    typeof asked === "number" && asked !== chosen.rounds ? `, the nearest to ${asked} that is prepared` : "";
  const percent = (value: number): string => `${(100 * value).toFixed(2)} %`;
  return (
    `${chosen.rounds} rounds${nearest}: pair error ${percent(chosen.pairError)} against ` +
    `${percent(exact.pairError)} at one column a round (measured in training)\n`
  );
}
