import type { ColumnScore, PairScore, Report } from "../../evaluate/report-schema.js";
import { assessScore, errorAgainstCeiling } from "../assess.js";
import { formatAssociation, formatCeiling, formatFigure, formatPercent } from "../format.js";
import { type Html, html, nameHtml } from "../html.js";
import { levelIcon } from "../icons.js";
import { MEASURE_NAMES, measureOf } from "./association.js";
import { pairData } from "./pair-data.js";
import { pairMaps } from "./pair-maps.js";
import { PICTURE_KEY, pairPicture } from "./pair-picture.js";
import { section } from "./section.js";

/** Columns whose pairs are drawn, about: the page of a table of more would be too large to open. */
const MAX_COLUMNS = 60;

/** Pairs that are drawn without the script, and in print. */
const WORST_PAIRS = 10;

/** Every two columns: maps of error and association, the pairs that differ most, and any pair's own picture. */
export function pairsSection(report: Report): Html {
  const { pairs, columns } = report.fidelity;
  const lead =
    "Do columns move together as in the real table? Choose a cell of a map, or a pair from the list, to see how its rows are spread on both sides.";
  if (pairs.length === 0)
    return section("pairs", "Pairs of columns", lead, html`<p class="empty">No pair of columns could be compared.</p>`);
  const sorted = pairs.toSorted((a, b) => rank(b) - rank(a));
  const names = drawnColumns(sorted, columns);
  const isDrawn = ({ columns: [a, b] }: PairScore) => names.has(a) && names.has(b);
  const left = columns.length - names.size;
  return section("pairs", "Pairs of columns", lead, [
    left > 0 &&
      html`<p class="fine">Drawn and listed are the pairs of the ${names.size} columns whose pairs differ most. Those of the other ${left} columns stand in report.json.</p>`,
    pairMaps(
      pairs.filter(isDrawn),
      columns.map((column) => column.name).filter((name) => names.has(name)),
    ),
    html`<p class="fine">Square cells: Pearson’s correlation of two numbers (−1 to 1). Rounded cells: correlation ratio of a number and a category (0 to 1). Round cells: Cramér’s V of two categories (0 to 1). Dashed outline: not computable.</p>`,
    worstPairs(sorted, columns),
    pairBrowser(),
    dialog(),
    pairData(sorted.filter(isDrawn), columns),
  ]);
}

/** Names of the columns whose pairs are drawn: all, or those of the pairs that differ most. */
function drawnColumns(sorted: readonly PairScore[], columns: readonly ColumnScore[]): ReadonlySet<string> {
  if (columns.length <= MAX_COLUMNS) return new Set(columns.map(({ name }) => name));
  const names = new Set<string>();
  for (const pair of sorted) {
    if (names.size >= MAX_COLUMNS) break;
    for (const name of pair.columns) names.add(name);
  }
  return names;
}

function rank(pair: PairScore): number {
  return errorAgainstCeiling(pair.score) ?? Number.NEGATIVE_INFINITY;
}

function worstPairs(sorted: readonly PairScore[], columns: readonly ColumnScore[]): Html {
  const worst = sorted.filter((pair) => pair.score.value !== undefined).slice(0, WORST_PAIRS);
  const groups = new Map(columns.map((column) => [column.name, column.groups ?? []]));
  const items = worst.map((pair, i) => worstPair(pair, groups, i === 0));
  const missing = sorted.filter((pair) => pair.score.value === undefined).length;
  const note =
    missing === 0
      ? undefined
      : html`<p class="fine">${missing} of ${sorted.length} pairs have no score; the list of all pairs and report.json say why.</p>`;
  const key = worst.some((pair) => pair.picture !== undefined) && html`<p class="fine">${PICTURE_KEY}</p>`;
  return html`<h3>The ${worst.length === 1 ? "pair" : `${worst.length} pairs`} that differ${worst.length === 1 ? "s" : ""} most</h3>${key}<div class="worst">${items}</div>${note}`;
}

function worstPair(pair: PairScore, groups: ReadonlyMap<string, readonly string[]>, isOpen: boolean): Html {
  const [first, second] = pair.columns;
  const { level } = assessScore(pair.score);
  const head = html`<summary><span class="pair-name">${nameHtml(first)} <span class="times">×</span> ${nameHtml(second)}</span> <span class="pair-score ${level}">${levelIcon(level)}${formatFigure(pair.score, formatPercent)}</span> <span class="fine">${pairWords(pair)}</span></summary>`;
  const body = pictureOf(pair, groups.get(first) ?? [], groups.get(second) ?? []);
  return isOpen ? html`<details open>${head}${body}</details>` : html`<details>${head}${body}</details>`;
}

function pairWords(pair: PairScore): string {
  const { real, synthetic } = pair.association;
  const change = `${MEASURE_NAMES[measureOf(pair)]} ${formatAssociation(real)} → ${formatAssociation(synthetic)}`;
  return [formatCeiling(pair.score, formatPercent), change].filter((part) => part !== undefined).join(" · ");
}

function pictureOf(pair: PairScore, first: readonly string[], second: readonly string[]): Html {
  const { picture, columns } = pair;
  if (picture === undefined || picture.real.length !== first.length * second.length)
    return html`<p class="no-chart">No picture of this pair was kept.</p>`;
  return pairPicture({ names: columns, groups: [first, second], ...picture });
}

/** The list of all pairs, filled by the script; without it the maps and the worst pairs remain. */
function pairBrowser(): Html {
  const orders = [
    ["error", "worst first"],
    ["change", "association changed most"],
    ["name", "by name"],
  ].map(([value, name]) => html`<option value="${value ?? ""}">${name}</option>`);
  const headings = ["Pair", "Score", "Ceiling", "Association", "Real", "Synthetic"];
  const head = headings.map(
    (name, i) => html`<th scope="col" class="${i === 0 || i === 3 ? "words" : "figures"}">${name}</th>`,
  );
  return html`<div class="js-only" id="pair-browser"><h3>All pairs</h3><form class="controls" role="search" aria-label="Pairs"><label>Find<input type="search" id="pair-filter" placeholder="column names" autocomplete="off"/></label><label>Order<select id="pair-order">${orders}</select></label><output id="pair-count" aria-live="polite"></output></form><div class="scroll list" tabindex="0" role="region" aria-label="List of pairs"><table id="pair-list"><caption class="visually-hidden">Pairs of columns</caption><thead><tr>${head}</tr></thead><tbody></tbody></table></div><button type="button" class="wide" id="more-pairs">Show more</button></div>`;
}

function dialog(): Html {
  return html`<dialog id="pair-dialog" aria-labelledby="pair-title"><div class="dialog-head"><h3 id="pair-title"></h3><div class="dialog-buttons"><button type="button" id="pair-previous" aria-label="Previous pair">‹</button><button type="button" id="pair-next" aria-label="Next pair">›</button><button type="button" id="pair-close" aria-label="Close">×</button></div></div><div id="pair-body"></div><p class="fine">${PICTURE_KEY}</p></dialog>`;
}
