import { Command } from "commander";
import type { CompareOptions, NamedConfig } from "../index.js";
import { type AuditFlags, addAuditOptions, readAuditOptions } from "./audit-options.js";
import {
  addCommonOptions,
  type CommandContext,
  type CommandResult,
  type CommonOptions,
  type RunCommand,
} from "./command-runner.js";
import type { RunFlags } from "./fit-flags.js";
import { addHoldoutOptions, addRunOptions, readRunOptions } from "./fit-options.js";
import { wholeNumber } from "./parse-number.js";
import { addTableOptions, TABLE_ARGUMENT, tableNameOf, tableOptions } from "./table-options.js";

interface CompareFlags extends RunFlags, AuditFlags, CommonOptions {
  readonly presets: readonly string[];
  readonly output?: string;
  readonly seeds: number;
}

/** `synth compare`: train several presets with the same budget and lay what they make side by side. */
export function makeCompareCommand(run: RunCommand): Command {
  const command = new Command("compare")
    .description("train several presets on a table with the same budget, audit each, and lay them side by side")
    .argument("<table>", TABLE_ARGUMENT)
    .requiredOption(
      "--presets <names>",
      "as a,b,c: presets (see `synth presets`), or configurations as mine.json",
      list,
    )
    .option("-o, --output <folder>", "the folder to write (default: the table's name and -compared)")
    .option("--seeds <n>", "train each so often, with one seed after the other", wholeNumber("--seeds", 1, 100), 1)
    .option("--seed <n>", "the first seed", wholeNumber("--seed"), 1)
    .option("--target <column>", "column whose prediction is compared in the audit");
  return addCommonOptions(addTableOptions(addAuditOptions(addHoldoutOptions(addRunOptions(command)))))
    .addHelpText("after", HELP)
    .action((path: string, flags: CompareFlags) => run(flags, (context) => compareFile(path, flags, context)));
}

const HELP = `
Writes index.html and comparison.json, and for each training its report, rows and model in a folder of its own. They
grow as trainings end: what is there when you press Ctrl-C can be used. A preset that fails says why and ends nothing.
Without --steps or --minutes each preset has its own budget, without --holdout or --holdout-share a fifth of the rows is
set aside. --attacks 200 makes the audits shorter.

Example:
  synth compare data.csv --presets balanced,moments,wgan-gp --steps 1000 --seeds 3 -o compared`;

async function compareFile(path: string, flags: CompareFlags, context: CommandContext): Promise<CommandResult> {
  const output = flags.output ?? `${tableNameOf(path)}-compared`;
  const { comparePresets, readTable } = await import("../index.js");
  const { openComparisonFolder } = await import("./comparison-folder.js");
  const { foreseeRuns } = await import("./foresee-runs.js");
  const { summarizePresets } = await import("./summarize-presets.js");
  const options = await readCompareOptions(flags, context);
  context.onProgress({ kind: "stage", stage: "read", message: `reading ${path}` });
  const table = await readTable(path, tableOptions(flags, context));
  const folder = await openComparisonFolder(output, context);
  const comparison = await comparePresets(table, {
    ...options,
    onProgress: foreseeRuns(flags.presets.length * flags.seeds, context),
    onRun: (run, soFar) => folder.write(run, soFar),
  });
  return {
    json: { folder: output, comparison },
    summary: summarizePresets(comparison, context, output),
  };
}

async function readCompareOptions(flags: CompareFlags, context: CommandContext): Promise<CompareOptions> {
  const { readJsonFile } = await import("./read-config.js");
  const readConfig = async (name: string): Promise<string | NamedConfig> =>
    name.endsWith(".json") ? { name: tableNameOf(name), config: await readJsonFile(name) } : name;
  return {
    presets: await Promise.all(flags.presets.map(readConfig)),
    seeds: flags.seeds,
    ...(await readRunOptions(flags, context)),
    clock: { wallMs: context.streams.now, cpuMs },
    ...(await readAuditOptions(flags)),
  };
}

/** The processor's time of all threads of this process. */
function cpuMs(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}

function list(text: string): string[] {
  return text
    .split(",")
    .map((name) => name.trim())
    .filter((name) => name !== "");
}
