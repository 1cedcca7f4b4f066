import { type Html, type HtmlValue, html } from "../html.js";

export interface TableColumn {
  readonly heading: string;
  /** Figures are set to the right. */
  readonly figures: boolean;
}

/** A table with a caption for screen readers, in a frame that scrolls sideways on narrow screens. The first cell is the row's head. */
export function dataTable(
  caption: string,
  columns: readonly TableColumn[],
  rows: readonly (readonly HtmlValue[])[],
): Html {
  const head = columns.map((column) => html`<th scope="col" class="${align(column)}">${column.heading}</th>`);
  const body = rows.map((cells) => html`<tr>${cells.map((cell, i) => tableCell(cell, i, columns[i]))}</tr>`);
  return framed(
    caption,
    html`<table><caption class="visually-hidden">${caption}</caption><thead><tr>${head}</tr></thead><tbody>${body}</tbody></table>`,
  );
}

/** The same for a head column and figures alone: a third of the size, for tables that stand in every card. */
export function figuresTable(
  caption: string,
  headings: readonly string[],
  rows: readonly (readonly HtmlValue[])[],
): Html {
  const head = headings.map((heading) => html`<th scope="col">${heading}</th>`);
  const body = rows.map(
    ([first, ...rest]) => html`<tr><th scope="row">${first}</th>${rest.map((cell) => html`<td>${cell}</td>`)}</tr>`,
  );
  return framed(
    caption,
    html`<table class="numbers"><caption class="visually-hidden">${caption}</caption><thead><tr>${head}</tr></thead><tbody>${body}</tbody></table>`,
  );
}

function framed(caption: string, table: Html): Html {
  return html`<div class="scroll" tabindex="0" role="region" aria-label="${caption}">${table}</div>`;
}

function tableCell(cell: HtmlValue, index: number, column: TableColumn | undefined): Html {
  if (index === 0) return html`<th scope="row">${cell}</th>`;
  return html`<td class="${column === undefined ? "words" : align(column)}">${cell}</td>`;
}

function align(column: TableColumn): string {
  return column.figures ? "figures" : "words";
}
