import { Command } from "commander";
import { usageError } from "../core/errors.js";
import type { Rounds, RoundsChoice } from "../sample/choose-rounds.js";
import {
  addCommonOptions,
  type CommandContext,
  type CommandResult,
  type CommonOptions,
  type RunCommand,
} from "./command-runner.js";
import { defaultThreads } from "./fit-options.js";
import { formatCount, formatDuration } from "./format-text.js";
import { oneOf, wholeNumber } from "./parse-number.js";

interface SampleFlags extends CommonOptions {
  readonly rows?: number;
  readonly output: string;
  readonly rounds: Rounds;
  readonly refine?: string;
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
    .option("-o, --output <file>", "the table to write: .csv, .tsv, .arrow; - is CSV on stdout", "synthetic.csv")
    .option(
      "--rounds <n>",
      "max: one column a round; a number: fewer are faster, a little less true; auto: max where that is fast",
      parseRounds,
      "auto" as const,
    )
    .option(
      "--refine <table>",
      "the real rows: draw twice as many and keep those a classifier takes for real (truer, slower)",
    )
    .option("--seed <n>", "same seed, same rows", wholeNumber("--seed"), 1)
    .option(
      "--threads <n>",
      "chunks of rows drawn at once (default: as many as cores, at most 2)",
      wholeNumber("--threads", 1, 256),
    )
    .option("--backend <engine>", "onnx, tensorflow or cpu", oneOf("--backend", ["onnx", "tensorflow", "cpu"]), "onnx");
  return addCommonOptions(command)
    .addHelpText("after", "\nExample:\n  synth sample data.synth -n 1000 -o rows.csv")
    .action((path: string, flags: SampleFlags) => run(flags, (context) => sampleModel(path, flags, context)));
}

async function sampleModel(path: string, flags: SampleFlags, context: CommandContext): Promise<CommandResult> {
  const toStdout = flags.output === "-";
  if (toStdout && flags.json) {
    throw usageError("E_USAGE_CONFLICT", "--json and -o - both want stdout", { hint: "give -o a file name" });
  }
  const { chooseRounds, loadModel, readTable, sample, writeTable } = await import("../index.js");
  const { claimTable } = await import("./output-file.js");
  const startedAt = context.streams.now();
  const model = await loadModel(path);
  const rounds = chooseRounds(model.generator, flags.rounds);
  if (!toStdout) await claimTable(flags.output);
  const rows = flags.rows ?? model.schema.rowCount;
  context.onProgress({ kind: "stage", stage: "sample", message: `sampling ${formatCount(rows)} rows` });
  const { onProgress, signal } = context;
  const threads = flags.threads ?? (await defaultThreads());
  const table = await sample(model, {
    rows,
    rounds: flags.rounds,
    refineWith: flags.refine === undefined ? undefined : await readTable(flags.refine, { signal }),
    seed: flags.seed,
    threads,
    engine: flags.backend,
    onProgress,
    signal,
  });
  await writeTable(table, flags.output, { signal, output: context.streams.stdout });
  const elapsedMs = context.streams.now() - startedAt;
  const words = `${formatCount(rows)} rows, seed ${flags.seed}, ${formatDuration(elapsedMs)}`;
  return {
    json: {
      output: flags.output,
      rows,
      columns: table.columns.length,
      seed: flags.seed,
      rounds: rounds?.chosen.rounds ?? 1,
      elapsedMs: Math.round(elapsedMs),
    },
    summary: `${toStdout ? "" : `wrote ${flags.output}: `}${words}\n${rounds === undefined ? "" : describeRounds(rounds, flags.rounds)}`,
  };
}

/** Throws E_USAGE_ROUNDS. */
function parseRounds(text: string): Rounds {
  if (text === "auto" || text === "max") return text;
  if (/^[1-9]\d{0,8}$/.test(text)) return Number(text);
  const message = `--rounds must be auto, max or a whole number of at least 1; got "${text}"`;
  throw usageError("E_USAGE_ROUNDS", message, { where: "--rounds" });
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
