import type { Comparison } from "../evaluate/contract/comparison-schema.js";
import type { TrainedPresets } from "../evaluate/contract/trained-presets-schema.js";
import { formatCount } from "./format.js";
import { type Html, html } from "./html.js";
import { renderPage } from "./page.js";
import { SCRIPT_BASICS } from "./script-basics.js";
import { comparedCurves } from "./sections/compared-curves.js";
import { comparedColumns, comparedFigures, comparedPairs } from "./sections/compared-figures.js";
import { comparedPresets } from "./sections/compared-presets.js";
import { comparedTables } from "./sections/compared-tables.js";
import { navigation } from "./sections/header.js";
import { BASE_STYLE } from "./style/base.js";
import { CHARTS_STYLE } from "./style/charts.js";
import { COMPARISON_STYLE } from "./style/comparison.js";
import { EVIDENCE_STYLE } from "./style/evidence.js";
import { LINES_STYLE } from "./style/lines.js";
import { PARTS_STYLE } from "./style/parts.js";

const SECTIONS = [
  { id: "figures", name: "Figures" },
  { id: "columns", name: "Columns" },
  { id: "pairs", name: "Pairs" },
];

/** The comparison of several synthetic tables as one page that needs nothing else, with links to the report of each. */
export function renderComparison(comparison: Comparison): string {
  const { training } = comparison;
  const first =
    training === undefined
      ? [{ id: "tables", name: "Tables" }]
      : [
          { id: "presets", name: "Presets" },
          { id: "curves", name: "While training" },
        ];
  const what = training === undefined ? comparedTables(comparison) : trainedPresets(comparison, training);
  const body = html`${navigation([...first, ...SECTIONS])}
${header(comparison)}
<main>
${what}
${comparedFigures(comparison)}
${comparedColumns(comparison)}
${comparedPairs(comparison)}
</main>
<footer>Drawn by synth from comparison.json, version ${comparison.version}. One file; it loads nothing and sends nothing.</footer>`;
  return renderPage({
    title: titleOf(comparison),
    style: BASE_STYLE + PARTS_STYLE + CHARTS_STYLE + EVIDENCE_STYLE + LINES_STYLE + COMPARISON_STYLE,
    script: `"use strict";\n(() => {\n${SCRIPT_BASICS}})();\n`,
    body,
  });
}

function trainedPresets(comparison: Comparison, training: TrainedPresets): Html {
  return html`${comparedPresets(comparison, training)}
${comparedCurves(training)}`;
}

function titleOf({ tables, training }: Comparison): string {
  if (training === undefined) return `${tables.length} synthetic tables compared`;
  return `${training.presets.length} presets compared`;
}

function header(comparison: Comparison): Html {
  const { tables, real } = comparison;
  const fact = (name: string, value: string) => html`<div><dt>${name}</dt><dd>${value}</dd></div>`;
  const holdout = real.holdoutRows === undefined ? "none given" : formatCount(real.holdoutRows);
  return html`<header><p class="eyebrow">Synthetic data report</p><h1>${titleOf(comparison)}</h1><dl class="facts">${fact("Training rows", formatCount(real.trainRows))}${fact("Held-out real rows", holdout)}${fact("Synthetic tables", String(tables.length))}</dl></header>`;
}
