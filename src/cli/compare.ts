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
import { defaultThreads, MEMORY_SHARE } from "./fit-options.js";
import { numberBetween, wholeNumber } from "./parse-number.js";
import { addTableOptions, TABLE_ARGUMENT, type TableFlags, tableNameOf, tableOptions } from "./table-options.js";

interface CompareFlags extends TableFlags, AuditFlags, CommonOptions {
  readonly presets: readonly string[];
  readonly output?: string;
  readonly steps?: number;
  readonly minutes?: number;
  readonly seed: number;
  readonly seeds: number;
  readonly schema?: string;
  readonly holdout?: string;
  readonly holdoutShare?: number;
  readonly target?: string;
  readonly threads?: number;
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
    .option("--steps <n>", "bound of the training steps of each phase", wholeNumber("--steps", 1))
    .option("--minutes <m>", "bound of each training's time", numberBetween("--minutes", 0, Number.POSITIVE_INFINITY))
    .option("--seeds <n>", "train each so often, with one seed after the other", wholeNumber("--seeds", 1, 100), 1)
    .option("--seed <n>", "the first seed", wholeNumber("--seed"), 1)
    .option("--schema <file>", "schema.json to follow instead of inferring one (see `synth schema`)")
    .option("--holdout <file>", "table to audit with; never trained on")
    .option(
      "--holdout-share <share>",
      "share of the rows to set aside (default 0.2)",
      numberBetween("--holdout-share", 0, 1),
    )
    .option("--target <column>", "column whose prediction is compared in the audit")
    .option("--threads <n>", "threads of the engine (default: as `synth fit`)", wholeNumber("--threads", 1, 256));
  return addCommonOptions(addTableOptions(addAuditOptions(command)))
    .addHelpText("after", HELP)
    .action((path: string, flags: CompareFlags) => run(flags, (context) => compareFile(path, flags, context)));
}

const HELP = `
Writes index.html and comparison.json, and for each training its report, rows and model in a folder of its own. They
grow as trainings end: what is there when you press Ctrl-C can be used. A preset that fails says why and ends nothing.
Without --steps or --minutes each preset has its own budget. --attacks 200 makes the audits shorter.

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
  const { validateSchema } = await import("../schema/validate-schema.js");
  const { readTable } = await import("../index.js");
  const { freemem } = await import("node:os");
  const { header, missing, holdout, schema } = flags;
  const readConfig = async (name: string): Promise<string | NamedConfig> =>
    name.endsWith(".json") ? { name: tableNameOf(name), config: await readJsonFile(name) } : name;
  return {
    presets: await Promise.all(flags.presets.map(readConfig)),
    seeds: flags.seeds,
    seed: flags.seed,
    maxSteps: flags.steps,
    minutes: flags.minutes,
    schema: schema === undefined ? undefined : validateSchema(await readJsonFile(schema)),
    holdout: holdout === undefined ? undefined : await readTable(holdout, tableOptions({ header, missing }, context)),
    holdoutShare: flags.holdoutShare,
    target: flags.target,
    threads: flags.threads ?? (await defaultThreads()),
    memoryBytes: MEMORY_SHARE * freemem(),
    signal: context.signal,
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
