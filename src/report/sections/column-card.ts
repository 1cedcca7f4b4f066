import type { ColumnScore } from "../../evaluate/report-schema.js";
import { aboveCeilingWords, assessScore, errorAgainstCeiling } from "../assess.js";
import { categoryBars } from "../charts/category-bars.js";
import { histogramChart } from "../charts/histogram.js";
import { formatCeiling, formatFigure, formatPercent, formatPoints } from "../format.js";
import { type Html, html, nameHtml } from "../html.js";
import { levelIcon } from "../icons.js";
import { columnDetails } from "./column-details.js";

/** Categories drawn in a card; the card's table has all of them. */
const SHOWN_CATEGORIES = 8;

/** The anchor of a column's card: column-1 is the table's first column. */
export function columnAnchor(index: number): string {
  return `column-${index + 1}`;
}

/**
 * One column: both distributions laid over each other, score, ceiling and missing values; everything else stands in details
 * that open below (and open the card to the page's width).
 */
export function columnCard(column: ColumnScore, index: number): Html {
  const assessment = assessScore(column.score);
  const anchor = columnAnchor(index);
  return html`<article class="card column ${assessment.level}" id="${anchor}" aria-labelledby="${anchor}-name" data-name="${column.name}" data-type="${column.type}"${sortKeys(column, index)}><div class="main"><div class="column-head"><h3 id="${anchor}-name" title="${column.name}">${nameHtml(column.name)}</h3><p class="column-score">${levelIcon(assessment.level)}${score(column)}</p></div><div class="column-notes"><p>${column.type}</p><p>${ceilingWords(column)}</p></div>${distribution(column)}<p class="missing">${warning(column)}${missingWords(column)}</p></div><details class="more-of"><summary>Details<span class="sr"> of ${nameHtml(column.name)}</span></summary>${columnDetails(column)}</details></article>`;
}

/** What the page's script sorts by: place, error and difference of missing values, in hundred-thousandths. */
function sortKeys(column: ColumnScore, index: number): Html {
  const error = errorAgainstCeiling(column.score);
  const missing = Math.abs(column.missing.synthetic - column.missing.real);
  return html` data-index="${index}" data-error="${error === undefined ? "" : Math.round(error * 1e5)}" data-missing="${Math.round(missing * 1e5)}"`;
}

function score(column: ColumnScore): Html {
  if (column.score.value === undefined) return html`<span class="absent">—</span>`;
  return html`<span class="sr">score </span>${formatPercent(column.score.value)}`;
}

function ceilingWords(column: ColumnScore): string {
  if (column.score.value === undefined) return column.score.reason ?? "no score";
  return formatCeiling(column.score, formatPercent) ?? "no ceiling";
}

/** Better than other real rows by more than chance is a question for the privacy section. */
function warning(column: ColumnScore): Html | undefined {
  if (column.score.aboveCeiling !== "beyond noise") return undefined;
  return html`<b>Above its ceiling</b>: ${aboveCeilingWords(column.score)?.replace("privacy", "")}<a href="#privacy">privacy</a>.<br/>`;
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
  return hidden <= 0 ? chart : html`${chart}<p class="more">and ${hidden} more, see the details</p>`;
}

function chartLabel(column: ColumnScore): string {
  const ceiling = formatCeiling(column.score, formatPercent);
  return `Distribution of ${column.name}, real against synthetic: ${column.metric} ${formatFigure(column.score, formatPercent)}${ceiling === undefined ? "" : `, ${ceiling}`}`;
}
