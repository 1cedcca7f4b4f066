import { Command } from "commander";
import { SynthError, usageError } from "../core/errors.js";
import type { Figure, Report } from "../evaluate/report-schema.js";
import { addCommonOptions, type CommandResult, type CommonOptions, type RunCommand } from "./command-runner.js";
import { collectRules, type Rule } from "./parse-rule.js";

interface CheckFlags extends CommonOptions {
  readonly min?: readonly Rule[];
  readonly max?: readonly Rule[];
  readonly shareable?: boolean;
}

/** What came of a rule for one report. */
interface Outcome {
  /** Path of the figure in report.json. */
  readonly figure: string;
  /** Absent for --shareable. */
  readonly bound?: "min" | "max";
  readonly limit?: number;
  readonly holds: boolean;
  readonly value?: number | undefined;
  readonly low?: number | undefined;
  readonly high?: number | undefined;
  /** Why there is no value, or why the table must not be shared. */
  readonly reason?: string | undefined;
}

/** `synth check`: limits that the figures of a report must keep. */
export function makeCheckCommand(run: RunCommand): Command {
  const command = new Command("check")
    .description("hold the figures of reports against limits, to gate a pipeline")
    .argument("<reports...>", "one or several report.json, made by `synth report` or `synth share`")
    .option("--min <figure=limit>", "the figure must be at least this; repeat it", collectRules("min"))
    .option("--max <figure=limit>", "the figure must be at most this; repeat it", collectRules("max"))
    .option("--shareable", "the release policy must be met");
  return addCommonOptions(command)
    .addHelpText("after", HELP)
    .action((paths: readonly string[], flags: CheckFlags) => run(flags, () => checkReports(paths, flags)));
}

const HELP = `
A figure is written as its path in report.json, or as the end of it where no other figure ends so:
  fidelity.overall, overall          c2st.holdout                   dcrShare
  columns:age                        the score of a column          columns:age.missing.difference
  pairs:age,income                   the score of a pair            everyColumn:age.synthetic
A figure that is unavailable fails. Exit code 1: a limit is not kept, a line says which and by how much.

Examples:
  synth check audit/report.json --min overall=0.95 --max dcrShare=0.52
  synth check audit/*/report.json --max c2st.holdout=0.6 --min columns:age=0.97 --shareable`;

async function checkReports(paths: readonly string[], flags: CheckFlags): Promise<CommandResult> {
  const rules = [...(flags.min ?? []), ...(flags.max ?? [])];
  if (rules.length === 0 && flags.shareable !== true) {
    throw usageError("E_USAGE_RULE", "there is no limit to check", {
      hint: "give --min figure=limit, --max figure=limit or --shareable",
    });
  }
  const { readReport } = await import("./read-report.js");
  const reports: { file: string; rules: Outcome[] }[] = [];
  for (const file of paths) {
    const report = await readReport(file);
    const outcomes = await applyRules(rules, report, file);
    reports.push({ file, rules: flags.shareable ? [...outcomes, releaseOutcome(report)] : outcomes });
  }
  const lines = reports.flatMap(({ file, rules: outcomes }) =>
    outcomes
      .filter(({ holds }) => !holds)
      .map((outcome) => `${paths.length > 1 ? `${file}: ` : ""}${describeOutcome(outcome)}\n`),
  );
  const total = reports.reduce((sum, { rules: outcomes }) => sum + outcomes.length, 0);
  const json = { holds: lines.length === 0, reports };
  if (lines.length === 0) return { json, text: `${total === 1 ? "the limit is" : `all ${total} limits are`} kept\n` };
  return { json, text: lines.join(""), failure: limitsNotKept(lines.length, total, paths) };
}

async function applyRules(rules: readonly Rule[], report: Report, file: string): Promise<Outcome[]> {
  const { listFigures, pathOf } = await import("../report/list-figures.js");
  const { findFigure } = await import("./find-figure.js");
  const figures = [...listFigures(report), ...(report.guarantee === undefined ? [NO_GUARANTEE] : [])];
  return rules.map((rule) => {
    const found = findFigure(figures, rule.key, file);
    return applyRule(rule, pathOf(found), found.figure);
  });
}

/** So that a limit on it is not kept where nothing was promised. */
const NO_GUARANTEE = {
  ways: [["guarantee", "epsilon"]],
  figure: { status: "unavailable", reason: "no differential privacy was promised for these rows" },
} as const;

function applyRule({ bound, limit }: Rule, figure: string, { value, low, high, reason }: Figure): Outcome {
  const holds = value !== undefined && (bound === "min" ? value >= limit : value <= limit);
  if (value === undefined) return { figure, bound, limit, holds, reason: reason ?? "no reason was recorded" };
  return { figure, bound, limit, holds, value, low, high };
}

function releaseOutcome({ release }: Report): Outcome {
  const reason = release.failures.map(({ message }) => message).join("; ");
  return { figure: "release.shareable", holds: release.shareable, ...(release.shareable ? {} : { reason }) };
}

/** "fidelity.overall is 0.91 (0.905 to 0.915), must be at least 0.95" */
function describeOutcome({ figure, bound, limit, value, low, high, reason }: Outcome): string {
  if (bound === undefined) return `${figure}: the release policy is not met: ${reason}`;
  const interval = low === undefined || high === undefined ? "" : ` (${brief(low)} to ${brief(high)})`;
  const found =
    value === undefined
      ? `unavailable (${reason})`
      : `${brief(value) === `${limit}` ? value : brief(value)}${interval}`;
  return `${figure} is ${found}, must be at ${bound === "min" ? "least" : "most"} ${limit}`;
}

function brief(value: number): string {
  return String(Number(value.toPrecision(6)));
}

function limitsNotKept(failed: number, total: number, paths: readonly string[]): SynthError {
  const what = total === 1 ? "the limit is not kept" : `${failed} of ${total} limits are not kept`;
  return new SynthError("check", "E_CHECK_LIMIT", what, {
    ...(paths.length === 1 ? { where: paths[0]! } : {}),
    hint: "report.html beside the file shows what lies behind each figure",
  });
}
