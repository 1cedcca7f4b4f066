import { formatPercent, formatPercentTick } from "../format.js";
import { type Html, html } from "../html.js";
import { coordinate, linearScale } from "./linear-scale.js";
import { svg } from "./svg.js";

const WIDTH = 400;
const BARS = { left: 78, right: 330 } as const;
const ROW = 21;

/** Shares of missing values of both sides as two bars on one scale, which ends at a round share above both. */
export function missingBars(label: string, real: number, synthetic: number): Html {
  const end = [0.01, 0.02, 0.05, 0.1, 0.2, 0.5].find((limit) => Math.max(real, synthetic) <= limit) ?? 1;
  const length = linearScale([0, end], [0, BARS.right - BARS.left]);
  const bar = (kind: "real" | "synthetic", share: number, row: number) =>
    html`<text class="name" x="${BARS.left - 8}" y="${row * ROW + 15}" text-anchor="end">${kind}</text><rect class="${kind}-bar" x="${BARS.left}" y="${row * ROW + 4}" width="${coordinate(length(share))}" height="14" rx="1.5"/><text class="figures" x="${coordinate(BARS.left + length(share) + 6)}" y="${row * ROW + 15}">${formatPercent(share)}</text>`;
  return svg(WIDTH, 2 * ROW + 22, label, "missing-bars", [
    html`<path class="grid" d="M${BARS.left} 0V${2 * ROW + 2}M${BARS.right} 0V${2 * ROW + 2}"/>`,
    bar("real", real, 0),
    bar("synthetic", synthetic, 1),
    html`<text x="${BARS.left}" y="${2 * ROW + 17}" text-anchor="middle">0</text><text x="${BARS.right}" y="${2 * ROW + 17}" text-anchor="middle">${formatPercentTick(end)}</text>`,
  ]);
}
