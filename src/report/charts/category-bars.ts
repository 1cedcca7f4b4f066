import { formatPercent, truncateLabel } from "../format.js";
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
const ROW = 20;
const BARS = { left: 112, right: 258 } as const;
const FEWEST_ROWS = 3;

/**
 * One row a category, at most `rows` of them (the first ones): a wide pale bar for real rows, a narrow bar for synthetic ones
 * on top of it, a tick for held-out rows, and both shares in figures.
 */
export function categoryBars(label: string, data: CategoryData, rows: number): Html {
  const shown = Math.min(rows, data.labels.length);
  const largest = Math.max(...data.real, ...data.synthetic, ...(data.holdout ?? []), Number.MIN_VALUE);
  const length = linearScale([0, largest], [0, BARS.right - BARS.left]);
  const height = Math.max(shown, FEWEST_ROWS) * ROW + 4;
  const bars = data.labels.slice(0, shown).map((name, row) => categoryRow(name, row, data, length));
  return svg(WIDTH, height, label, "categories", bars);
}

function categoryRow(name: string, row: number, data: CategoryData, length: (share: number) => number): Html {
  const y = row * ROW + 2;
  const real = data.real[row] ?? 0;
  const synthetic = data.synthetic[row] ?? 0;
  const holdout = data.holdout?.[row];
  const shown = name === "" ? "(empty)" : truncateLabel(name, 15);
  return html`<g><title>${rowTitle(name, real, synthetic, holdout)}</title><rect class="hit" x="0" y="${y}" width="${WIDTH}" height="${ROW}"/><text class="name" x="${BARS.left - 8}" y="${y + 14}" text-anchor="end">${shown}</text><rect class="real-bar" x="${BARS.left}" y="${y + 3}" width="${coordinate(length(real))}" height="14" rx="1.5"/><rect class="synthetic-bar" x="${BARS.left}" y="${y + 7}" width="${coordinate(length(synthetic))}" height="6" rx="1"/>${holdout !== undefined && holdoutTick(BARS.left + length(holdout), y)}<text class="figures" x="${WIDTH - 2}" y="${y + 14}" text-anchor="end">${shortPercent(real)} → ${shortPercent(synthetic)}</text></g>`;
}

function holdoutTick(x: number, y: number): Html {
  return html`<path class="holdout-tick" d="M${coordinate(x)} ${y + 2}v16"/>`;
}

function shortPercent(share: number): string {
  if (share > 0 && share < 0.0005) return "<0.1";
  return (share * 100).toFixed(share >= 0.9995 ? 0 : 1);
}

function rowTitle(name: string, real: number, synthetic: number, holdout: number | undefined): string {
  const last = holdout === undefined ? "" : `, held-out ${formatPercent(holdout)}`;
  return `${name === "" ? "(empty)" : name}: real ${formatPercent(real)}, synthetic ${formatPercent(synthetic)}${last}`;
}
