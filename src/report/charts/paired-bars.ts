import { formatScore, truncateLabels } from "../format.js";
import { type Html, html } from "../html.js";
import { coordinate, linearScale } from "./linear-scale.js";
import { svg } from "./svg.js";

/** One number of real rows beside the same of synthetic ones; null where it cannot be computed. */
export interface PairedBar {
  readonly name: string;
  readonly real: number | null;
  readonly synthetic: number | null;
}

const WIDTH = 400;
const ROW = 27;
const BARS = { left: 128, right: 296 } as const;
const LABEL_UNITS = 19;

/** Rows of two bars from 0, a wide pale one for real rows and a narrow one for synthetic rows on top of it; below 0 there is none. */
export function pairedBars(label: string, rows: readonly PairedBar[]): Html {
  const largest = Math.max(...rows.flatMap(({ real, synthetic }) => [real ?? 0, synthetic ?? 0]), Number.MIN_VALUE);
  const scale = linearScale([0, largest], [0, BARS.right - BARS.left]);
  const length = (value: number | null) => coordinate(Math.max(0, scale(value ?? 0)));
  const names = truncateLabels(
    rows.map(({ name }) => (name === "" ? "(empty)" : name)),
    LABEL_UNITS,
  );
  return svg(WIDTH, rows.length * ROW + 4, label, "paired-bars", [
    rows.map((row, at) => drawRow(row, names[at]!, at * ROW + 2, length)),
    html`<path class="axis" d="M${BARS.left} 0V${rows.length * ROW + 4}"/>`,
  ]);
}

function drawRow(
  { name, real, synthetic }: PairedBar,
  shown: string,
  y: number,
  length: (value: number | null) => number,
): Html {
  const words = `${text(real)} → ${text(synthetic)}`;
  return html`<g><title>${name}: real ${text(real)}, synthetic ${text(synthetic)}</title><rect class="hit" x="0" y="${y}" width="${WIDTH}" height="${ROW}"/><text class="name" x="${BARS.left - 10}" y="${y + 17}" text-anchor="end">${shown}</text><rect class="real-bar" x="${BARS.left}" y="${y + 3}" width="${length(real)}" height="20" rx="1.5"/><rect class="synthetic-bar" x="${BARS.left}" y="${y + 9}" width="${length(synthetic)}" height="8" rx="1.5"/><text class="figures" x="${WIDTH - 4}" y="${y + 17}" text-anchor="end">${words}</text></g>`;
}

function text(value: number | null): string {
  return value === null ? "unknown" : formatScore(value);
}
