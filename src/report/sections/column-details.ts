import type { ColumnScore, Figure } from "../../evaluate/report-schema.js";
import { aboveCeilingWords } from "../assess.js";
import { missingBars } from "../charts/missing-bars.js";
import { largestGap, valueCurve } from "../charts/value-curve.js";
import {
  type FigureFormat,
  formatDistance,
  formatFigure,
  formatInterval,
  formatPercent,
  formatPoints,
} from "../format.js";
import { type Html, type HtmlValue, html, nameHtml } from "../html.js";
import { absent } from "./figure-table.js";
import { figuresTable } from "./table.js";

/** A column's own page: cumulative curves, missing values, every figure with interval and ceiling, summary, shares. */
export function columnDetails(column: ColumnScore): Html {
  const panels = [cumulative(column), missing(column), summary(column), figures(column)];
  return html`<div class="details-of">${panels}</div><details class="shares"><summary>Shares as a table</summary>${sharesTable(column)}</details>`;
}

function panel(heading: string, body: HtmlValue, kind = ""): Html {
  return html`<div class="detail${kind}"><h4>${heading}</h4>${body}</div>`;
}

function cumulative(column: ColumnScore): Html | undefined {
  const data = column.cumulative;
  if (data === undefined || data.at.length < 2) return undefined;
  const { labels, at, real, synthetic, holdout } = data;
  const curves = { labels, at, real, synthetic, ...(holdout === undefined ? {} : { holdout }) };
  const found = largestGap(curves);
  const where =
    found === undefined ? "no gap" : `largest gap ${formatPercent(found.gap)} at ${labels[found.point] ?? ""}`;
  return panel("Share of values up to each point", [
    valueCurve(`Cumulative shares of ${column.name}, real against synthetic: ${where}`, curves),
  ]);
}

function missing(column: ColumnScore): Html | undefined {
  const { real, synthetic, difference } = column.missing;
  if (real === 0 && synthetic === 0) return undefined;
  const label = `Missing values of ${column.name}: real ${formatPercent(real)}, synthetic ${formatPercent(synthetic)}`;
  const words = difference === undefined ? undefined : html`<p class="fine">${differenceWords(difference)}</p>`;
  return panel("Missing values", [missingBars(label, real, synthetic), words]);
}

function differenceWords(difference: Figure): string {
  if (difference.value === undefined) return `Difference unavailable: ${difference.reason ?? "no reason was recorded"}`;
  const interval = formatInterval(difference, formatPoints);
  const parts = [
    `Synthetic − real: ${formatPoints(difference.value)}`,
    interval === undefined ? undefined : `95\u00A0% interval ${interval}`,
    difference.ceiling === undefined ? undefined : `other real rows differ by ${formatPoints(difference.ceiling)}`,
  ];
  return `${parts.filter((part) => part !== undefined).join("; ")}.`;
}

interface Line {
  readonly name: string;
  readonly figure: Figure | undefined;
  readonly format: FigureFormat;
  readonly meaning: string;
}

function figures(column: ColumnScore): Html {
  const isCategory = column.distribution.kind === "categories";
  const lines: Line[] = [
    {
      name: column.metric,
      figure: column.score,
      format: formatPercent,
      meaning: "100\u00A0% = equal",
    },
    {
      name: "Wasserstein distance",
      figure: column.wasserstein,
      format: formatDistance,
      meaning: "in standard deviations, 0 = equal",
    },
    { name: "Jensen-Shannon distance", figure: column.jensenShannon, format: formatDistance, meaning: "0 = equal" },
    {
      name: "Coverage",
      figure: column.coverage,
      format: formatPercent,
      meaning: isCategory ? "real categories that occur" : "weight of the tails that is kept",
    },
    {
      name: "Adherence",
      figure: column.adherence,
      format: formatPercent,
      meaning: isCategory ? "values that are real categories" : "values within the real range",
    },
  ];
  const rows = lines.flatMap(({ name, figure, format, meaning }) =>
    figure === undefined ? [] : [figureLine(name, figure, format, meaning)],
  );
  const above = aboveCeilingWords(column.score);
  const body = [
    figuresTable(`Figures of ${column.name}`, ["Figure", "Value", "95\u00A0% interval", "Ceiling"], rows),
    above !== undefined && html`<p class="fine">The score is above its ceiling: ${above}.</p>`,
  ];
  return panel("Figures", body, " whole");
}

function figureLine(name: string, figure: Figure, format: FigureFormat, meaning: string): HtmlValue[] {
  const head = html`${name}<small>${meaning}</small>`;
  if (figure.value === undefined) return [head, absent(figure), "", ""];
  const ceiling = figure.ceiling === undefined ? "—" : format(figure.ceiling);
  const same = figure.matched === undefined ? undefined : html`<small>same size ${format(figure.matched)}</small>`;
  return [head, formatFigure(figure, format), formatInterval(figure, format) ?? "—", html`${ceiling}${same}`];
}

function summary(column: ColumnScore): Html | undefined {
  const lines = column.summary;
  if (lines === undefined || lines.length === 0) return undefined;
  const isHeldOut = lines.some((line) => line.holdout !== undefined);
  const rows = lines.map((line) => [line.name, line.real, line.synthetic, ...(isHeldOut ? [line.holdout ?? "—"] : [])]);
  const headings = ["Statistic", "Real", "Synthetic", ...(isHeldOut ? ["Held out"] : [])];
  return panel("Summary", figuresTable(`Summary of ${column.name}`, headings, rows));
}

function sharesTable(column: ColumnScore): Html {
  const { labels, real, synthetic, holdout, kind } = column.distribution;
  const rows = real.map((share, i) => [
    kind === "histogram" ? `${labels[i]} to ${labels[i + 1]}` : nameHtml(labels[i] ?? ""),
    formatPercent(share),
    formatPercent(synthetic[i] ?? 0),
    ...(holdout === undefined ? [] : [formatPercent(holdout[i] ?? 0)]),
  ]);
  const first = kind === "histogram" ? "Range" : "Category";
  const headings = [first, "Real", "Synthetic", ...(holdout === undefined ? [] : ["Held out"])];
  return figuresTable(`Shares of ${column.name}`, headings, rows);
}
