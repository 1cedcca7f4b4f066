import { max } from "simple-statistics";
import type { PairScore } from "../../evaluate/report-schema.js";
import { errorAgainstCeiling } from "../assess.js";
import { PALETTE_LEVELS } from "../charts/diverging-palette.js";
import { type CellShape, type HeatMapCell, heatMap, sizeClass } from "../charts/heat-map.js";
import { formatAssociation, formatPoints } from "../format.js";
import { type Html, html } from "../html.js";
import { associationChange, measureOf } from "./association.js";

interface Matrix {
  readonly heading: string;
  readonly what: string;
  readonly limit: number;
  /** How the ends of its scale are written. */
  readonly ends: readonly [string, string];
  readonly value: (pair: PairScore) => number | null;
  /** What the colour says, where that is not the value. */
  readonly shade?: (pair: PairScore) => number | null;
  /** In a cell. */
  readonly brief: (value: number) => string;
  /** In a sentence. */
  readonly written: (value: number) => string;
}

/** Four maps of every two columns: what each pair lacks of its ceiling; association in real and synthetic rows, and its change. */
export function pairMaps(pairs: readonly PairScore[], names: readonly string[]): Html {
  const [errors, ...associations] = matrices(pairs).map((matrix) => drawMatrix(matrix, names, pairs));
  const size = sizeClass(names.length);
  if (size !== "large") return html`<div class="maps ${size}">${errors}${associations}</div>`;
  return html`<div class="maps ${size}">${errors}</div><details class="associations"><summary>Associations: real, synthetic, difference</summary><div class="maps ${size}">${associations}</div></details>`;
}

/** The strongest colour of a map of differences: at least `least`, so that noise does not look like a finding. */
export function differenceLimit(largest: number, least: number): number {
  return [0.02, 0.05, 0.1, 0.2, 0.5, 1].find((limit) => limit >= least && largest <= limit) ?? 2;
}

function matrices(pairs: readonly PairScore[]): Matrix[] {
  const largest = (value: Matrix["value"]) => max([0, ...pairs.map((pair) => Math.abs(value(pair) ?? 0))]);
  const errorLimit = differenceLimit(largest(beyondChance), 0.02);
  const change = differenceLimit(largest(associationChange), 0.2);
  const association = { limit: 1, ends: ["−1", "+1"] as const, brief: briefAssociation, written: formatAssociation };
  const isReferred = pairs.some((pair) => pair.score.ceiling !== undefined);
  return [
    {
      heading: "Error",
      what: isReferred ? "score minus its ceiling, in points" : "score minus 100\u00A0%, in points",
      limit: errorLimit,
      ends: [`−${errorLimit * 100} points: differs`, "closer than chance"],
      value: lack,
      shade: beyondChance,
      brief: briefPoints,
      written: formatPoints,
    },
    { ...association, heading: "Real", what: "association in real rows", value: (pair) => pair.association.real },
    {
      ...association,
      heading: "Synthetic",
      what: "association in synthetic rows",
      value: (pair) => pair.association.synthetic,
    },
    {
      ...association,
      heading: "Difference",
      what: "association, synthetic minus real",
      limit: change,
      ends: [`−${change}`, `+${change}`],
      value: associationChange,
    },
  ];
}

/** Score minus ceiling. */
function lack(pair: PairScore): number | null {
  const error = errorAgainstCeiling(pair.score);
  return error === undefined ? null : -error;
}

/** The same, but 0 where the pair is as close as chance allows: only what is a finding has a colour. */
function beyondChance(pair: PairScore): number | null {
  const value = lack(pair);
  return value !== null && value > 0 && pair.score.aboveCeiling !== "beyond noise" ? 0 : value;
}

function briefPoints(value: number): string {
  const text = Math.abs(value * 100).toFixed(Math.abs(value) >= 0.0995 ? 0 : 1);
  return `${value < 0 && Number(text) !== 0 ? "−" : ""}${text}`;
}

/** .31, −.31, 1: cells are narrow. */
function briefAssociation(value: number): string {
  const text = formatAssociation(value);
  return text === "0.00" ? "0" : text.replace(/^(−?)0\./, "$1.").replace(".00", "");
}

function drawMatrix(matrix: Matrix, names: readonly string[], pairs: readonly PairScore[]): Html {
  const label = `Heat map, ${matrix.what}, of ${names.length} columns; ${extreme(matrix, pairs)}`;
  const map = heatMap(label, { names, cells: triangle(matrix, names, pairs), limit: matrix.limit });
  return html`<figure class="map"><figcaption><h3>${matrix.heading}</h3><span>${matrix.what}</span></figcaption><div class="scroll map-frame ${sizeClass(names.length)}" tabindex="0" role="region" aria-label="${matrix.heading}: map of pairs">${map}</div>${scale(matrix)}</figure>`;
}

function extreme(matrix: Matrix, pairs: readonly PairScore[]): string {
  const known = pairs.filter((pair) => matrix.value(pair) !== null);
  if (known.length === 0) return "none could be computed";
  const size = (pair: PairScore) => Math.abs(matrix.value(pair) ?? 0);
  const strongest = known.reduce((a, b) => (size(b) > size(a) ? b : a));
  return `largest: ${strongest.columns.join(" and ")}, ${matrix.written(matrix.value(strongest) ?? 0)}`;
}

function triangle(matrix: Matrix, names: readonly string[], pairs: readonly PairScore[]): HeatMapCell[] {
  const positions = new Map(names.map((name, i) => [name, i]));
  return pairs.flatMap((pair) => {
    const a = positions.get(pair.columns[0]);
    const b = positions.get(pair.columns[1]);
    if (a === undefined || b === undefined || a === b) return [];
    const value = matrix.value(pair);
    const text = value === null ? "" : matrix.brief(value);
    const shade = matrix.shade === undefined ? value : matrix.shade(pair);
    return [{ row: Math.max(a, b), column: Math.min(a, b), value: shade, text, shape: SHAPES[measureOf(pair)] }];
  });
}

const SHAPES = {
  pearson: "square",
  correlationRatio: "rounded",
  cramersV: "round",
} as const satisfies Record<ReturnType<typeof measureOf>, CellShape>;

function scale({ ends }: Matrix): Html {
  const steps = Array.from({ length: 2 * PALETTE_LEVELS + 1 }, (_, i) => i - PALETTE_LEVELS);
  const cells = steps.map((level, i) => {
    const name = level === 0 ? "z0" : level < 0 ? `n${-level}` : `p${level}`;
    return html`<rect class="${name}" x="${i * 8}" y="0" width="8.2" height="10"/>`;
  });
  return html`<div class="scale"><span>${ends[0]}</span><svg viewBox="0 0 168 10" aria-hidden="true">${cells}</svg><span>${ends[1]}</span></div>`;
}
