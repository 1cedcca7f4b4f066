import { formatDistance, formatPercent, formatPercentTick, formatTick } from "../format.js";
import { type Html, html } from "../html.js";
import { coordinate, linearScale, niceTicks } from "./linear-scale.js";
import { svg } from "./svg.js";

/** Quantiles at equal steps of probability from 0 to 1, ascending. */
export interface CurveData {
  readonly train: readonly number[];
  readonly holdout?: readonly number[];
  /** From held-out to training rows. */
  readonly reference?: readonly number[];
}

const WIDTH = 400;
const HEIGHT = 216;
const PLOT = { left: 40, right: 390, top: 10, bottom: 174 } as const;
const SHOWN = 0.99;

/**
 * Cumulative distributions: synthetic to training (line), synthetic to held-out (dashes), held-out to training (dots). The axis
 * ends a little beyond where 99 % of the rows are, so that one far row does not press the curves together; it says so.
 */
export function cumulativeCurve(label: string, axisName: string, data: CurveData): Html {
  const curves = [data.train, data.holdout ?? [], data.reference ?? []];
  const end = axisEnd(curves);
  const isCut = curves.some((quantiles) => (quantiles.at(-1) ?? 0) > end);
  const x = linearScale([0, end], [PLOT.left, PLOT.right]);
  const y = linearScale([0, 1], [PLOT.bottom, PLOT.top]);
  const path = (quantiles: readonly number[]) => curvePath(quantiles, end, x, y);
  return svg(WIDTH, HEIGHT, label, "curve", [
    [0, 0.25, 0.5, 0.75, 1].map((share) => gridLine(share, y(share))),
    niceTicks(0, end, 5).map((value) => distanceTick(value, x(value))),
    html`<path class="axis" d="M${PLOT.left} ${PLOT.bottom}H${PLOT.right}"/>`,
    html`<text x="${(PLOT.left + PLOT.right) / 2}" y="${HEIGHT - 8}" text-anchor="middle">${axisName}${isCut ? " (the last 1\u00A0% of rows lies beyond)" : ""}</text>`,
    data.reference !== undefined && html`<path class="reference-line" d="${path(data.reference)}"/>`,
    data.holdout !== undefined && html`<path class="holdout-line" d="${path(data.holdout)}"/>`,
    html`<path class="synthetic-line" d="${path(data.train)}"/>`,
    tooltips(data, end, x, y),
  ]);
}

/** Where the axis ends: beyond 99 % of each curve, or at the largest value where that is not much farther. */
function axisEnd(curves: readonly (readonly number[])[]): number {
  const shown = Math.max(...curves.map((quantiles) => quantileAt(quantiles, SHOWN)), Number.MIN_VALUE);
  const largest = Math.max(...curves.map((quantiles) => quantiles.at(-1) ?? 0));
  return largest <= shown * 1.15 ? Math.max(largest, shown) : shown * 1.02;
}

/** Polyline of the cumulative distribution: through (quantile, probability), cut at the axis' end. */
export function curvePath(
  quantiles: readonly number[],
  end: number,
  x: (distance: number) => number,
  y: (share: number) => number,
): string {
  const last = quantiles.length - 1;
  const points = quantiles.map((distance, i) => [distance, last === 0 ? 1 : i / last] as const);
  const inside = points.filter(([distance]) => distance <= end);
  return inside
    .map(([distance, share], i) => `${i === 0 ? "M" : "L"}${coordinate(x(distance))} ${coordinate(y(share))}`)
    .join("");
}

/** The quantile at a probability, linear between the given ones; 0 of an empty list. */
export function quantileAt(quantiles: readonly number[], probability: number): number {
  if (quantiles.length === 0) return 0;
  const at = probability * (quantiles.length - 1);
  const below = quantiles[Math.floor(at)]!;
  return below + (quantiles[Math.ceil(at)]! - below) * (at - Math.floor(at));
}

function gridLine(share: number, y: number): Html {
  return html`<path class="grid" d="M${PLOT.left} ${coordinate(y)}H${PLOT.right}"/><text x="${PLOT.left - 6}" y="${coordinate(y + 4)}" text-anchor="end">${formatPercentTick(share)}</text>`;
}

function distanceTick(value: number, x: number): Html {
  return html`<path class="axis" d="M${coordinate(x)} ${PLOT.bottom}v4"/><text x="${coordinate(x)}" y="${PLOT.bottom + 17}" text-anchor="middle">${formatTick(value)}</text>`;
}

function tooltips(data: CurveData, end: number, x: (value: number) => number, y: (value: number) => number): Html[] {
  const deciles = [0.05, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95];
  return deciles.flatMap((share) => {
    const train = quantileAt(data.train, share);
    if (train > end || data.train.length === 0) return [];
    const holdout =
      data.holdout === undefined ? "" : `, of held-out row ${formatDistance(quantileAt(data.holdout, share))}`;
    const title = `${formatPercent(share)} of synthetic rows: closest training row within ${formatDistance(train)}${holdout}`;
    return [
      html`<circle class="point" cx="${coordinate(x(train))}" cy="${coordinate(y(share))}" r="4"><title>${title}</title></circle>`,
    ];
  });
}
