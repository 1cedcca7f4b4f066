import { formatCount, formatPercent, formatPercentTick } from "../format.js";
import { type Html, html } from "../html.js";
import { coordinate, linearScale } from "./linear-scale.js";
import { svg } from "./svg.js";

/** Groups of rows of like prediction: the mean prediction, the true share, the rows. */
export interface CalibrationPoint {
  readonly predicted: number;
  readonly observed: number;
  readonly n: number;
}

const SIZE = 300;
const PLOT = { left: 44, right: 290, top: 10, bottom: 254 } as const;

/** Predicted chance against true share, for a model trained on real rows (squares) and on synthetic ones (dots); the diagonal is right. */
export function calibrationCurve(
  label: string,
  real: readonly CalibrationPoint[],
  synthetic: readonly CalibrationPoint[],
): Html {
  const x = linearScale([0, 1], [PLOT.left, PLOT.right]);
  const y = linearScale([0, 1], [PLOT.bottom, PLOT.top]);
  const path = (points: readonly CalibrationPoint[]) =>
    points
      .map((point, at) => `${at === 0 ? "M" : "L"}${coordinate(x(point.predicted))} ${coordinate(y(point.observed))}`)
      .join("");
  const place = (point: CalibrationPoint) => ({ x: coordinate(x(point.predicted)), y: coordinate(y(point.observed)) });
  return svg(SIZE, SIZE, label, "calibration", [
    [0, 0.25, 0.5, 0.75, 1].map((share) => gridLines(share, x(share), y(share))),
    html`<path class="nothing" d="M${PLOT.left} ${PLOT.bottom}L${PLOT.right} ${PLOT.top}"/>`,
    html`<text x="${(PLOT.left + PLOT.right) / 2}" y="${SIZE - 8}" text-anchor="middle">predicted chance; upright: true share</text>`,
    html`<path class="real-line" d="${path(real)}"/><path class="synthetic-line" d="${path(synthetic)}"/>`,
    real.map((point) => {
      const at = place(point);
      return html`<rect class="real-point" x="${at.x - 3.5}" y="${at.y - 3.5}" width="7" height="7"><title>${pointTitle("real", point)}</title></rect>`;
    }),
    synthetic.map((point) => {
      const at = place(point);
      return html`<circle class="dot" cx="${at.x}" cy="${at.y}" r="4.5"><title>${pointTitle("synthetic", point)}</title></circle>`;
    }),
  ]);
}

function gridLines(share: number, x: number, y: number): Html {
  const text = formatPercentTick(share);
  return html`<path class="grid" d="M${PLOT.left} ${coordinate(y)}H${PLOT.right}M${coordinate(x)} ${PLOT.top}V${PLOT.bottom}"/><text x="${PLOT.left - 6}" y="${coordinate(y + 4)}" text-anchor="end">${text}</text><text x="${coordinate(x)}" y="${PLOT.bottom + 16}" text-anchor="middle">${text}</text>`;
}

function pointTitle(side: string, { predicted, observed, n }: CalibrationPoint): string {
  return `trained on ${side} rows: predicted ${formatPercent(predicted)}, true ${formatPercent(observed)}, ${formatCount(n)} rows`;
}
