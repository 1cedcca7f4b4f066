import type { ColumnScore, Report } from "../../evaluate/report-schema.js";
import { assessScore } from "../assess.js";
import { categoryBars } from "../charts/category-bars.js";
import { histogramChart } from "../charts/histogram.js";
import { formatCeiling, formatFigure, formatPercent, formatPoints } from "../format.js";
import { type Html, html, nameHtml } from "../html.js";
import { levelIcon } from "../icons.js";
import { section } from "./section.js";
import { dataTable } from "./table.js";

/** Categories drawn in a card; the card's table has all of them. */
const SHOWN_CATEGORIES = 8;

/** Every column, the worst score first: distributions laid over each other, score, ceiling, missing values. */
export function columnsSection(report: Report): Html {
  const columns = report.fidelity.columns.map((column, index) => ({ column, index }));
  const sorted = columns.toSorted((a, b) => rank(a.column) - rank(b.column) || a.index - b.index);
  const cards = sorted.map(({ column, index }) => columnCard(column, index));
  const lead = "Is each column spread as in the real table? The columns that differ most come first.";
  return section("columns", "Columns", lead, [
    controls(report.fidelity.columns),
    legend(report.tables.holdout !== undefined),
    html`<div class="cards columns" id="column-cards">${cards}</div>`,
    html`<p id="no-columns" class="empty" hidden>No column matches.</p>`,
    html`<details><summary>All columns as a table</summary>${columnTable(sorted.map(({ column }) => column))}</details>`,
  ]);
}

function rank(column: ColumnScore): number {
  return column.score.value ?? Number.POSITIVE_INFINITY;
}

function controls(columns: readonly ColumnScore[]): Html {
  const types = [...new Set(columns.map((column) => column.type))].toSorted();
  const options = types.map((type) => html`<option value="${type}">${type}</option>`);
  return html`<form class="controls js-only" role="search" aria-label="Columns"><label>Find<input type="search" id="column-filter" placeholder="column name" autocomplete="off"/></label><label>Type<select id="column-type"><option value="">all</option>${options}</select></label><label>Order<select id="column-order"><option value="score">worst first</option><option value="table">as in the table</option><option value="name">by name</option></select></label><output id="column-count" aria-live="polite">${columns.length} of ${columns.length} columns</output></form>`;
}

/** The key of the three distributions, drawn as the charts draw them. */
export function legend(holdout: boolean): Html {
  const key = (kind: string, name: string) =>
    html`<li><svg viewBox="0 0 26 14" aria-hidden="true">${keyMark(kind)}</svg>${name}</li>`;
  return html`<ul class="legend">${key("real", "real (training)")}${key("synthetic", "synthetic")}${holdout && key("holdout", "real, held out")}</ul>`;
}

function keyMark(kind: string): Html {
  if (kind === "real") return html`<rect class="real-bar" x="1" y="1" width="24" height="12" rx="1.5"/>`;
  if (kind === "synthetic") return html`<rect class="synthetic-bar" x="1" y="5" width="24" height="4" rx="1"/>`;
  return html`<path class="holdout-line" d="M1 7H25"/>`;
}

function columnCard(column: ColumnScore, index: number): Html {
  const assessment = assessScore(column.score);
  const value = column.score.value;
  const score =
    value === undefined
      ? html`<span class="absent">—</span>`
      : html`<span class="sr">score </span>${formatPercent(value)}`;
  return html`<article class="card column ${assessment.level}" data-name="${column.name}" data-type="${column.type}" data-index="${index}"><div class="column-head"><h3 title="${column.name}">${nameHtml(column.name)}</h3><p class="column-score">${levelIcon(assessment.level)}${score}</p></div><div class="column-notes"><p>${column.type}</p><p>${ceilingWords(column)}</p></div>${distribution(column)}<p class="missing">${missingWords(column)}</p>${figuresOf(column)}</article>`;
}

function ceilingWords(column: ColumnScore): string {
  if (column.score.value === undefined) return column.score.reason ?? "no score";
  return formatCeiling(column.score, formatPercent) ?? "no ceiling";
}

function missingWords(column: ColumnScore): string {
  const { real, synthetic } = column.missing;
  if (real === 0 && synthetic === 0) return "No missing values on either side";
  return `Missing: real ${formatPercent(real)}, synthetic ${formatPercent(synthetic)} (${formatPoints(synthetic - real)})`;
}

function distribution(column: ColumnScore): Html {
  const { labels, real, synthetic, holdout, kind } = column.distribution;
  if (real.length === 0) return html`<p class="no-chart">No distribution to draw.</p>`;
  const series = { real, synthetic, ...(holdout === undefined ? {} : { holdout }) };
  const label = chartLabel(column);
  if (kind === "histogram") return histogramChart(label, { edges: labels, ...series });
  const chart = categoryBars(label, { labels, ...series }, SHOWN_CATEGORIES);
  const hidden = labels.length - SHOWN_CATEGORIES;
  return hidden <= 0 ? chart : html`${chart}<p class="more">and ${hidden} more, see the figures</p>`;
}

function chartLabel(column: ColumnScore): string {
  const ceiling = formatCeiling(column.score, formatPercent);
  return `Distribution of ${column.name}, real against synthetic: ${column.metric} ${formatFigure(column.score, formatPercent)}${ceiling === undefined ? "" : `, ${ceiling}`}`;
}

function figuresOf(column: ColumnScore): Html {
  const { labels, real, synthetic, holdout, kind } = column.distribution;
  const rows = real.map((share, i) => [
    kind === "histogram" ? `${labels[i]} to ${labels[i + 1]}` : nameHtml(labels[i] ?? ""),
    formatPercent(share),
    formatPercent(synthetic[i] ?? 0),
    ...(holdout === undefined ? [] : [formatPercent(holdout[i] ?? 0)]),
  ]);
  const headings = ["Real", "Synthetic", ...(holdout === undefined ? [] : ["Held out"])];
  const columns = [
    { heading: kind === "histogram" ? "Range" : "Category", figures: false },
    ...headings.map((heading) => ({ heading, figures: true })),
  ];
  return html`<details class="figures-of"><summary>Figures <span class="metric">${column.metric}</span></summary>${dataTable(`Shares of ${column.name}`, columns, rows)}</details>`;
}

function columnTable(columns: readonly ColumnScore[]): Html {
  const rows = columns.map((column) => [
    nameHtml(column.name),
    column.type,
    column.metric,
    formatFigure(column.score, formatPercent),
    column.score.ceiling === undefined ? "—" : formatPercent(column.score.ceiling),
    formatPercent(column.missing.real),
    formatPercent(column.missing.synthetic),
    column.score.reason ?? "",
  ]);
  const headings = ["Column", "Type", "Metric", "Score", "Ceiling", "Missing, real", "Missing, synthetic", "Note"];
  const figures = new Set([3, 4, 5, 6]);
  return dataTable(
    "All columns",
    headings.map((heading, i) => ({ heading, figures: figures.has(i) })),
    rows,
  );
}
