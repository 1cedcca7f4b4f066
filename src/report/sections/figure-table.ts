import type { Figure } from "../../evaluate/report-schema.js";
import { type FigureFormat, formatCount, formatInterval } from "../format.js";
import { type Html, type HtmlValue, html } from "../html.js";
import { dataTable } from "./table.js";

/** One row of a table of figures. */
export interface FigureRow {
  readonly name: HtmlValue;
  /** Undefined where the report does not have it: the row is left out. */
  readonly figure: Figure | undefined;
  readonly format: FigureFormat;
}

/**
 * Figures one a row: value, interval, reference (`reference` names what a figure's ceiling is here), the
 * value of as many synthetic rows as the reference has where one figure has it, n.
 */
export function figureTable(caption: string, rows: readonly FigureRow[], reference: string): Html {
  const isMatched = rows.some(({ figure }) => figure?.matched !== undefined);
  const headings = ["Figure", "Value", "95\u00A0% interval", reference, ...(isMatched ? ["Same size"] : []), "n"];
  const columns = headings.map((heading, i) => ({ heading, figures: i > 0 }));
  const cells = rows.flatMap(({ name, figure, format }) =>
    figure === undefined ? [] : [figureCells(name, figure, format, isMatched)],
  );
  return dataTable(caption, columns, cells);
}

/** What stands where a figure cannot be computed: the reason, never 0. */
export function absent(figure: Figure): Html {
  return html`<span class="absent">unavailable: ${figure.reason ?? "no reason was recorded"}</span>`;
}

/** The same in a narrow cell: a reason without what explains it. */
export function absentBriefly({ reason = "no reason was recorded" }: Figure): Html {
  return html`<span class="absent">unavailable: ${reason.split(": ")[0]}</span>`;
}

/** A figure in one cell: its value, the interval below it; or why there is none. */
export function figureCell(figure: Figure, format: FigureFormat): HtmlValue {
  if (figure.value === undefined) return absentBriefly(figure);
  const interval = formatInterval(figure, format);
  return html`${format(figure.value)}${interval !== undefined && html`<small>${interval}</small>`}`;
}

/** A figure in a sentence: value, interval, ceiling; or why there is none. */
export function figureText(figure: Figure, format: FigureFormat): string {
  if (figure.value === undefined) return `unavailable: ${figure.reason ?? "no reason was recorded"}`;
  const interval = formatInterval(figure, format);
  const ceiling = figure.ceiling === undefined ? "" : `, ceiling ${format(figure.ceiling)}`;
  return `${format(figure.value)}${interval === undefined ? "" : ` (${interval})`}${ceiling}`;
}

function figureCells(name: HtmlValue, figure: Figure, format: FigureFormat, isMatched: boolean): HtmlValue[] {
  if (figure.value === undefined) return [name, absent(figure), "", "", ...(isMatched ? [""] : []), ""];
  return [
    name,
    format(figure.value),
    formatInterval(figure, format) ?? "—",
    figure.ceiling === undefined ? "—" : format(figure.ceiling),
    ...(isMatched ? [figure.matched === undefined ? "—" : format(figure.matched)] : []),
    figure.n === undefined ? "—" : formatCount(figure.n),
  ];
}
