import type { PairScore, Report } from "../../evaluate/report-schema.js";
import { PALETTE_LEVELS } from "../charts/diverging-palette.js";
import { type HeatMapCell, heatMap, sizeClass } from "../charts/heat-map.js";
import { formatFigure, formatPercent } from "../format.js";
import { type Html, html, nameHtml } from "../html.js";
import { section } from "./section.js";
import { dataTable } from "./table.js";

const WORST_PAIRS = 10;

interface Matrix {
  readonly heading: string;
  readonly what: string;
  readonly limit: number;
  readonly value: (pair: PairScore) => number | null;
}

/** Associations of every two columns: real, synthetic, difference; and the pairs that differ most. */
export function pairsSection(report: Report): Html {
  const { pairs } = report.fidelity;
  const lead =
    "Do columns move together as in the real table? Equal pictures on both sides mean yes; the third map shows where not.";
  if (pairs.length === 0)
    return section("pairs", "Pairs of columns", lead, html`<p class="empty">No pair of columns could be compared.</p>`);
  const names = report.fidelity.columns.map((column) => column.name);
  const maps = matrices(pairs).map((matrix) => drawMatrix(matrix, names, pairs));
  return section("pairs", "Pairs of columns", lead, [
    html`<div class="maps ${sizeClass(names.length)}">${maps}</div>`,
    html`<p class="fine">Association is Pearson's correlation for two numeric columns (−1 to 1) and Cramér's V otherwise (0 to 1). Point at a cell for its figures. Dashed outline: not computable.</p>`,
    worstPairs(pairs),
  ]);
}

function matrices(pairs: readonly PairScore[]): Matrix[] {
  const differences = pairs.map((pair) => Math.abs(difference(pair) ?? 0));
  return [
    { heading: "Real", what: "association in real rows", limit: 1, value: (pair) => pair.association.real },
    {
      heading: "Synthetic",
      what: "association in synthetic rows",
      limit: 1,
      value: (pair) => pair.association.synthetic,
    },
    {
      heading: "Difference",
      what: "synthetic minus real",
      limit: differenceLimit(Math.max(...differences)),
      value: difference,
    },
  ];
}

/** The strongest colour of the difference map: never below .2, so that noise does not look like a finding. */
export function differenceLimit(largest: number): number {
  return [0.2, 0.5, 1].find((limit) => largest <= limit) ?? 2;
}

function difference(pair: PairScore): number | null {
  const { real, synthetic } = pair.association;
  return real === null || synthetic === null ? null : synthetic - real;
}

function drawMatrix(matrix: Matrix, names: readonly string[], pairs: readonly PairScore[]): Html {
  const label = `Heat map, ${matrix.what}, of ${names.length} columns; ${extremes(matrix, pairs)}`;
  const map = heatMap(label, { names, cells: triangle(matrix, names, pairs), limit: matrix.limit });
  return html`<figure class="map"><figcaption><h3>${matrix.heading}</h3><span>${matrix.what}</span></figcaption><div class="scroll" tabindex="0" role="region" aria-label="${matrix.heading}: heat map">${map}</div>${scale(matrix.limit)}</figure>`;
}

function extremes(matrix: Matrix, pairs: readonly PairScore[]): string {
  const known = pairs.filter((pair) => matrix.value(pair) !== null);
  if (known.length === 0) return "none could be computed";
  const strongest = known.reduce((a, b) => (Math.abs(matrix.value(b) ?? 0) > Math.abs(matrix.value(a) ?? 0) ? b : a));
  return `largest: ${strongest.columns.join(" and ")}, ${formatAssociation(matrix.value(strongest))}`;
}

function triangle(matrix: Matrix, names: readonly string[], pairs: readonly PairScore[]): HeatMapCell[] {
  const positions = new Map(names.map((name, i) => [name, i]));
  return pairs.flatMap((pair) => {
    const a = positions.get(pair.columns[0]);
    const b = positions.get(pair.columns[1]);
    if (a === undefined || b === undefined || a === b) return [];
    const title = `${pair.columns[0]} × ${pair.columns[1]}: ${formatAssociation(matrix.value(pair))}`;
    return [{ row: Math.max(a, b), column: Math.min(a, b), value: matrix.value(pair), title }];
  });
}

function formatAssociation(value: number | null): string {
  if (value === null) return "not computable";
  return value
    .toFixed(2)
    .replace(/^-0\.00$/, "0.00")
    .replace("-", "−");
}

function scale(limit: number): Html {
  const steps = Array.from({ length: 2 * PALETTE_LEVELS + 1 }, (_, i) => i - PALETTE_LEVELS);
  const cells = steps.map((level, i) => {
    const name = level === 0 ? "z0" : level < 0 ? `n${-level}` : `p${level}`;
    return html`<rect class="${name}" x="${i * 8}" y="0" width="8.2" height="10"/>`;
  });
  return html`<div class="scale"><span>−${limit}</span><svg viewBox="0 0 168 10" aria-hidden="true">${cells}</svg><span>+${limit}</span></div>`;
}

function worstPairs(pairs: readonly PairScore[]): Html {
  const scored = pairs.filter((pair) => pair.score.value !== undefined);
  const worst = scored.toSorted((a, b) => (a.score.value ?? 0) - (b.score.value ?? 0)).slice(0, WORST_PAIRS);
  const rows = worst.map((pair) => [
    html`${nameHtml(pair.columns[0])} <span class="times">×</span> ${nameHtml(pair.columns[1])}`,
    formatFigure(pair.score, formatPercent),
    pair.score.ceiling === undefined ? "—" : formatPercent(pair.score.ceiling),
    formatAssociation(pair.association.real),
    formatAssociation(pair.association.synthetic),
    pair.metric,
  ]);
  const headings = ["Pair", "Score", "Ceiling", "Association, real", "Association, synthetic", "Metric"];
  const missing = pairs.length - scored.length;
  const note =
    missing === 0
      ? undefined
      : html`<p class="fine">${missing} of ${pairs.length} pairs have no score; report.json lists them with the reason.</p>`;
  return html`<h3>The ${worst.length} pairs that differ most</h3>${dataTable(
    "Worst pairs",
    headings.map((heading, i) => ({ heading, figures: i > 0 && i < 5 })),
    rows,
  )}${note}`;
}
