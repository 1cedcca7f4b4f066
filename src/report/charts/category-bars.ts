import { truncateLabels } from "../format.js";
import { type Html, html } from "../html.js";
import { coordinate, linearScale } from "./linear-scale.js";
import { svg } from "./svg.js";

/** Shares of each category; they sum to 1 a side. */
export interface CategoryData {
  readonly labels: readonly string[];
  readonly real: readonly number[];
  readonly synthetic: readonly number[];
  readonly holdout?: readonly number[];
}

const WIDTH = 340;
/** Of a category's name, in average letters. */
const LABEL_UNITS = 17;
/** Rows share this height, within bounds, so that cards of few and of many categories look alike. */
const FULL_HEIGHT = 162;
const ROW = { least: 20, most: 32 } as const;
const BARS = { left: 112, right: 258 } as const;

/**
 * One row a category, at most `rows` of them (the first ones): a wide pale bar for real rows, a narrow bar for synthetic ones
 * on top of it, a tick for held-out rows, and both shares in figures.
 */
export function categoryBars(label: string, data: CategoryData, rows: number): Html {
  const shown = Math.min(rows, data.labels.length);
  const largest = Math.max(...data.real, ...data.synthetic, ...(data.holdout ?? []), Number.MIN_VALUE);
  const length = linearScale([0, largest], [0, BARS.right - BARS.left]);
  const pitch = Math.max(ROW.least, Math.min(ROW.most, Math.floor(FULL_HEIGHT / shown)));
  const names = truncateLabels(
    data.labels.slice(0, shown).map((name) => (name === "" ? "(empty)" : name)),
    LABEL_UNITS,
  );
  const bars = names.map((name, row) => categoryRow(name, row, pitch, data, length));
  const cuts = Array.from({ length: shown + 1 }, (_, row) => row * pitch + 2).join(" ");
  return svg(WIDTH, shown * pitch + 4, label, "categories", bars, html` data-axis="y" data-cuts="${cuts}"`);
}

function categoryRow(
  shown: string,
  row: number,
  pitch: number,
  data: CategoryData,
  length: (share: number) => number,
): Html {
  const y = row * pitch + 2;
  const middle = y + pitch / 2;
  const real = data.real[row] ?? 0;
  const synthetic = data.synthetic[row] ?? 0;
  const holdout = data.holdout?.[row];
  return html`<text class="name" x="${BARS.left - 8}" y="${middle + 4}" text-anchor="end">${shown}</text>${bar("real", middle, pitch - 6, length(real))}${bar("synthetic", middle, pitch * 0.3, length(synthetic))}${holdout !== undefined && holdoutTick(BARS.left + length(holdout), middle, pitch - 4)}<text class="figures" x="${WIDTH - 2}" y="${middle + 4}" text-anchor="end">${shortPercent(real)} → ${shortPercent(synthetic)}</text>`;
}

function bar(kind: "real" | "synthetic", middle: number, thickness: number, length: number): Html {
  return html`<rect class="${kind}-bar" x="${BARS.left}" y="${coordinate(middle - thickness / 2)}" width="${coordinate(length)}" height="${coordinate(thickness)}" rx="1.5"/>`;
}

function holdoutTick(x: number, middle: number, height: number): Html {
  return html`<path class="holdout-tick" d="M${coordinate(x)} ${coordinate(middle - height / 2)}v${height}"/>`;
}

function shortPercent(share: number): string {
  if (share > 0 && share < 0.0005) return "<0.1";
  return (share * 100).toFixed(share >= 0.9995 ? 0 : 1);
}
