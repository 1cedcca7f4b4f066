import { Command } from "commander";
import { usageError } from "../core/errors.js";
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
import { writeText } from "./streams.js";

interface SampleFlags extends CommonOptions {
  readonly rows?: number;
  readonly output: string;
  readonly rounds: "exact" | "fast";
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
      "--rounds <kind>",
      "exact: one column a round; fast: a few rounds, a little less true",
      oneOf("--rounds", ["exact", "fast"]),
      "exact",
    )
    .option("--seed <n>", "same seed, same rows", wholeNumber("--seed"), 1)
    .option(
      "--threads <n>",
      "threads of the engine (default: as many as cores, at most 2)",
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
  const { loadModel, sample, writeTable } = await import("../index.js");
  const { claimTable } = await import("./output-file.js");
  const { tableToCsv } = await import("../io/csv-writer.js");
  const startedAt = context.streams.now();
  const model = await loadModel(path);
  if (!toStdout) await claimTable(flags.output);
  const rows = flags.rows ?? model.schema.rowCount;
  context.onProgress({ kind: "stage", stage: "sample", message: `sampling ${formatCount(rows)} rows` });
  const { onProgress, signal } = context;
  const threads = flags.threads ?? (await defaultThreads());
  const table = await sample(model, {
    rows,
    rounds: flags.rounds,
    seed: flags.seed,
    threads,
    engine: flags.backend,
    onProgress,
    signal,
  });
  if (toStdout) for (const chunk of tableToCsv(table)) await writeText(context.streams.stdout, chunk);
  else await writeTable(table, flags.output, { signal });
  const elapsedMs = context.streams.now() - startedAt;
  const words = `${formatCount(rows)} rows, seed ${flags.seed}, ${formatDuration(elapsedMs)}`;
  return {
    json: {
      output: flags.output,
      rows,
      columns: table.columns.length,
      seed: flags.seed,
      elapsedMs: Math.round(elapsedMs),
    },
    summary: toStdout ? `${words}\n` : `wrote ${flags.output}: ${words}\n`,
  };
}
