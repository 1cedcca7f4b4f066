import { type Html, html } from "../html.js";
import type { AxisMark } from "./interval-axis.js";
import { coordinate, linearScale, niceTicks } from "./linear-scale.js";
import { svg } from "./svg.js";

export interface RiskRow {
  readonly name: string;
  readonly value?: number | undefined;
  readonly low?: number | undefined;
  readonly high?: number | undefined;
  /** The figure as written, or why there is none. */
  readonly text: string;
  readonly alarming: boolean;
}

const WIDTH = 400;
const ROW = 29;
const PLOT = { left: 92, right: 386, top: 20 } as const;

/** Point and interval of each attack's risk on a common axis from 0, and the line above which it is a finding. */
export function riskPlot(
  label: string,
  rows: readonly RiskRow[],
  end: number,
  mark: AxisMark,
  format: (value: number) => string,
): Html {
  const x = linearScale([0, end], [PLOT.left, PLOT.right]);
  const clamp = (value: number) => Math.max(PLOT.left, Math.min(PLOT.right, x(value)));
  const bottom = PLOT.top + rows.length * ROW;
  return svg(WIDTH, bottom + 24, label, "risk-plot", [
    niceTicks(0, end, 5).map((value) => gridLine(x(value), bottom, format(value))),
    html`<path class="mark" d="M${coordinate(x(mark.at))} ${PLOT.top - 4}V${bottom}"/><text class="mark-label" x="${coordinate(x(mark.at))}" y="12" text-anchor="middle">${mark.label}</text>`,
    rows.map((row, i) => drawRow(row, PLOT.top + (i + 0.5) * ROW, clamp)),
  ]);
}

function gridLine(x: number, bottom: number, text: string): Html {
  return html`<path class="grid" d="M${coordinate(x)} ${PLOT.top}V${bottom}"/><text x="${coordinate(x)}" y="${bottom + 17}" text-anchor="middle">${text}</text>`;
}

function drawRow(row: RiskRow, y: number, x: (value: number) => number): Html {
  const name = html`<text class="name" x="${PLOT.left - 12}" y="${y + 4}" text-anchor="end">${row.name}</text>`;
  if (row.value === undefined)
    return html`<g>${name}<text class="absent" x="${PLOT.left + 8}" y="${y + 4}">unavailable</text></g>`;
  const interval =
    row.low === undefined || row.high === undefined
      ? undefined
      : html`<path class="interval" d="M${coordinate(x(row.low))} ${y}H${coordinate(x(row.high))}"/>`;
  return html`<g class="${row.alarming ? "alarming" : "calm"}"><title>${row.name}: ${row.text}</title><rect class="hit" x="0" y="${y - ROW / 2}" width="${WIDTH}" height="${ROW}"/>${name}${interval}<circle class="dot" cx="${coordinate(x(row.value))}" cy="${y}" r="5"/></g>`;
}
