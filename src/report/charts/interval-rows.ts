import { truncateLabels } from "../format.js";
import { type Html, html } from "../html.js";
import type { AxisMark } from "./interval-axis.js";
import { coordinate, linearScale, niceTicks } from "./linear-scale.js";
import { svg } from "./svg.js";

export interface IntervalRow {
  readonly name: string;
  readonly value?: number | undefined;
  readonly low?: number | undefined;
  readonly high?: number | undefined;
  /** A tick of its own, where it is known. */
  readonly ceiling?: number | undefined;
  /** The figure as written, or why there is none. */
  readonly text: string;
}

export interface IntervalRowsOptions {
  readonly domain: readonly [number, number];
  readonly mark: AxisMark;
  readonly format: (value: number) => string;
  /** Bars from the mark instead of dots: for what grows from it. */
  readonly bars?: boolean;
}

const WIDTH = 400;
const ROW = 27;
const PLOT = { left: 128, right: 388, top: 20 } as const;
const LABEL_UNITS = 19;

/** Figures below each other on one axis: dot or bar, interval, ceiling; a dashed line at the value that means nothing was found. */
export function intervalRows(label: string, rows: readonly IntervalRow[], options: IntervalRowsOptions): Html {
  const { domain, mark, format, bars = false } = options;
  const scale = linearScale(domain, [PLOT.left, PLOT.right]);
  const x = (value: number) => coordinate(Math.max(PLOT.left, Math.min(PLOT.right, scale(value))));
  const bottom = PLOT.top + rows.length * ROW;
  const names = truncateLabels(
    rows.map(({ name }) => (name === "" ? "(empty)" : name)),
    LABEL_UNITS,
  );
  return svg(WIDTH, bottom + 24, label, "interval-rows", [
    niceTicks(domain[0], domain[1], 5).map((value) => gridLine(x(value), bottom, format(value))),
    markLine(x(mark.at), mark.label, bottom),
    rows.map((row, at) => drawRow(row, names[at]!, PLOT.top + (at + 0.5) * ROW, x, bars ? x(mark.at) : undefined)),
  ]);
}

function gridLine(x: number, bottom: number, text: string): Html {
  return html`<path class="grid" d="M${x} ${PLOT.top}V${bottom}"/><text x="${x}" y="${bottom + 17}" text-anchor="middle">${text}</text>`;
}

function markLine(x: number, label: string, bottom: number): Html {
  const anchor = x < PLOT.left + 40 ? "start" : x > PLOT.right - 40 ? "end" : "middle";
  return html`<path class="nothing" d="M${x} ${PLOT.top - 4}V${bottom}"/><text x="${x}" y="11" text-anchor="${anchor}">${label}</text>`;
}

function drawRow(
  row: IntervalRow,
  shown: string,
  y: number,
  x: (value: number) => number,
  from: number | undefined,
): Html {
  const { name, value, low, high, ceiling, text } = row;
  const label = html`<text class="name" x="${PLOT.left - 10}" y="${y + 4}" text-anchor="end">${shown}</text>`;
  if (value === undefined)
    return html`<g>${label}<text class="absent" x="${PLOT.left + 8}" y="${y + 4}">unavailable</text></g>`;
  const known = low !== undefined && high !== undefined;
  const body =
    from === undefined
      ? html`${known && html`<path class="interval" d="M${x(low)} ${y}H${x(high)}"/>`}<circle class="dot" cx="${x(value)}" cy="${y}" r="5"/>`
      : html`<rect class="synthetic-bar" x="${Math.min(from, x(value))}" y="${y - 6}" width="${coordinate(Math.abs(x(value) - from))}" height="12" rx="1.5"/>${known && html`<path class="whisker" d="M${x(low)} ${y}H${x(high)}m0-4v8M${x(low)} ${y - 4}v8"/>`}`;
  const tick = ceiling !== undefined && html`<path class="mark" d="M${x(ceiling)} ${y - 9}v18"/>`;
  return html`<g><title>${name}: ${text}</title><rect class="hit" x="0" y="${y - ROW / 2}" width="${WIDTH}" height="${ROW}"/>${label}${tick}${body}</g>`;
}
