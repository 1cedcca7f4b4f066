import type { Figure, Report } from "../../evaluate/report-schema.js";
import { assessUtility, keptUtility } from "../assess.js";
import { calibrationCurve } from "../charts/calibration-curve.js";
import { pairedBars } from "../charts/paired-bars.js";
import { type ScoreBar, scoreBars } from "../charts/score-bars.js";
import { formatCount, formatPercent, formatScore } from "../format.js";
import { type Html, type HtmlValue, html, nameHtml } from "../html.js";
import { levelIcon } from "../icons.js";
import { constraintsTable } from "./constraints.js";
import { everyColumnTable } from "./every-column.js";
import { absent, figureText } from "./figure-table.js";
import { modelsTable } from "./models.js";
import { section } from "./section.js";
import { sortableTable } from "./sortable-table.js";
import { dataTable } from "./table.js";

/** Columns that the chart of importances shows, at most; the table has all. */
const SHOWN_COLUMNS = 12;

/** Train on synthetic, test on real: the main measure, calibration, importances, every model and measure, every column in turn. */
export function usefulnessSection(report: Report): Html {
  const { calibration, importance, models, everyColumn } = report.utility;
  const lead = `Does work done on synthetic rows carry over to real ones? Models learn from synthetic rows and are tested on ${isEstimate(report) ? "one half of the training table: an estimate, since the synthetic rows were made from that half too" : "real rows that nobody has seen"}.`;
  const panels = [
    html`${utilityPanel(report)}${calibration !== undefined && calibrationPart(calibration)}`,
    ...(importance === undefined ? [] : [importancePanel(importance)]),
  ];
  return section("usefulness", "Usefulness", lead, [
    html`<div class="pair">${panels.map((panel) => html`<div class="panel">${panel}</div>`)}</div>`,
    models !== undefined &&
      html`<details open><summary>Every model and measure</summary>${modelsTable(models)}</details>`,
    everyColumn !== undefined &&
      html`<details open><summary>Each column in turn as the target</summary>${everyColumnTable(everyColumn)}</details>`,
    constraintsTable(report),
  ]);
}

function utilityPanel(report: Report): Html {
  const { target, targetChosen, metric, synthetic, real, baseline } = report.utility;
  const heading = html`<h3>Train on synthetic, test on real</h3>`;
  if (synthetic.value === undefined) return html`${heading}${absent(synthetic)}`;
  const bars = [
    bar("trained on real", "real", real),
    bar("trained on synthetic", "synthetic", synthetic),
    bar("baseline", "baseline", baseline),
  ];
  const label = `Utility, ${metric ?? "score"}: ${bars.map((item) => `${item.name} ${item.text}`).join(", ")}`;
  const assessed = assessUtility(keptUtility(synthetic, real, baseline));
  const chosen = targetChosen === true && html` (chosen by the audit; <code>--target</code> asks for another)`;
  return html`${heading}<p class="level ${assessed.level}">${levelIcon(assessed.level)}${assessed.word}</p><p>Two models learn to predict <b>${nameHtml(target ?? "the target")}</b>${chosen}, one from synthetic rows and one from as many real rows; both are tested on ${isEstimate(report) ? "the other half of the real rows" : "real rows that neither has seen"}. ${metricWords(metric)}</p>${scoreBars(label, bars, barDomain(bars, metric))}<p class="finding">${keptWords(report)}</p>`;
}

/** Without held-out rows the test rows are training rows. */
function isEstimate(report: Report): boolean {
  return report.tables.ceilings === "split";
}

function bar(name: string, kind: ScoreBar["kind"], figure: Figure): ScoreBar {
  const { value, low, high } = figure;
  const text = value === undefined ? (figure.reason ?? "unavailable") : formatScore(value);
  return { name, kind, value, low, high, text };
}

/** R2 bars start at 0; AUC bars at .5 (guessing), unless one is below. */
function barDomain(bars: readonly ScoreBar[], metric: Report["utility"]["metric"]): readonly [number, number] {
  const lowest = Math.min(...bars.map((item) => item.low ?? item.value ?? 1));
  const start = metric === "AUC" ? 0.5 : 0;
  return [lowest < start ? 0 : start, 1];
}

function metricWords(metric: Report["utility"]["metric"]): string {
  switch (metric) {
    case "AUC":
      return "AUC: 0.5 is guessing, 1 is always right; the bars start at 0.5.";
    case "R2":
      return "R²: 0 is no better than the mean, 1 is exact.";
    case undefined:
      return "";
    default:
      return metric satisfies never;
  }
}

function keptWords(report: Report): string {
  const { synthetic, real, baseline } = report.utility;
  const kept = keptUtility(synthetic, real, baseline);
  if (kept === undefined) return "Real rows bring no advantage over the baseline here, so this target says little.";
  if (isEstimate(report) && (synthetic.low ?? 0) > (real.high ?? 1))
    return "The model trained on synthetic rows does better than the one trained on real rows, as copies of the rows tested on would make it.";
  if (kept >= 1) return "The model trained on synthetic rows does as well as the one trained on real rows.";
  return `The model trained on synthetic rows keeps ${Math.floor(Math.max(0, kept) * 100)}\u00A0% of what real rows bring over the baseline.`;
}

function importancePanel({ agreement, columns }: NonNullable<Report["utility"]["importance"]>): Html {
  const ordered = columns.toSorted((a, b) => (b.real ?? -1) - (a.real ?? -1));
  const shown = ordered.slice(0, SHOWN_COLUMNS);
  const label = `What the prediction loses when a column is shuffled, real and synthetic: ${shown.map(({ name, real, synthetic }) => `${name} ${side(real)} and ${side(synthetic)}`).join("; ")}`;
  const rows = ordered.map(({ name, real, synthetic }) => [
    { shown: nameHtml(name), by: name },
    { shown: side(real), by: real ?? undefined },
    { shown: side(synthetic), by: synthetic ?? undefined },
  ]);
  const headings = ["Column", "Trained on real", "Trained on synthetic"].map((heading, at) => ({
    heading,
    figures: at > 0,
  }));
  return html`<h3>Do both models look at the same columns?</h3><p>What the prediction of real rows loses when a column is shuffled, in explained variance (0 to 1): wide pale bars for the model trained on real rows, narrow ones for the model trained on synthetic rows. Agreement of the two orders (rank correlation, 1 is the same): <b>${figureText(agreement, formatScore)}</b>.</p>${pairedBars(label, shown)}<details><summary>All columns in figures</summary>${sortableTable("Importance of columns", headings, rows)}</details>`;
}

function side(value: number | null): string {
  return value === null ? "unknown" : formatScore(value);
}

function calibrationPart({ real, synthetic }: NonNullable<Report["utility"]["calibration"]>): Html {
  const label = `Predicted chance and true share in groups of held-out rows, trained on synthetic rows: ${synthetic.map(({ predicted, observed }) => `${formatPercent(predicted)} true ${formatPercent(observed)}`).join(", ")}`;
  const cells = (name: string, points: typeof real) =>
    points.map(({ predicted, observed, n }): HtmlValue[] => [
      name,
      formatPercent(predicted),
      formatPercent(observed),
      formatCount(n),
    ]);
  const headings = ["Trained on", "Predicted chance", "True share", "Rows"].map((heading, at) => ({
    heading,
    figures: at > 0,
  }));
  const table = dataTable("Calibration", headings, [
    ...cells("synthetic rows", synthetic),
    ...cells("real rows", real),
  ]);
  return html`<h3 class="further">Do predicted chances mean what they say?</h3><p>Held-out rows in groups of like prediction. On the dashed diagonal a predicted chance is the true share: dots for the model trained on synthetic rows, squares for real ones.</p>${calibrationCurve(label, real, synthetic)}<details><summary>In figures</summary>${table}</details>`;
}
