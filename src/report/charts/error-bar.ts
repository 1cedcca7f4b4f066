import { type Html, html } from "../html.js";
import { coordinate, linearScale } from "./linear-scale.js";

const WIDTH = 120;

/**
 * A small bar from 0 to `limit` for a table's row: an error (1 - score), and a tick at the ceiling's error. Hidden from screen
 * readers, since the figures stand beside it.
 */
export function errorBar(error: number, ceiling: number | undefined, limit: number): Html {
  const x = linearScale([0, limit], [0, WIDTH - 4]);
  const tick = ceiling === undefined ? undefined : html`<path class="mark" d="M${coordinate(x(ceiling) + 1)} 0v14"/>`;
  return html`<svg class="chart error-bar" viewBox="0 0 ${WIDTH} 14" aria-hidden="true"><path class="track" d="M1.5 7H${WIDTH - 1.5}"/><rect class="synthetic-bar" x="0" y="4" width="${coordinate(Math.max(x(error), 1))}" height="6" rx="1"/>${tick}</svg>`;
}
