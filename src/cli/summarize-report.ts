import pc from "picocolors";
import type { Figure, Report } from "../evaluate/report-schema.js";
import type { CommandContext } from "./command-runner.js";
import { formatDuration, formatTable, wrapText } from "./format-text.js";
import { wantsColor } from "./streams.js";

interface SummaryOptions {
  /** Printed above the figures when several tables are audited. */
  readonly title?: string;
  readonly folder?: string;
  readonly seed?: number;
  readonly elapsedMs?: number;
}

/** The key figures of a report beside their ceilings, and its verdict: what a person reads first. */
export function summarizeReport(report: Report, context: CommandContext, options: SummaryOptions): string {
  const { bold, dim, green, yellow, red } = pc.createColors(wantsColor(context.streams));
  const paint = { good: green, caution: yellow, bad: red }[report.verdict.level];
  const width = Math.min(120, context.streams.stderr.columns ?? 120);
  const [head, ...rows] = formatTable(figureRows(report), [1, 2]);
  const lines = ["", ...(options.title === undefined ? [] : [bold(options.title)]), dim(head!), ...rows, ""];
  lines.push(
    paint(bold(`verdict: ${report.verdict.level}`)),
    ...report.verdict.sentences.flatMap((line) => wrapText(line, width, "  ")),
  );
  for (const { name, reason } of report.tables.omitted) lines.push(dim(`  left out: "${name}" (${reason})`));
  if (options.folder !== undefined) {
    const time = options.elapsedMs === undefined ? "" : ` in ${formatDuration(options.elapsedMs)}`;
    const seed = options.seed === undefined ? "" : `, seed ${options.seed}`;
    lines.push("", `wrote ${bold(options.folder)}${time}${seed}; open ${options.folder}/report.html`);
  }
  return `${lines.join("\n")}\n`;
}

function figureRows(report: Report): string[][] {
  const { fidelity, utility, privacy } = report;
  const metric = utility.metric ?? "";
  const target = utility.target === undefined ? "" : `, predicting "${utility.target}"`;
  return [
    ["", "synthetic", "held-out real", ""],
    figureRow("column shapes", fidelity.columnShapes, percent, "100 % is equal"),
    figureRow("pair trends", fidelity.pairTrends, percent, "100 % is equal"),
    figureRow("told apart from training rows", fidelity.c2st.train, decimal, "AUC; 0.5 cannot be told apart"),
    figureRow("told apart from held-out rows", fidelity.c2st.holdout, decimal, "AUC; 0.5 cannot be told apart"),
    [
      `utility ${metric}`.trim(),
      show(utility.synthetic, decimal),
      show(utility.real, decimal),
      utility.synthetic.value === undefined ? (utility.synthetic.reason ?? "") : `trained on it${target}`,
    ],
    figureRow("closer to training rows", privacy.dcrShare, percent, "50 % is no memorising"),
    figureRow("copies of training rows", privacy.identicalMatchShare, percent, "as many as held-out rows is chance"),
  ];
}

function figureRow(name: string, figure: Figure, format: (value: number) => string, meaning: string): string[] {
  const ceiling = figure.ceiling === undefined ? "" : format(figure.ceiling);
  return [name, show(figure, format), ceiling, figure.value === undefined ? (figure.reason ?? "") : meaning];
}

function show(figure: Figure, format: (value: number) => string): string {
  return figure.value === undefined ? "unavailable" : format(figure.value);
}

function percent(value: number): string {
  return `${(100 * value).toFixed(2)} %`;
}

function decimal(value: number): string {
  return value.toFixed(3);
}
