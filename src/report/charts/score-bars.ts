import { type Html, html } from "../html.js";
import { coordinate, linearScale } from "./linear-scale.js";
import { svg } from "./svg.js";

export interface ScoreBar {
  readonly name: string;
  readonly kind: "real" | "synthetic" | "baseline";
  /** Undefined where it is unavailable. */
  readonly value?: number | undefined;
  readonly low?: number | undefined;
  readonly high?: number | undefined;
  /** The value as written at the bar's end. */
  readonly text: string;
}

const WIDTH = 400;
const ROW = 34;
const BARS = { left: 124, right: 352 } as const;

/** Horizontal bars from `domain`'s start with whiskers for intervals. Bars that start below 0 are drawn from the start too. */
export function scoreBars(label: string, bars: readonly ScoreBar[], domain: readonly [number, number]): Html {
  const x = linearScale(domain, [BARS.left, BARS.right]);
  const clamp = (value: number) => Math.max(BARS.left, Math.min(BARS.right, x(value)));
  return svg(WIDTH, bars.length * ROW + 4, label, "score-bars", [
    bars.map((bar, row) => drawBar(bar, row * ROW + 4, clamp)),
    html`<path class="axis" d="M${BARS.left} 2V${bars.length * ROW}"/>`,
  ]);
}

function drawBar(bar: ScoreBar, y: number, x: (value: number) => number): Html {
  const name = html`<text class="name" x="${BARS.left - 10}" y="${y + 17}" text-anchor="end">${bar.name}</text>`;
  if (bar.value === undefined)
    return html`<g>${name}<text class="absent" x="${BARS.left + 8}" y="${y + 17}">${bar.text}</text></g>`;
  const width = coordinate(x(bar.value) - BARS.left);
  const end = coordinate(Math.max(x(bar.high ?? bar.value), x(bar.value)) + 10);
  return html`<g><title>${bar.name}: ${bar.text}</title>${name}<rect class="${bar.kind}-bar" x="${BARS.left}" y="${y + 4}" width="${width}" height="19" rx="2"/>${whisker(bar, y + 13.5, x)}<text class="figures" x="${end}" y="${y + 17}">${bar.text}</text></g>`;
}

function whisker(bar: ScoreBar, y: number, x: (value: number) => number): Html | undefined {
  if (bar.low === undefined || bar.high === undefined) return undefined;
  return html`<path class="whisker" d="M${coordinate(x(bar.low))} ${y}H${coordinate(x(bar.high))}m0 -4v8M${coordinate(x(bar.low))} ${y - 4}v8"/>`;
}
