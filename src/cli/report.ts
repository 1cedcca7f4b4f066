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
import { oneOf, wholeNumber } from "./parse-number.js";
import { addCellOptions, type CellFlags, tableOptions } from "./table-options.js";

interface ReportFlags extends CellFlags, CommonOptions {
  readonly train: string;
  readonly synthetic: readonly string[];
  readonly holdout?: string;
  readonly schema?: string;
  readonly target?: string;
  readonly output?: string;
  readonly compat?: "sdmetrics";
  readonly seed: number;
}

/** `synth report`: audit anybody's synthetic table. */
export function makeReportCommand(run: RunCommand): Command {
  const command = new Command("report")
    .description("audit synthetic tables, whoever made them; no model needed")
    .requiredOption("--train <table>", "the real table they were made from; every table as `synth fit` reads it")
    .requiredOption("--synthetic <tables...>", "one or several synthetic tables")
    .option("--holdout <table>", "real rows that were not used in making them: gives every figure its ceiling")
    .option("--schema <file>", "schema.json of the tables: its types are followed, its constraints checked")
    .option("--target <column>", "column whose prediction is compared (default: chosen)")
    .option("-o, --output <folder>", "write report.html and report.json there (several tables: a folder each)")
    .option("--compat <mode>", "sdmetrics: scores as SDMetrics computes them", oneOf("--compat", ["sdmetrics"]))
    .option("--seed <n>", "same seed, same figures", wholeNumber("--seed"), 1);
  return addCommonOptions(addCellOptions(command))
    .addHelpText(
      "after",
      "\nExample:\n  synth report --train real.csv --synthetic synthetic.csv --holdout unseen.csv -o audit",
    )
    .action((flags: ReportFlags) => run(flags, (context) => reportTables(flags, context)));
}

async function reportTables(flags: ReportFlags, context: CommandContext): Promise<CommandResult> {
  const { basename } = await import("node:path");
  const { evaluate, readTable } = await import("../index.js");
  const { claimReportFolder, writeReport } = await import("./report-files.js");
  const { summarizeReport } = await import("./summarize-report.js");
  const { signal, onProgress } = context;
  const options = tableOptions(flags, context);
  const read = (path: string) => {
    onProgress({ kind: "stage", stage: "read", message: `reading ${path}` });
    return readTable(path, options);
  };
  requireOneStdin(flags);
  const folders = await claimReportFolder(flags.output, flags.synthetic);
  const train = await read(flags.train);
  const holdout = flags.holdout === undefined ? {} : { holdout: await read(flags.holdout) };
  const { readJsonFile } = await import("./read-config.js");
  const { validateSchema } = await import("../schema/validate-schema.js");
  const schema = flags.schema === undefined ? undefined : validateSchema(await readJsonFile(flags.schema));
  const { target, compat } = flags;
  const reports = [];
  let summary = "";
  for (const [at, path] of flags.synthetic.entries()) {
    const synthetic = await read(path);
    const report = await evaluate(
      { train, synthetic, ...holdout, schema, target, compat },
      { seed: flags.seed, threads: await defaultThreads(), signal, onProgress },
    );
    const folder = folders?.[at];
    if (folder !== undefined) await writeReport(report, folder, basename(path), signal);
    reports.push({ synthetic: path, ...(folder === undefined ? {} : { folder }), report });
    summary += summarizeReport(report, context, { title: path, ...(folder === undefined ? {} : { folder }) });
  }
  return {
    json: reports.length === 1 ? reports[0]! : { reports },
    ...(flags.output === undefined ? { text: summary } : { summary }),
  };
}

/** Stdin holds one table. Throws E_USAGE_CONFLICT. */
function requireOneStdin({ train, synthetic, holdout }: ReportFlags): void {
  if ([train, ...synthetic, holdout].filter((path) => path === "-").length < 2) return;
  throw usageError("E_USAGE_CONFLICT", "only one of the tables can come from stdin", {
    hint: "give files for the others",
  });
}
