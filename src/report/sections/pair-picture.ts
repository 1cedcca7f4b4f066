import { paletteClass } from "../charts/diverging-palette.js";
import { type Html, type HtmlValue, html, nameHtml } from "../html.js";

/** A pair's shares of rows by groups of both columns, row by row. */
export interface PairPicture {
  readonly names: readonly [string, string];
  /** Groups of the first column (rows) and of the second (across). */
  readonly groups: readonly [readonly string[], readonly string[]];
  /** null: fewer than five training rows, but more than none. */
  readonly real: readonly (number | null)[];
  readonly synthetic: readonly number[];
}

/** What the colours and marks of a picture say. */
export const PICTURE_KEY =
  "Real and synthetic: percent of the rows in each cell, the stronger the blue the more. Difference: synthetic minus real, in points; blue more synthetic rows, orange fewer. Hatched: fewer than five training rows.";

/**
 * Three tables whose cells are coloured: real, synthetic, difference. They are pictures and their own tables of data. The page's
 * script draws the same for any pair (script/picture.ts).
 */
export function pairPicture(picture: PairPicture): Html {
  const { real, synthetic } = picture;
  const limit = Math.sqrt(Math.max(...real.map((share) => share ?? 0), ...synthetic, 1e-4));
  const differences = synthetic.map((share, i) => (real[i] === null ? null : share - (real[i] ?? 0)));
  const most = Math.max(...differences.map((change) => Math.abs(change ?? 0)), 0.005);
  const density = (share: number | null) => cell(share, shadeOf(share, limit), briefShare);
  return html`<p class="fine axes">${axes(picture)}</p><div class="grids">${grid("Real", picture, real.map(density))}${grid("Synthetic", picture, synthetic.map(density))}${grid(
    "Difference",
    picture,
    differences.map((change) => cell(change, paletteClass(change, most), briefChange)),
  )}</div>`;
}

/** Shares are coloured by their square root, so that rare cells can be told from empty ones. */
function shadeOf(share: number | null, limit: number): string {
  return paletteClass(share === null ? null : Math.sqrt(share), limit);
}

function cell(value: number | null, shade: string, brief: (value: number) => string): Html {
  if (value === null) return html`<td class="few">&lt;5</td>`;
  return html`<td class="${shade}">${brief(value)}</td>`;
}

function briefShare(share: number): string {
  if (share === 0) return "0";
  return (share * 100).toFixed(share >= 0.0995 ? 0 : 1);
}

function briefChange(change: number): string {
  const text = Math.abs(change * 100).toFixed(Math.abs(change) >= 0.0995 ? 0 : 1);
  if (Number(text) === 0) return "0";
  return (change < 0 ? "−" : "") + text.replace(/^0/, "");
}

function grid(heading: string, picture: PairPicture, cells: readonly Html[]): Html {
  const [rows, across] = picture.groups;
  const head = across.map((name) => html`<th scope="col"><span>${nameHtml(name)}</span></th>`);
  const body = rows.map(
    (name, i) =>
      html`<tr><th scope="row"><span>${nameHtml(name)}</span></th>${cells.slice(i * across.length, (i + 1) * across.length)}</tr>`,
  );
  return html`<table class="density"><caption>${heading}</caption><thead><tr><td></td>${head}</tr></thead><tbody>${body}</tbody></table>`;
}

function axes({ names: [first, second] }: PairPicture): HtmlValue {
  return html`Down: ${nameHtml(first)}. Across: ${nameHtml(second)}.`;
}
