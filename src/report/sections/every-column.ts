import type { Report } from "../../evaluate/report-schema.js";
import { keptUtility } from "../assess.js";
import { dotStrip, stripMark } from "../charts/dot-strip.js";
import { formatFigure, formatPercent, formatScore } from "../format.js";
import { type Html, html, nameHtml } from "../html.js";
import { figureCell } from "./figure-table.js";
import { type SortableCell, sortableTable } from "./sortable-table.js";

type Target = NonNullable<Report["utility"]["everyColumn"]>[number];

const MARKS = { synthetic: 0, real: 4 } as const;

/** Each column as the target: how well it is predicted by what was trained on synthetic and on real rows, what kept least first. */
export function everyColumnTable(targets: readonly Target[]): Html {
  const headings = ["Target", "Measure", "Side by side", "Trained on synthetic", "Trained on real", "Baseline", "Kept"];
  const columns = headings.map((heading, at) => ({ heading, figures: at > 2 }));
  const legend = html`<ul class="legend"><li><span>${stripMark(MARKS.synthetic)}Trained on synthetic</span></li><li><span>${stripMark(MARKS.real)}Trained on real</span></li></ul>`;
  const rows = targets.toSorted((a, b) => (keptOf(a) ?? 9) - (keptOf(b) ?? 9)).map(targetRow);
  return html`${legend}${sortableTable("Each column as the target", columns, rows)}<p class="fine">Kept: the share of what real rows bring over the baseline. Drawings run from 0 to 1.</p>`;
}

function targetRow(one: Target): SortableCell[] {
  const { target, metric, synthetic, real, baseline } = one;
  const kept = keptOf(one);
  return [
    { shown: nameHtml(target), by: target },
    { shown: metric ?? "—", by: metric },
    { shown: synthetic.value === undefined ? "" : strip(one), by: undefined },
    { shown: figureCell(synthetic, formatScore), by: synthetic.value },
    { shown: figureCell(real, formatScore), by: real.value },
    { shown: formatFigure(baseline, formatScore), by: baseline.value },
    { shown: kept === undefined ? "—" : formatPercent(kept), by: kept },
  ];
}

function keptOf({ synthetic, real, baseline }: Target): number | undefined {
  return keptUtility(synthetic, real, baseline);
}

function strip({ target, synthetic, real }: Target): Html {
  const dots = [
    { name: "synthetic", mark: MARKS.synthetic, figure: synthetic },
    { name: "real", mark: MARKS.real, figure: real },
  ].map(({ name, mark, figure: { value, low, high } }) => ({
    name,
    mark,
    value,
    low,
    high,
    text: value === undefined ? "unavailable" : formatScore(value),
  }));
  return dotStrip(`${target}: ${dots.map(({ name, text }) => `${name} ${text}`).join(", ")}`, dots, [0, 1]);
}
