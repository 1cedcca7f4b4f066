import type { ColumnScore, Report } from "../../evaluate/report-schema.js";
import { assessScore, errorAgainstCeiling } from "../assess.js";
import { errorBar } from "../charts/error-bar.js";
import { formatPercent, formatPoints } from "../format.js";
import { type Html, type HtmlValue, html, nameHtml } from "../html.js";
import { levelIcon } from "../icons.js";
import { columnAnchor, columnCard } from "./column-card.js";
import { section } from "./section.js";

interface Placed {
  readonly column: ColumnScore;
  /** In the table's order. */
  readonly index: number;
}

/** Every column, the one that lacks most of its ceiling first: a list to choose from, then a card each. */
export function columnsSection(report: Report): Html {
  const columns = report.fidelity.columns.map((column, index) => ({ column, index }));
  const sorted = columns.toSorted((a, b) => rank(b.column) - rank(a.column) || a.index - b.index);
  const cards = sorted.map(({ column, index }) => columnCard(column, index));
  const lead = "Is each column spread as in the real table? The columns that differ most come first.";
  return section("columns", "Columns", lead, [
    controls(report.fidelity.columns),
    columnList(sorted),
    legend(report.tables.holdout !== undefined),
    html`<div class="cards columns" id="column-cards">${cards}</div>`,
    html`<p id="no-columns" class="empty" hidden>No column matches.</p>`,
  ]);
}

function rank(column: ColumnScore): number {
  return errorAgainstCeiling(column.score) ?? Number.NEGATIVE_INFINITY;
}

function controls(columns: readonly ColumnScore[]): Html {
  const types = [...new Set(columns.map((column) => column.type))].toSorted();
  const options = types.map((type) => html`<option value="${type}">${type}</option>`);
  const orders = ORDERS.map(([value, name]) => html`<option value="${value}">${name}</option>`);
  return html`<form class="controls js-only" role="search" aria-label="Columns"><label>Find<input type="search" id="column-filter" placeholder="column name" autocomplete="off"/></label><label>Type<select id="column-type"><option value="">all</option>${options}</select></label><label>Order<select id="column-order">${orders}</select></label><output id="column-count" aria-live="polite">${columns.length} of ${columns.length} columns</output></form>`;
}

const ORDERS = [
  ["error", "worst first"],
  ["table", "as in the table"],
  ["name", "by name"],
  ["type", "by type"],
  ["missing", "missing values differ most"],
] as const;

/** The key of the three distributions, drawn as the charts draw them. */
function legend(holdout: boolean): Html {
  const key = (kind: string, name: string) =>
    html`<li><svg viewBox="0 0 26 14" aria-hidden="true">${keyMark(kind)}</svg>${name}</li>`;
  return html`<ul class="legend">${key("real", "real (training)")}${key("synthetic", "synthetic")}${holdout && key("holdout", "real, held out")}</ul>`;
}

function keyMark(kind: string): Html {
  if (kind === "real") return html`<rect class="real-bar" x="1" y="1" width="24" height="12" rx="1.5"/>`;
  if (kind === "synthetic") return html`<rect class="synthetic-bar" x="1" y="5" width="24" height="4" rx="1"/>`;
  return html`<path class="holdout-line" d="M1 7H25"/>`;
}

/** One line a column; a heading of the first line's kind sorts list and cards (needs the script). */
function columnList(sorted: readonly Placed[]): Html {
  const isMatched = sorted.some(({ column }) => column.score.matched !== undefined);
  const limit = Math.max(
    0.01,
    ...sorted.flatMap(({ column }) => [errorOf(column) ?? 0, 1 - (column.score.ceiling ?? 1)]),
  );
  const rows = sorted.map((placed) => columnRow(placed, limit, isMatched));
  const head = (order: string, name: HtmlValue, isFigure: boolean) =>
    html`<th scope="col" class="${isFigure ? "figures" : "words"}" data-order="${order}">${name}</th>`;
  const headings = [
    head("name", "Column", false),
    head("type", "Type", false),
    head("error", "Error, and the ceiling’s", false),
    head("", "Score", true),
    isMatched && head("", "Same size", true),
    head("", "Ceiling", true),
    head("missing", "Missing, synthetic − real", true),
  ];
  return html`<div class="scroll list" tabindex="0" role="region" aria-label="List of columns"><table id="column-list"><caption class="visually-hidden">Columns, the worst first</caption><thead><tr>${headings}</tr></thead><tbody>${rows}</tbody></table></div>`;
}

/** Of as many rows as the ceiling has, where that was computed. */
function errorOf({ score }: ColumnScore): number | undefined {
  return score.value === undefined ? undefined : 1 - (score.matched ?? score.value);
}

function columnRow({ column, index }: Placed, limit: number, isMatched: boolean): Html {
  const { value, ceiling, matched, reason } = column.score;
  const error = errorOf(column);
  const bar =
    error === undefined
      ? html`<span class="absent">${reason ?? "no score"}</span>`
      : errorBar(error, ceiling === undefined ? undefined : 1 - ceiling, limit);
  const { level } = assessScore(column.score);
  const figures = isMatched ? [matched, ceiling] : [ceiling];
  const cells = figures.map(
    (figure) => html`<td class="figures">${figure === undefined ? "—" : formatPercent(figure)}</td>`,
  );
  return html`<tr data-index="${index}"><th scope="row"><a href="#${columnAnchor(index)}">${nameHtml(column.name)}</a></th><td>${column.type}</td><td>${bar}</td><td class="figures ${level}">${value === undefined ? "—" : html`${formatPercent(value)} ${levelIcon(level)}`}</td>${cells}<td class="figures">${missingDifference(column)}</td></tr>`;
}

function missingDifference({ missing: { real, synthetic } }: ColumnScore): string {
  return real === 0 && synthetic === 0 ? "none missing" : formatPoints(synthetic - real);
}
