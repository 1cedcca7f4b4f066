import { type Html, type HtmlValue, html } from "../html.js";

/**
 * A drawing of `width` x `height` units with an accessible name. It scales with its place; its text is in units too.
 * `attributes` are further ones, each with a space before it: `data-axis="x" data-cuts="6 20 34"` (places along an axis) let
 * the page's script show row i of the card's table of shares between cuts i and i + 1; others have `<title>` elements.
 */
export function svg(
  width: number,
  height: number,
  label: string,
  kind: string,
  body: HtmlValue,
  attributes?: Html,
): Html {
  return html`<svg class="chart ${kind}" viewBox="0 0 ${width} ${height}" role="img" aria-label="${label}"${attributes}>${body}</svg>`;
}
