import type { Comparison } from "../evaluate/contract/comparison-schema.js";
import { formatCount } from "./format.js";
import { type Html, html } from "./html.js";
import { renderPage } from "./page.js";
import { SCRIPT_BASICS } from "./script-basics.js";
import { comparedColumns, comparedFigures, comparedPairs } from "./sections/compared-figures.js";
import { comparedTables } from "./sections/compared-tables.js";
import { navigation } from "./sections/header.js";
import { BASE_STYLE } from "./style/base.js";
import { CHARTS_STYLE } from "./style/charts.js";
import { COMPARISON_STYLE } from "./style/comparison.js";
import { EVIDENCE_STYLE } from "./style/evidence.js";
import { PARTS_STYLE } from "./style/parts.js";

const SECTIONS = [
  { id: "tables", name: "Tables" },
  { id: "figures", name: "Figures" },
  { id: "columns", name: "Columns" },
  { id: "pairs", name: "Pairs" },
];

/** The comparison of several synthetic tables as one page that needs nothing else, with links to the report of each. */
export function renderComparison(comparison: Comparison): string {
  const body = html`${navigation(SECTIONS)}
${header(comparison)}
<main>
${comparedTables(comparison)}
${comparedFigures(comparison)}
${comparedColumns(comparison)}
${comparedPairs(comparison)}
</main>
<footer>Drawn by synth from comparison.json, version ${comparison.version}. One file; it loads nothing and sends nothing.</footer>`;
  return renderPage({
    title: `${comparison.tables.length} synthetic tables compared`,
    style: BASE_STYLE + PARTS_STYLE + CHARTS_STYLE + EVIDENCE_STYLE + COMPARISON_STYLE,
    script: `"use strict";\n(() => {\n${SCRIPT_BASICS}})();\n`,
    body,
  });
}

function header({ tables, real }: Comparison): Html {
  const fact = (name: string, value: string) => html`<div><dt>${name}</dt><dd>${value}</dd></div>`;
  const holdout = real.holdoutRows === undefined ? "none given" : formatCount(real.holdoutRows);
  return html`<header><p class="eyebrow">Synthetic data report</p><h1>${tables.length} synthetic tables compared</h1><dl class="facts">${fact("Training rows", formatCount(real.trainRows))}${fact("Held-out real rows", holdout)}${fact("Synthetic tables", String(tables.length))}</dl></header>`;
}
