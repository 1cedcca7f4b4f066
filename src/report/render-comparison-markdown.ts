import type { Comparison } from "../evaluate/contract/comparison-schema.js";
import type { Figure } from "../evaluate/report-schema.js";
import { VERDICT_WORDS } from "./assess.js";
import { figureName } from "./figure-names.js";
import { type FigureFormat, formatFigure, formatInterval, formatPercent, formatScore } from "./format.js";
import { codeCell, markdownTable } from "./markdown.js";

/** Columns and pairs that the summary shows, at most. */
const SHOWN = 5;

/** Several tables side by side, in Markdown, for a pull request: verdicts, figures, the columns and pairs in which they differ most. */
export function renderComparisonMarkdown(comparison: Comparison): string {
  const names = comparison.tables.map(({ name }) => codeCell(name));
  const parts = [
    `## ${names.length} synthetic tables compared`,
    markdownTable(["", ...names], [verdicts(comparison), releases(comparison), ...figures(comparison)]),
    "**Bold**: clearly better than another, the 95\u00A0% intervals do not overlap.",
    scores("### Columns in which they differ most", "Column", names, comparison.columns, ({ name }) => codeCell(name)),
    scores("### Pairs in which they differ most", "Pair", names, comparison.pairs, ({ columns }) =>
      columns.map(codeCell).join(" × "),
    ),
  ];
  return `${parts.filter((part) => part !== "").join("\n\n")}\n`;
}

function verdicts({ tables }: Comparison): string[] {
  return ["Verdict", ...tables.map(({ verdict }) => VERDICT_WORDS[verdict])];
}

function releases({ tables }: Comparison): string[] {
  return ["May be shared", ...tables.map(({ shareable }) => (shareable ? "yes" : "no"))];
}

function figures(comparison: Comparison): string[][] {
  return comparison.figures.map(({ path, better, values, best }) => {
    const { name, meaning, format } = figureName(path) ?? { name: path, meaning: better, format: formatScore };
    return [`${name} (${meaning})`, ...values.map((figure, at) => cell(figure, format, best.includes(at)))];
  });
}

type Scores = Pick<Comparison["columns"][number], "values" | "best">;

function scores<T extends Scores>(
  heading: string,
  what: string,
  names: readonly string[],
  list: readonly T[],
  nameOf: (scores: T) => string,
): string {
  const worst = list.toSorted((a, b) => spread(b) - spread(a)).slice(0, SHOWN);
  if (worst.length === 0) return "";
  const rows = worst.map((one) => [
    nameOf(one),
    ...one.values.map((figure, at) => cell(figure, formatPercent, one.best.includes(at))),
  ]);
  return `${heading}\n\n${markdownTable([what, ...names], rows)}`;
}

function spread({ values }: Scores): number {
  const known = values.flatMap(({ value }) => value ?? []);
  return known.length < 2 ? -1 : Math.max(...known) - Math.min(...known);
}

function cell(figure: Figure, format: FigureFormat, isBest: boolean): string {
  const interval = formatInterval(figure, format);
  const value = `${formatFigure(figure, format)}${interval === undefined ? "" : ` (${interval})`}`;
  return isBest ? `**${value}**` : value;
}
