import type { Report } from "../../evaluate/report-schema.js";
import { formatCount, formatPercent } from "../format.js";
import { type Html, type HtmlValue, html, nameHtml } from "../html.js";
import { absent } from "./figure-table.js";
import { dataTable } from "./table.js";

/** How far the schema's constraints hold on both sides; nothing where it has none. */
export function constraintsTable({ constraints }: Report): Html | undefined {
  if (constraints === undefined) return undefined;
  const columns = ["Constraint", "Synthetic", "Rows", "Real", "Rows"].map((heading, at) => ({
    heading,
    figures: at > 0,
  }));
  const rows = constraints.map(({ name, synthetic, real }): HtmlValue[] => [
    nameHtml(name),
    ...[synthetic, real].flatMap((figure) =>
      figure.value === undefined
        ? [absent(figure), ""]
        : [formatPercent(figure.value), figure.n === undefined ? "—" : formatCount(figure.n)],
    ),
  ]);
  return html`<details open><summary>Constraints: the share of rows that hold them</summary>${dataTable("Constraints", columns, rows)}</details>`;
}
