import { Command } from "commander";
import type { ImputedTable } from "../index.js";
import type { Rounds } from "../sample/choose-rounds.js";
import {
  addCommonOptions,
  type CommandContext,
  type CommandResult,
  type CommonOptions,
  type RunCommand,
} from "./command-runner.js";
import { defaultThreads } from "./fit-options.js";
import { formatCount, formatDuration } from "./format-text.js";
import { wholeNumber } from "./parse-number.js";
import { parseRounds } from "./parse-rounds.js";
import { requireStdout } from "./require-stdout.js";
import { addCellOptions, type CellFlags, tableOptions } from "./table-options.js";

interface ImputeFlags extends CellFlags, CommonOptions {
  readonly output: string;
  readonly rounds: Rounds;
  readonly seed: number;
  readonly threads?: number;
}

/** `synth impute`: fill a table's missing cells. */
export function makeImputeCommand(run: RunCommand): Command {
  const command = new Command("impute")
    .description("fill a table's missing cells with what a model finds likely, given the rest of each row")
    .argument("<model>", "a model file, made by `synth fit` or `synth share`")
    .argument("<table>", "a table with the model's columns, or some of them")
    .option("-o, --output <file>", "the filled table, in the format of its name; - is CSV on stdout", "imputed.csv")
    .option("--rounds <n>", "as in `synth sample`", parseRounds, "auto" as const)
    .option("--seed <n>", "same seed, same values", wholeNumber("--seed"), 1)
    .option("--threads <n>", "chunks of rows drawn at once", wholeNumber("--threads", 1, 256));
  return addCommonOptions(addCellOptions(command))
    .addHelpText("after", "\nExample:\n  synth impute data.synth data.csv -o filled.csv")
    .action((model: string, table: string, flags: ImputeFlags) =>
      run(flags, (context) => imputeTable(model, table, flags, context)),
    );
}

async function imputeTable(
  path: string,
  tablePath: string,
  flags: ImputeFlags,
  context: CommandContext,
): Promise<CommandResult> {
  const toStdout = requireStdout(flags);
  const { impute, loadModel, readTable, writeTable } = await import("../index.js");
  const { claimTable } = await import("./output-file.js");
  const startedAt = context.streams.now();
  const { onProgress, signal } = context;
  const model = await loadModel(path);
  if (!toStdout) await claimTable(flags.output);
  const table = await readTable(tablePath, tableOptions(flags, context));
  context.onProgress({ kind: "stage", stage: "sample", message: "filling missing cells" });
  const { rounds, seed } = flags;
  const threads = flags.threads ?? (await defaultThreads());
  const imputed = await impute(model, table, { rounds, seed, threads, onProgress, signal });
  await writeTable(imputed.table, flags.output, { signal, output: context.streams.stdout });
  const elapsedMs = Math.round(context.streams.now() - startedAt);
  return {
    json: { output: flags.output, rows: table.rowCount, columns: imputed.columns, seed, elapsedMs },
    summary: `${toStdout ? "" : `wrote ${flags.output}: `}${describeFilled(imputed)}, ${formatDuration(elapsedMs)}\n`,
  };
}

function describeFilled({ columns }: ImputedTable): string {
  const sum = (of: "filled" | "left"): number => columns.reduce((total, column) => total + column[of], 0);
  const touched = columns
    .filter(({ filled }) => filled > 0)
    .map(({ name, filled }) => `${name} ${formatCount(filled)}`);
  const filled = `${formatCount(sum("filled"))} cells filled${touched.length > 0 ? ` (${touched.join(", ")})` : ""}`;
  const left = columns.filter((column) => column.left > 0).map(({ name }) => name);
  return sum("left") === 0 ? filled : `${filled}; ${formatCount(sum("left"))} left empty (${left.join(", ")})`;
}
