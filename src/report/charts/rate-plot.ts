import { truncateLabels } from "../format.js";
import { type Html, html } from "../html.js";
import { markShape, type StripDot } from "./dot-strip.js";
import { coordinate, linearScale, niceTicks } from "./linear-scale.js";
import { svg } from "./svg.js";

/** What is drawn below each other under one name, each in a lane and with a mark of its own. */
export interface RateRow {
  readonly name: string;
  readonly rates: readonly StripDot[];
}

/** Height of a row, the same as that of the plot of risks beside it. */
export const RATE_ROW = 42;

const WIDTH = 400;
const LANE = 11;
const PLOT = { left: 104, right: 388, top: 20 } as const;
const LABEL_UNITS = 15;

/** Rates with their intervals on one axis from 0 to `end`, a row for each attack, a lane for each of its rates. */
export function ratePlot(
  label: string,
  rows: readonly RateRow[],
  end: number,
  format: (value: number) => string,
): Html {
  const scale = linearScale([0, end], [PLOT.left, PLOT.right]);
  const x = (value: number) => coordinate(Math.max(PLOT.left, Math.min(PLOT.right, scale(value))));
  const bottom = PLOT.top + rows.length * RATE_ROW;
  const names = truncateLabels(
    rows.map(({ name }) => name),
    LABEL_UNITS,
  );
  return svg(WIDTH, bottom + 24, label, "rate-plot", [
    niceTicks(0, end, 5).map((value) => gridLine(x(value), bottom, format(value))),
    rows.map((row, at) => drawRow(row, names[at]!, PLOT.top + at * RATE_ROW, x)),
  ]);
}

function gridLine(x: number, bottom: number, text: string): Html {
  return html`<path class="grid" d="M${x} ${PLOT.top - 6}V${bottom}"/><text x="${x}" y="${bottom + 17}" text-anchor="middle">${text}</text>`;
}

function drawRow({ rates }: RateRow, shown: string, top: number, x: (value: number) => number): Html {
  const middle = top + RATE_ROW / 2;
  const first = middle - ((rates.length - 1) / 2) * LANE;
  const name = html`<text class="name" x="${PLOT.left - 12}" y="${middle + 4}" text-anchor="end">${shown}</text>`;
  if (rates.length === 0)
    return html`<g>${name}<text class="absent" x="${PLOT.left + 8}" y="${middle + 4}">unavailable</text></g>`;
  return html`<g>${name}${rates.map((rate, lane) => drawRate(rate, first + lane * LANE, x))}</g>`;
}

function drawRate({ name, value, low, high, text, mark = 0 }: StripDot, y: number, x: (value: number) => number): Html {
  if (value === undefined) return html``;
  const interval =
    low !== undefined &&
    high !== undefined &&
    html`<path class="lane-interval mark-${mark}" d="M${x(low)} ${y}H${x(high)}"/>`;
  return html`<g><title>${name}: ${text}</title><rect class="hit" x="${PLOT.left}" y="${y - LANE / 2}" width="${WIDTH - PLOT.left}" height="${LANE}"/>${interval}${markShape(mark, x(value), y)}</g>`;
}
