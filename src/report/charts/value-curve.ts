import { formatPercent, formatPercentTick, formatTicks, labelUnits, truncateLabel } from "../format.js";
import { type Html, html } from "../html.js";
import { coordinate, linearScale, niceTicks } from "./linear-scale.js";
import { svg } from "./svg.js";

/** Shares of known values up to each point, ascending in 0..1. */
export interface ValueCurveData {
  /** The points as written; what the axis says where they are no plain numbers (dates). */
  readonly labels: readonly string[];
  readonly at: readonly number[];
  readonly real: readonly number[];
  readonly synthetic: readonly number[];
  readonly holdout?: readonly number[];
}

const WIDTH = 400;
const HEIGHT = 200;
const PLOT = { left: 42, right: 390, top: 12, bottom: 168 } as const;
/** Width of an average letter in the labels. */
const LETTER = 6;

/**
 * Cumulative curves of a column's values, one a side, and the largest gap between real and synthetic as an upright line: the
 * distance of Kolmogorov and Smirnov, up to the points' spacing.
 */
export function valueCurve(label: string, data: ValueCurveData): Html {
  const x = linearScale([data.at[0] ?? 0, data.at.at(-1) ?? 1], [PLOT.left, PLOT.right]);
  const y = linearScale([0, 1], [PLOT.bottom, PLOT.top]);
  const path = (shares: readonly number[]) =>
    shares
      .map((share, i) => `${i === 0 ? "M" : "L"}${coordinate(x(data.at[i]!))} ${Math.round(y(share) * 10) / 10}`)
      .join("");
  return svg(WIDTH, HEIGHT, label, "curve", [
    [0, 0.25, 0.5, 0.75, 1].map((share) => gridLine(share, y(share))),
    valueTicks(data, x),
    html`<path class="axis" d="M${PLOT.left} ${PLOT.bottom}H${PLOT.right}"/>`,
    html`<path class="real-line" d="${path(data.real)}"/>`,
    data.holdout !== undefined && html`<path class="holdout-line" d="${path(data.holdout)}"/>`,
    html`<path class="synthetic-line" d="${path(data.synthetic)}"/>`,
    gapMark(data, x, y),
  ]);
}

/** The point where the two curves are farthest apart; undefined of no points or equal curves. */
export function largestGap(data: ValueCurveData): { readonly point: number; readonly gap: number } | undefined {
  const gaps = data.real.map((share, i) => Math.abs(share - (data.synthetic[i] ?? share)));
  const gap = Math.max(0, ...gaps);
  return gap === 0 ? undefined : { point: gaps.indexOf(gap), gap };
}

function gapMark(data: ValueCurveData, x: (value: number) => number, y: (share: number) => number): Html | undefined {
  const found = largestGap(data);
  if (found === undefined) return undefined;
  const left = x(data.at[found.point]!);
  const [a, b] = [y(data.real[found.point]!), y(data.synthetic[found.point]!)];
  const isLeft = left < (PLOT.left + PLOT.right) / 2;
  const text = `largest gap ${formatPercent(found.gap)}`;
  // Curves rise to the right: below them there is room on the right, above them on the left.
  const textX = isLeft ? Math.min(left + 14, PLOT.right - text.length * LETTER) : left - 10;
  const textY = isLeft ? Math.min(Math.max(a, b) + 22, PLOT.bottom - 8) : Math.max(Math.min(a, b) - 8, PLOT.top + 10);
  const ring = html`<circle class="gap" cx="${coordinate(left)}" cy="${coordinate((a + b) / 2)}" r="${coordinate(Math.abs(a - b) / 2 + 4)}"/>`;
  return html`${Math.abs(a - b) < 24 ? ring : undefined}<path class="gap" d="M${coordinate(left)} ${coordinate(a)}V${coordinate(b)}"/><text class="gap-text" x="${coordinate(textX)}" y="${coordinate(textY)}" text-anchor="${isLeft ? "start" : "end"}">${text}</text>`;
}

function gridLine(share: number, y: number): Html {
  return html`<path class="grid" d="M${PLOT.left} ${coordinate(y)}H${PLOT.right}"/><text x="${PLOT.left - 6}" y="${coordinate(y + 4)}" text-anchor="end">${formatPercentTick(share)}</text>`;
}

function valueTicks(data: ValueCurveData, x: (value: number) => number): Html[] {
  const isNumber = data.labels.every((label, i) => label !== "" && Number(label) === data.at[i]);
  if (!isNumber) return [0, 0.5, 1].flatMap((share) => labelledPoint(data, share, x));
  const [low, high] = [data.at[0] ?? 0, data.at.at(-1) ?? 1];
  const room = (PLOT.right - PLOT.left) / LETTER;
  const fits = (values: readonly number[]) =>
    (Math.max(...formatTicks(values).map(labelUnits)) + 2) * values.length <= room;
  const ticks = [6, 5, 4, 3, 2].map((count) => niceTicks(low, high, count)).find(fits) ?? [low];
  const texts = formatTicks(ticks);
  return ticks.map((value, i) => tick(x(value), texts[i]!));
}

/** The point nearest to a place along the axis, as written. */
function labelledPoint(data: ValueCurveData, share: number, x: (value: number) => number): Html[] {
  const target = PLOT.left + share * (PLOT.right - PLOT.left);
  const distances = data.at.map((value) => Math.abs(x(value) - target));
  const point = distances.indexOf(Math.min(...distances));
  return point < 0 ? [] : [tick(x(data.at[point]!), truncateLabel(data.labels[point] ?? "", 18))];
}

function tick(x: number, text: string): Html {
  const half = (labelUnits(text) * LETTER) / 2;
  const anchor = x - half < 4 ? "start" : x + half > WIDTH - 2 ? "end" : "middle";
  return html`<path class="axis" d="M${coordinate(x)} ${PLOT.bottom}v4"/><text x="${coordinate(x)}" y="${PLOT.bottom + 17}" text-anchor="${anchor}">${text}</text>`;
}
