import type { Comparison } from "../../evaluate/contract/comparison-schema.js";
import { VERDICT_WORDS } from "../assess.js";
import { stripMark } from "../charts/dot-strip.js";
import { formatCount } from "../format.js";
import { type Html, html, nameHtml } from "../html.js";
import { levelIcon } from "../icons.js";
import { linkTo } from "./link-to.js";
import { section } from "./section.js";

/** A card for each table: its mark, verdict, whether it may be shared, in how much it is ahead, the way to its report. */
export function comparedTables(comparison: Comparison): Html {
  const lead = html`Each table has a mark of its own in the drawings below. A table is called <b>clearly better</b> than another only where the 95\u00A0% intervals do not overlap; all else may be chance.`;
  const cards = comparison.tables.map((_, at) => tableCard(comparison, at));
  return section("tables", "The tables", lead, [
    html`<div class="cards">${cards}</div>`,
    rowsDiffer(comparison) &&
      html`<p class="caveat">The tables have different numbers of rows. Scores of a smaller table are lower by chance alone: compare tables of equal size where you can.</p>`,
  ]);
}

function tableCard(comparison: Comparison, at: number): Html {
  const { name, folder, rows, verdict, shareable } = comparison.tables[at]!;
  const count = (list: readonly { readonly best: readonly number[] }[]) =>
    `${list.filter(({ best }) => best.includes(at)).length} of ${list.length}`;
  const nearest = comparison.columns.filter((column) => column.nearest === at).length;
  const facts: [string, string][] = [
    ["Rows", formatCount(rows)],
    ["Figures clearly better", count(comparison.figures)],
    ["Columns nearest", `${nearest} of ${comparison.columns.length}`],
    ["Pairs clearly better", count(comparison.pairs)],
  ];
  const release = shareable ? "good" : "bad";
  return html`<article class="card compared"><h3>${stripMark(at)}${nameHtml(name)}</h3><p class="level ${verdict}">${levelIcon(verdict)}${VERDICT_WORDS[verdict]}</p><p class="level ${release}">${levelIcon(release)}${shareable ? "May be shared" : "Not to be shared"}</p><dl>${facts.map(([term, value]) => html`<div class="fact"><dt>${term}</dt><dd>${value}</dd></div>`)}</dl>${folder !== undefined && html`<p class="go"><a href="${linkTo(folder)}">Its report<span class="visually-hidden"> of ${name}</span></a></p>`}</article>`;
}

function rowsDiffer({ tables }: Comparison): boolean {
  return new Set(tables.map(({ rows }) => rows)).size > 1;
}
