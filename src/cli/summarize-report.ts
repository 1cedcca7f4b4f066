import pc from "picocolors";
import type { Figure, Report } from "../evaluate/report-schema.js";
import { keyFigures } from "../report/figure-names.js";
import { type FigureFormat, formatFigure, formatInterval, formatScore } from "../report/format.js";
import { guaranteeHeading, spentSentence } from "../report/guarantee-words.js";
import { patternSentence, type WordPart } from "../report/pattern-words.js";
import { privacyAnswers } from "../report/privacy/privacy-answers.js";
import { ceilingSentence } from "../report/render-markdown.js";
import type { CommandContext } from "./command-runner.js";
import { formatDuration, formatTable, wrapText } from "./format-text.js";
import { wantsColor } from "./streams.js";

interface SummaryOptions {
  /** Printed above when several tables are audited; their figures stand in one table below all of them. */
  readonly title?: string | undefined;
  readonly folder?: string | undefined;
  /** Where report.html stands; default: in the folder. */
  readonly page?: string | undefined;
  readonly seed?: number;
  readonly elapsedMs?: number;
}

/** The key figures of a report beside their ceilings, and its verdict: what a person reads first. */
export function summarizeReport(report: Report, context: CommandContext, options: SummaryOptions): string {
  const { bold, dim, green, yellow, red } = pc.createColors(wantsColor(context.streams));
  const paint = { good: green, caution: yellow, bad: red }[report.verdict.level];
  const width = Math.min(120, context.streams.stderr.columns ?? 120);
  const wrap = (line: string, indent = "  ") => wrapText(line, width, indent);
  const lines = options.title === undefined ? figureLines(report, width, wrap, dim) : ["", bold(options.title)];
  const verdict = report.verdict.sentences.flatMap((line) => wrap(line));
  const promised = guaranteeLines(report).flatMap((line) => wrap(line));
  if (promised.length > 0) lines.push(bold("guarantee"), ...promised, "");
  lines.push(paint(bold(`verdict: ${report.verdict.level}`)), ...verdict);
  lines.push("", bold("privacy"), ...privacyLines(report).flatMap((line) => wrap(line)));
  const found = tellTaleLines(report);
  if (found.length > 0) lines.push("", bold("what gives synthetic rows away"), ...found.flatMap((line) => wrap(line)));
  lines.push(...differenceLines(report).flatMap((line) => wrap(line).map(yellow)));
  for (const { name, reason } of report.tables.omitted) lines.push(...wrap(`left out: "${name}" (${reason})`).map(dim));
  if (options.folder !== undefined) {
    const time = options.elapsedMs === undefined ? "" : ` in ${formatDuration(options.elapsedMs)}`;
    const seed = options.seed === undefined ? "" : `, seed ${options.seed}`;
    lines.push(
      "",
      `wrote ${bold(options.folder)}${time}${seed}; open ${options.page ?? `${options.folder}/report.html`}`,
    );
  }
  return `${lines.join("\n")}\n`;
}

/** What was promised, and that it does not hold for what is printed here. */
function guaranteeLines({ guarantee }: Report): string[] {
  if (guarantee === undefined) return [];
  return [
    `${guaranteeHeading(guarantee)}. ${spentSentence(guarantee)}`,
    "The figures here are computed on real rows: the guarantee does not cover them.",
  ];
}

const UNAVAILABLE = "unavailable";

function figureLines(
  report: Report,
  width: number,
  wrap: (line: string, indent: string) => string[],
  dim: (line: string) => string,
): string[] {
  const figures = figureRows(report);
  const wide = formatTable(figures, [1, 2]);
  const isNarrow = wide.some((line) => line.length > width);
  // Where there is no room the meanings go, but never the reason of what is unavailable.
  const brief = figures.map((row) => (row[1] === UNAVAILABLE ? row : row.slice(0, 3)));
  const [head, ...rows] = isNarrow ? formatTable(brief, [1, 2]) : wide;
  return ["", dim(head!), ...rows, ...wrap(ceilingSentence(report), "").map(dim), ""];
}

function figureRows(report: Report): string[][] {
  const rows = keyFigures(report).map(({ path, name, meaning, format, figure }) => [
    path === "utility.synthetic" ? predictionName(report) : name.toLowerCase().replace("auc", "AUC"),
    figure.value === undefined ? UNAVAILABLE : valueText(path, figure, format),
    figure.ceiling === undefined ? "" : format(figure.ceiling),
    figure.value === undefined ? (figure.reason ?? "") : meaning,
  ]);
  const real =
    report.tables.holdout === undefined && report.tables.ceilings === "split" ? "other real" : "held-out real";
  return [["", "synthetic", real, ""], ...rows];
}

/** A risk with its interval: the worst of many is high by chance alone. */
function valueText(path: string, figure: Figure, format: FigureFormat): string {
  const interval = path.endsWith(".risk") ? formatInterval(figure, format) : undefined;
  return `${formatFigure(figure, format)}${interval === undefined ? "" : ` (${interval})`}`;
}

function predictionName({ utility }: Report): string {
  const target = utility.target === undefined ? "" : ` of "${utility.target}"`;
  return `prediction${target}${utility.metric === undefined ? "" : `, ${utility.metric}`}`;
}

/** Differences of columns that are told one by one, at most. */
const TOLD_DIFFERENCES = 6;

function differenceLines({ tables }: Report): string[] {
  const messages = (tables.differences ?? []).map(({ message }) => `tables differ: ${message}`);
  const more = messages.length - TOLD_DIFFERENCES;
  return more < 2
    ? messages
    : [...messages.slice(0, TOLD_DIFFERENCES), `tables differ: ${more} more columns, see the report`];
}

/** The two questions that people ask about privacy, each with its answer and the evidence; where a sign was found. */
function privacyLines(report: Report): string[] {
  return privacyAnswers(report).flatMap(({ question, word, evidence, where }) => [
    `${question} ${word}. ${textOf(evidence)}`,
    ...(where.length === 0 ? [] : [`where: ${textOf(where)}`]),
  ]);
}

/** The column on which most hangs, where that is more than chance, and the pattern with the most surplus. */
function tellTaleLines({ fidelity }: Report): string[] {
  const { tellTales } = fidelity.c2st;
  const [column] = tellTales?.columns ?? [];
  const [pattern] = tellTales?.patterns ?? [];
  const isTelling = column?.importance.value !== undefined && (column.importance.low ?? 0) > 0;
  const first = isTelling
    ? [`most telling column: "${column.name}"; without it the AUC is ${formatScore(column.importance.value!)} lower`]
    : [];
  return pattern === undefined ? first : [...first, textOf(patternSentence(pattern))];
}

/** Names in quotes; what no terminal should see (control and bidirectional characters) is left out. */
function textOf(parts: readonly WordPart[]): string {
  return parts
    .map(({ kind, text }) => (kind === "name" ? `"${text}"` : text))
    .join("")
    .replace(/[\p{Cc}\p{Cf}]/gu, "");
}
