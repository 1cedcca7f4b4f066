import { type Html, type HtmlValue, html } from "../html.js";
import type { TableColumn } from "./table.js";

/** A cell and what it is ordered by: a number or text; undefined stands last whichever way. */
export interface SortableCell {
  readonly shown: HtmlValue;
  readonly by: number | string | undefined;
}

/**
 * A table whose rows the reader can order by any column: with the script its headings become buttons, without it the table
 * stays as it is. The first cell is the row's head.
 */
export function sortableTable(
  caption: string,
  columns: readonly TableColumn[],
  rows: readonly (readonly SortableCell[])[],
): Html {
  const align = (at: number) => (columns[at]?.figures === true ? "figures" : "words");
  const head = columns.map(({ heading }, at) => html`<th scope="col" class="${align(at)}">${heading}</th>`);
  const body = rows.map((cells) => html`<tr>${cells.map((cell, at) => drawCell(cell, at, align(at)))}</tr>`);
  return html`<div class="scroll" tabindex="0" role="region" aria-label="${caption}"><table class="sortable"><caption class="visually-hidden">${caption}</caption><thead><tr>${head}</tr></thead><tbody>${body}</tbody></table></div>`;
}

function drawCell({ shown, by }: SortableCell, at: number, align: string): Html {
  const place = typeof by === "number" ? Number(by.toPrecision(6)) : by;
  const order = place === undefined ? undefined : html` data-by="${place}"`;
  return at === 0
    ? html`<th scope="row"${order}>${shown}</th>`
    : html`<td${align === "words" && html` class="words"`}${order}>${shown}</td>`;
}
