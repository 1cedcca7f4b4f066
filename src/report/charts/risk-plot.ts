import { truncateLabels } from "../format.js";
import { type Html, html } from "../html.js";
import { coordinate, linearScale, niceTicks } from "./linear-scale.js";
import { RATE_ROW } from "./rate-plot.js";
import { svg } from "./svg.js";

export interface RiskRow {
  readonly name: string;
  readonly value?: number | undefined;
  readonly low?: number | undefined;
  readonly high?: number | undefined;
  /** The figure as written, or why there is none. */
  readonly text: string;
  readonly alarming: boolean;
  /** Where the interval's lower end may be at most, drawn as a tick; absent where no limit is known. */
  readonly limit?: number | undefined;
}

const WIDTH = 400;
const PLOT = { left: 104, right: 388, top: 20 } as const;
const LABEL_UNITS = 15;

/** Point and interval of each attack's risk on a common axis from 0, and its limit. */
export function riskPlot(
  label: string,
  rows: readonly RiskRow[],
  end: number,
  format: (value: number) => string,
): Html {
  const x = linearScale([0, end], [PLOT.left, PLOT.right]);
  const clamp = (value: number) => Math.max(PLOT.left, Math.min(PLOT.right, x(value)));
  const names = truncateLabels(
    rows.map(({ name }) => name),
    LABEL_UNITS,
  );
  const bottom = PLOT.top + rows.length * RATE_ROW;
  return svg(WIDTH, bottom + 24, label, "risk-plot", [
    niceTicks(0, end, 5).map((value) => gridLine(x(value), bottom, format(value))),
    rows.map((row, i) => drawRow(row, names[i]!, PLOT.top + (i + 0.5) * RATE_ROW, clamp)),
  ]);
}

function gridLine(x: number, bottom: number, text: string): Html {
  return html`<path class="grid" d="M${coordinate(x)} ${PLOT.top - 6}V${bottom}"/><text x="${coordinate(x)}" y="${bottom + 17}" text-anchor="middle">${text}</text>`;
}

function drawRow(row: RiskRow, shown: string, y: number, x: (value: number) => number): Html {
  const name = html`<text class="name" x="${PLOT.left - 12}" y="${y + 4}" text-anchor="end">${shown}</text>`;
  if (row.value === undefined)
    return html`<g>${name}<text class="absent" x="${PLOT.left + 8}" y="${y + 4}">unavailable</text></g>`;
  const interval =
    row.low === undefined || row.high === undefined
      ? undefined
      : html`<path class="interval" d="M${coordinate(x(row.low))} ${y}H${coordinate(x(row.high))}"/>`;
  const limit = row.limit !== undefined && html`<path class="mark" d="M${coordinate(x(row.limit))} ${y - 13}v26"/>`;
  return html`<g class="${row.alarming ? "alarming" : "calm"}"><title>${row.name}: ${row.text}</title><rect class="hit" x="0" y="${y - RATE_ROW / 2}" width="${WIDTH}" height="${RATE_ROW}"/>${name}${limit}${interval}<circle class="dot" cx="${coordinate(x(row.value))}" cy="${y}" r="5"/></g>`;
}
