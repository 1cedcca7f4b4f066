import type { Figure, Pattern, Report, TellTales } from "../../evaluate/report-schema.js";
import { assessDetection } from "../assess.js";
import { fitDomain } from "../charts/interval-axis.js";
import { type IntervalRow, intervalRows } from "../charts/interval-rows.js";
import { formatPercent, formatPoints, formatScore, formatTick } from "../format.js";
import { type Html, type HtmlValue, html, nameHtml } from "../html.js";
import { levelIcon } from "../icons.js";
import { conditionsWords, patternSentence } from "../pattern-words.js";
import { figureCell, figureTable, figureText } from "./figure-table.js";
import { section } from "./section.js";
import { sortableTable } from "./sortable-table.js";
import { dataTable } from "./table.js";
import { wordsHtml } from "./words-html.js";

/** Columns that the chart of tell-tales shows, at most; the table has all. */
const SHOWN_COLUMNS = 12;

/** Can synthetic rows be told from real ones (C2ST), and by what: columns, patterns, cells. */
export function detectionSection(report: Report): Html {
  const lead =
    "Can a machine tell synthetic rows from real ones, and by what? A classifier is shown rows of both kinds, and is then asked about rows that it has not seen.";
  const { tellTales } = report.fidelity.c2st;
  return section("detection", "Detection", lead, [
    html`<div class="pair"><div class="panel">${classifiersPanel(report)}</div><div class="panel">${tellTales === undefined ? noTellTales() : columnsPanel(tellTales)}</div></div>`,
    tellTales !== undefined && patternsPanel(tellTales),
    tellTales !== undefined && tellTales.cells.length > 0 && cellsTable(tellTales),
  ]);
}

function classifiersPanel(report: Report): Html {
  const { train, holdout, logistic } = report.fidelity.c2st;
  const figures: (readonly [name: string, figure: Figure | undefined])[] = [
    ["Boosting, held-out", holdout],
    ["Boosting, training", train],
    ["Logistic, held-out", logistic?.holdout],
    ["Logistic, training", logistic?.train],
  ];
  const known = figures.flatMap(([name, figure]) => (figure === undefined ? [] : [{ name, figure }]));
  const rows = known.map(
    ({ name, figure }): IntervalRow => ({ name, ...figure, text: figureText(figure, formatScore) }),
  );
  const places = known.flatMap(({ figure }) => [figure.value, figure.low, figure.high, figure.ceiling]);
  const label = `AUC of telling synthetic from real rows: ${rows.map(({ name, text }) => `${name} ${text}`).join("; ")}; 0.5 is guessing`;
  const assessed = assessDetection(holdout.value === undefined ? train : holdout);
  const table = figureTable(
    "Told apart",
    known.map(({ name, figure }) => ({ name, figure, format: formatScore })),
    "Ceiling",
  );
  return html`<h3>Are they told apart? (C2ST)</h3><p class="level ${assessed.level}">${levelIcon(assessed.level)}${assessed.word}</p><p>The figure is the chance to pick the synthetic one of two rows: <b>0.5 is guessing</b>, 1 is always right. Below 0.5 hints at copied rows that stand on both sides. The tick is the ceiling: what two samples of real rows give.</p>${intervalRows(
    label,
    rows,
    { domain: fitDomain(DOMAINS, places), mark: { at: 0.5, label: "guessing" }, format: formatTick },
  )}<details open><summary>In figures</summary>${table}</details>`;
}

const DOMAINS = [
  [0.45, 0.6],
  [0.4, 0.75],
  [0.4, 1],
  [0, 1],
] as const;

function noTellTales(): Html {
  return html`<h3>By what?</h3><p class="absent">This report does not say which columns give synthetic rows away.</p>`;
}

function columnsPanel({ columns, against }: TellTales): Html {
  const known = columns.filter(({ importance }) => importance.value !== undefined);
  const shown = known.toSorted((a, b) => b.importance.value! - a.importance.value!).slice(0, SHOWN_COLUMNS);
  const telling = columns.filter(({ importance }) => (importance.low ?? 0) > 0);
  const [first] = telling;
  const finding =
    first === undefined
      ? html`No column alone gives them away: shuffling any of them costs the classifier no more than chance does.`
      : html`${nameHtml(first.name)} tells them apart beyond chance: shuffled, it costs the classifier ${formatScore(first.importance.value ?? 0)} of its AUC.`;
  const rows = shown.map(({ name, importance }) => ({
    name,
    ...importance,
    text: figureText(importance, formatScore),
  }));
  const ends = rows.flatMap(({ value, low, high }) => [value ?? 0, low ?? 0, high ?? 0]);
  const domain = [Math.min(0, ...ends), Math.max(0.005, ...ends)] as const;
  const label = `AUC that hangs on each column: ${rows.map(({ name, text }) => `${name} ${text}`).join("; ")}`;
  return html`<h3>By which columns?</h3><p>What the classifier loses when a column is shuffled among the rows, against ${sideName(against)}.</p><p class="finding">${finding}</p>${
    rows.length > 0 &&
    intervalRows(label, rows, { domain, mark: { at: 0, label: "nothing" }, format: formatTick, bars: true })
  }<details><summary>All columns in figures</summary>${columnTable(columns)}</details>`;
}

function columnTable(columns: TellTales["columns"]): Html {
  const headings = ["Column", "AUC lost when shuffled", "AUC by this column alone"];
  const rows = columns.map(({ name, importance, alone }) => [
    { shown: nameHtml(name), by: name },
    { shown: figureCell(importance, formatScore), by: importance.value },
    { shown: figureCell(alone, formatScore), by: alone.value },
  ]);
  return sortableTable(
    "Columns that tell synthetic rows from real ones",
    headings.map((heading, at) => ({ heading, figures: at > 0 })),
    rows,
  );
}

function patternsPanel({ patterns, against }: TellTales): Html {
  const lead = `Rules that easily recognised synthetic rows follow, found on some rows and counted on others, against ${sideName(against)}. A rule says what many rows have in common, never what one row is. Bars: real rows pale, synthetic rows strong.`;
  if (patterns.length === 0) {
    return html`<div class="panel"><h3>By which patterns?</h3><p>No rule was found that synthetic rows follow more often than real ones.</p></div>`;
  }
  const items = patterns.map((pattern) => html`<li>${wordsHtml(patternSentence(pattern))}${shareBars(pattern)}</li>`);
  return html`<div class="panel"><h3>By which patterns?</h3><p>${lead}</p><ol class="patterns">${items}</ol><details><summary>In figures</summary>${patternTable("Patterns", patterns)}</details></div>`;
}

/** Both shares as bars, real above synthetic, on the scale of the larger one; the sentence has the figures. */
function shareBars({ real, synthetic }: Pattern): Html | undefined {
  if (real.value === undefined || synthetic.value === undefined) return undefined;
  const largest = Math.max(real.value, synthetic.value, Number.MIN_VALUE);
  const width = (value: number) => Math.max(1, Math.round((200 * value) / largest));
  return html`<svg class="chart share-bars" viewBox="0 0 200 14" aria-hidden="true"><rect class="real-bar" x="0" y="0" width="${width(real.value)}" height="6" rx="1"/><rect class="synthetic-bar" x="0" y="8" width="${width(synthetic.value)}" height="6" rx="1"/></svg>`;
}

function cellsTable({ cells }: TellTales): Html {
  return html`<details open><summary>Combinations of columns whose shares differ most</summary>${patternTable("Combinations of columns", cells)}</details>`;
}

function patternTable(caption: string, patterns: readonly Pattern[]): Html {
  const headings = ["Rows with", "Synthetic", "Real", "Difference"];
  const rows = patterns.map(({ conditions, synthetic, real }): HtmlValue[] => [
    wordsHtml(conditionsWords(conditions)),
    figureCell(synthetic, formatPercent),
    figureCell(real, formatPercent),
    synthetic.value === undefined || real.value === undefined ? "—" : formatPoints(synthetic.value - real.value),
  ]);
  return dataTable(
    caption,
    headings.map((heading, at) => ({ heading, figures: at > 0 })),
    rows,
  );
}

function sideName(against: TellTales["against"]): string {
  return against === "holdout" ? "held-out rows" : "training rows";
}
