import { type Html, html } from "../html.js";
import { coordinate, linearScale } from "./linear-scale.js";
import { svg } from "./svg.js";

/** A labelled place on the axis, e.g. the ceiling of held-out rows or chance. */
export interface AxisMark {
  readonly at: number;
  readonly label: string;
}

export interface IntervalAxisData {
  readonly domain: readonly [number, number];
  readonly value: number;
  readonly low?: number | undefined;
  readonly high?: number | undefined;
  readonly marks: readonly AxisMark[];
  /** The ends of the axis in words or figures. */
  readonly ends: readonly [string, string];
  readonly tooltip: string;
  /** In units of the drawing; default 300. */
  readonly width?: number;
}

const MARGIN = 6;
const LINE = 24;

/** A value with its interval on an axis, and the marks it is to be read against. */
export function intervalAxis(label: string, data: IntervalAxisData): Html {
  const width = data.width ?? 300;
  const x = axisPosition(data.domain, width);
  const marks = data.marks.map((mark) => drawMark(x(mark.at), mark.label, width));
  return svg(width, 50, label, "interval-axis", [
    html`<path class="track" d="M${MARGIN} ${LINE}H${width - MARGIN}"/>`,
    html`<text x="${MARGIN}" y="46">${data.ends[0]}</text><text x="${width - MARGIN}" y="46" text-anchor="end">${data.ends[1]}</text>`,
    marks,
    drawInterval(data, x),
    html`<circle class="dot" cx="${coordinate(x(data.value))}" cy="${LINE}" r="5.5"><title>${data.tooltip}</title></circle>`,
  ]);
}

/** Position of a value on the axis in units; values outside the domain stand at its ends. */
export function axisPosition(domain: readonly [number, number], width: number): (value: number) => number {
  const scale = linearScale(domain, [MARGIN, width - MARGIN]);
  return (value) => Math.max(MARGIN, Math.min(width - MARGIN, scale(value)));
}

/** The smallest of the given domains that holds all values, else the last. */
export function fitDomain(
  domains: readonly (readonly [number, number])[],
  values: readonly (number | undefined)[],
): readonly [number, number] {
  const known = values.filter((value) => value !== undefined);
  const fits = domains.find(([low, high]) => known.every((value) => value >= low && value <= high));
  return fits ?? domains.at(-1) ?? [0, 1];
}

function drawInterval(data: IntervalAxisData, x: (value: number) => number): Html | undefined {
  if (data.low === undefined || data.high === undefined) return undefined;
  return html`<path class="interval" d="M${coordinate(x(data.low))} ${LINE}H${coordinate(x(data.high))}"/>`;
}

function drawMark(x: number, label: string, width: number): Html {
  const anchor = x < 60 ? "start" : x > width - 60 ? "end" : "middle";
  const textX = anchor === "start" ? Math.max(x - 4, 2) : anchor === "end" ? Math.min(x + 4, width - 2) : x;
  return html`<path class="mark" d="M${coordinate(x)} ${LINE - 9}v18"/><text class="mark-label" x="${coordinate(textX)}" y="10" text-anchor="${anchor}">${label}</text>`;
}
