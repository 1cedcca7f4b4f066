import { Command } from "commander";
import { usageError } from "../core/errors.js";
import { addAuditOptions } from "./audit-options.js";
import { addCommonOptions, type CommandContext, type CommandResult, type RunCommand } from "./command-runner.js";
import { oneOf, wholeNumber } from "./parse-number.js";
import type { ReportFlags } from "./report-flags.js";
import { addCellOptions } from "./table-options.js";

/** `synth report`: audit anybody's synthetic table, or several side by side. */
export function makeReportCommand(run: RunCommand): Command {
  const command = new Command("report")
    .description("audit synthetic tables, whoever made them, and compare them; no model needed")
    .requiredOption("--train <table>", "the real table they were made from; every table as `synth fit` reads it")
    .requiredOption("--synthetic <tables...>", "one or several synthetic tables")
    .option("--holdout <table>", "real rows that were not used in making them: gives every figure its ceiling")
    .option("--schema <file>", "schema.json of the tables: its types are followed, its constraints checked")
    .option("--target <column>", "column whose prediction is compared (default: chosen)")
    .option("--every-target", "compare the prediction of every column in turn")
    .option(
      "-o, --output <folder>",
      "write report.html and report.json there (several tables: a folder each, and index.html)",
    )
    .option(
      "--format <name>",
      "md: a summary for a pull request, printed, or written beside the rest",
      oneOf("--format", ["md"]),
    )
    .option("--compat <mode>", "sdmetrics: scores as SDMetrics computes them", oneOf("--compat", ["sdmetrics"]))
    .option("--seed <n>", "same seed, same figures", wholeNumber("--seed"), 1);
  return addCommonOptions(addCellOptions(addAuditOptions(command)))
    .addHelpText("after", HELP)
    .action((flags: ReportFlags) => run(flags, (context) => reportTables(flags, context)));
}

const HELP = `
Several tables are laid side by side: index.html and comparison.json say which is better, where.
\`synth check\` holds report.json against limits.

Examples:
  synth report --train real.csv --synthetic synthetic.csv --holdout unseen.csv -o audit
  synth report --train real.csv --synthetic a.csv --synthetic b.csv --holdout unseen.csv -o compared
  synth report --train real.csv --synthetic synthetic.csv --holdout unseen.csv --format md > summary.md`;

async function reportTables(flags: ReportFlags, context: CommandContext): Promise<CommandResult> {
  requireOneStdin(flags);
  const { auditTables } = await import("./audit-tables.js");
  return auditTables(flags, context);
}

/** Stdin holds one table. Throws E_USAGE_CONFLICT. */
function requireOneStdin({ train, synthetic, holdout }: ReportFlags): void {
  if ([train, ...synthetic, holdout].filter((path) => path === "-").length < 2) return;
  throw usageError("E_USAGE_CONFLICT", "only one of the tables can come from stdin", {
    hint: "give files for the others",
  });
}
