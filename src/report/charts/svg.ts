import { type Html, type HtmlValue, html } from "../html.js";

/**
 * A drawing of `width` x `height` units with an accessible name. It scales with its place; its text is in units too.
 * Tooltips are `<title>` elements of its marks, so they work without a script.
 */
export function svg(width: number, height: number, label: string, kind: string, body: HtmlValue): Html {
  return html`<svg class="chart ${kind}" viewBox="0 0 ${width} ${height}" role="img" aria-label="${label}">${body}</svg>`;
}
