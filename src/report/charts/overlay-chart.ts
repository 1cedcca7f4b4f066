import { type Html, html } from "../html.js";
import { stepPath } from "./histogram.js";
import { coordinate, linearScale } from "./linear-scale.js";
import { svg } from "./svg.js";

export interface OverlayChartData {
  /** Shares of equally many groups. */
  readonly real: readonly number[];
  readonly drawn: readonly number[];
  /** The share at the upper end; what is higher ends there. */
  readonly top: number;
}

const WIDTH = 160;
const HEIGHT = 84;
const PLOT = { left: 2, right: 158, top: 4, bottom: 80 } as const;

/** Real shares as an area and drawn shares as a line over it; a drawn share above the top ends in an arrow. */
export function overlayChart(label: string, { real, drawn, top }: OverlayChartData): Html {
  const x = linearScale([0, real.length], [PLOT.left, PLOT.right]);
  const y = linearScale([0, top === 0 ? 1 : top], [PLOT.bottom, PLOT.top]);
  const edges = Array.from({ length: real.length + 1 }, (_, i) => x(i));
  const path = (shares: readonly number[]) =>
    stepPath(
      edges,
      real.map((_, i) => y(Math.min(shares[i] ?? 0, top))),
      PLOT.bottom,
    );
  const arrows = drawn.flatMap((share, i) =>
    share > top ? [html`<path class="beyond" d="M${coordinate(x(i + 0.5))} 0l4 6h-8z"/>`] : [],
  );
  return svg(WIDTH, HEIGHT, label, "overlay-chart", [
    html`<path class="real-area" d="${path(real)}"/><path class="synthetic-line" d="${path(drawn)}"/>`,
    html`<path class="axis" d="M${PLOT.left} ${PLOT.bottom}H${PLOT.right}"/>`,
    arrows,
  ]);
}
