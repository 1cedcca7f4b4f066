import type { Comparison } from "../../evaluate/contract/comparison-schema.js";
import type { Figure } from "../../evaluate/report-schema.js";
import { dotStrip, stripDomain, stripMark } from "../charts/dot-strip.js";
import { figureName } from "../figure-names.js";
import { type FigureFormat, formatPercent, formatScore } from "../format.js";
import { type Html, type HtmlValue, html, nameHtml } from "../html.js";
import { levelIcon } from "../icons.js";
import { figureCell } from "./figure-table.js";
import { section } from "./section.js";
import { type SortableCell, sortableTable } from "./sortable-table.js";
import { dataTable } from "./table.js";

/** Pairs that the page shows, at most; comparison.json has all. */
const SHOWN_PAIRS = 60;

/** Every figure, a column for each table, what is clearly better marked. */
export function comparedFigures(comparison: Comparison): Html {
  const lead =
    "The same audit of each table against the same real rows. The line across a drawing is the ceiling: what other real rows reach.";
  const rows = comparison.figures.map(({ path, values, best, better }): HtmlValue[] => {
    const { name, meaning, format } = figureName(path) ?? { name: path, meaning: better, format: formatScore };
    const ceiling = values.find((figure) => figure.ceiling !== undefined)?.ceiling;
    return [
      html`${name}<span class="range">${meaning}</span>`,
      strip(comparison, name, values, format, ceiling),
      ...values.map((figure, at) => comparedCell(figure, format, best.includes(at))),
      ceiling === undefined ? "—" : format(ceiling),
    ];
  });
  const headings = ["Figure", "Side by side", ...comparison.tables.map(({ name }) => name), "Ceiling"];
  const columns = headings.map((heading, at) => ({ heading, figures: at > 1 }));
  return section("figures", "Figures side by side", lead, [
    marksLegend(comparison),
    dataTable("Every figure, a column for each table", columns, rows),
  ]);
}

/** Scores of single columns, those that differ most between the tables first. */
export function comparedColumns(comparison: Comparison): Html {
  const lead =
    "Which table is nearer to the real one, column by column? 100\u00A0% is as in the training table. Those in which the tables differ most come first; a heading orders the rows by it.";
  const rows = comparison.columns
    .toSorted(bySpread)
    .map(({ name, ...scores }) => ({ name: nameHtml(name), text: name, scores }));
  const body =
    rows.length === 0
      ? html`<p class="empty">No column could be compared.</p>`
      : [marksLegend(comparison), scoreTable(comparison, "Columns side by side", "Column", rows)];
  return section("columns", "Column by column", lead, body);
}

/** Scores of pairs, those that differ most between the tables first. */
export function comparedPairs(comparison: Comparison): Html {
  const lead =
    "Which table keeps the relations between columns better? Those in which the tables differ most come first.";
  const rows = comparison.pairs
    .toSorted(bySpread)
    .slice(0, SHOWN_PAIRS)
    .map(({ columns: [a, b], ...scores }) => ({
      name: html`${nameHtml(a)} × ${nameHtml(b)}`,
      text: `${a} × ${b}`,
      scores,
    }));
  const more = comparison.pairs.length - rows.length;
  return section("pairs", "Pair by pair", lead, [
    rows.length === 0
      ? html`<p class="empty">No pair of columns could be compared.</p>`
      : [marksLegend(comparison), scoreTable(comparison, "Pairs side by side", "Pair", rows)],
    more > 0 &&
      html`<p class="fine">${more} more pairs, in which the tables differ less, stand in <code>comparison.json</code>.</p>`,
  ]);
}

function marksLegend({ tables }: Comparison): Html {
  return html`<ul class="legend">${tables.map(({ name }, at) => html`<li><span>${stripMark(at)}${nameHtml(name)}</span></li>`)}</ul>`;
}

type Scores = Omit<Comparison["columns"][number], "name">;

interface ScoreRow {
  readonly name: Html;
  readonly text: string;
  readonly scores: Scores;
}

function scoreTable(comparison: Comparison, caption: string, what: string, rows: readonly ScoreRow[]): Html {
  const lowest = Math.min(
    ...rows.flatMap(({ scores }) => scores.values.flatMap(({ value, low }) => low ?? value ?? [])),
    1,
  );
  const domain = [Math.max(0, Math.floor(lowest * 20 - 1e-9) / 20), 1] as const;
  const headings = [
    what,
    `${formatPercent(domain[0])} to 100\u00A0%`,
    ...comparison.tables.map(({ name }) => name),
    "Difference",
    "Nearest",
  ];
  const columns = headings.map((heading, at) => ({ heading, figures: at > 1 && at < headings.length - 1 }));
  const cells = rows.map(({ name, text, scores }): SortableCell[] => {
    const { values, best, nearest } = scores;
    const difference = spread(scores);
    const ahead = nearest === null ? undefined : comparison.tables[nearest]!.name;
    return [
      { shown: name, by: text },
      { shown: strip(comparison, text, values, formatPercent, undefined, domain), by: undefined },
      ...values.map((figure, at) => ({
        shown: comparedCell(figure, formatPercent, best.includes(at)),
        by: figure.value,
      })),
      { shown: difference === undefined ? "—" : formatPercent(difference), by: difference },
      { shown: nearest === null ? "—" : html`${stripMark(nearest)}${nameHtml(ahead!)}`, by: ahead },
    ];
  });
  return sortableTable(caption, columns, cells);
}

function bySpread(a: Scores, b: Scores): number {
  return (spread(b) ?? -1) - (spread(a) ?? -1);
}

/** How far the highest and the lowest score are apart; undefined where fewer than two are known. */
function spread({ values }: Scores): number | undefined {
  const known = values.flatMap(({ value }) => value ?? []);
  return known.length < 2 ? undefined : Math.max(...known) - Math.min(...known);
}

function strip(
  { tables }: Comparison,
  name: string,
  values: readonly Figure[],
  format: FigureFormat,
  reference: number | undefined,
  domain: readonly [number, number] = stripDomain(values, reference),
): HtmlValue {
  if (values.every(({ value }) => value === undefined)) return "";
  const dots = values.map(({ value, low, high }, at) => ({
    name: tables[at]!.name,
    value,
    low,
    high,
    text: value === undefined ? "unavailable" : format(value),
  }));
  return dotStrip(`${name}: ${dots.map((dot) => `${dot.name} ${dot.text}`).join(", ")}`, dots, domain, reference);
}

/** figureCell, marked where the table is clearly better. */
function comparedCell(figure: Figure, format: FigureFormat, isBest: boolean): HtmlValue {
  if (!isBest) return figureCell(figure, format);
  return html`<span class="best">${levelIcon("good")}${figureCell(figure, format)}<span class="visually-hidden"> clearly better</span></span>`;
}
