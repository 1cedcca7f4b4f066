import type { Figure, Report } from "../../evaluate/report-schema.js";
import { keptUtility } from "../assess.js";
import { fitDomain, intervalAxis } from "../charts/interval-axis.js";
import { type ScoreBar, scoreBars } from "../charts/score-bars.js";
import { formatPercent, formatScore, formatTick } from "../format.js";
import { type Html, html, nameHtml } from "../html.js";
import { constraintsTable } from "./constraints.js";
import { absent, figureTable } from "./figure-table.js";
import { section } from "./section.js";

/** Train on synthetic, test on real; then detection (C2ST); then every further fidelity figure. */
export function usefulnessSection(report: Report): Html {
  const lead = "Does work done on synthetic rows carry over to real ones, and can a machine tell the two apart?";
  return section("usefulness", "Usefulness and detection", lead, [
    html`<div class="pair"><div class="panel">${utilityPanel(report)}</div><div class="panel">${detectionPanel(report)}</div></div>`,
    html`<details open><summary>Every fidelity figure</summary>${fidelityTable(report)}</details>`,
    constraintsTable(report),
  ]);
}

function utilityPanel(report: Report): Html {
  const { target, metric, synthetic, real, baseline } = report.utility;
  const heading = html`<h3>Train on synthetic, test on real</h3>`;
  if (synthetic.value === undefined) return html`${heading}${absent(synthetic)}`;
  const bars = [
    bar("trained on real", "real", real),
    bar("trained on synthetic", "synthetic", synthetic),
    bar("baseline", "baseline", baseline),
  ];
  const label = `Utility, ${metric ?? "score"}: ${bars.map((item) => `${item.name} ${item.text}`).join(", ")}`;
  return html`${heading}<p>Two models learn to predict <b>${nameHtml(target ?? "the target")}</b>, one from synthetic rows and one from real rows; both are tested on real rows that neither has seen. ${metricWords(metric)}</p>${scoreBars(label, bars, barDomain(bars, metric))}<p class="finding">${keptWords(report)}</p>`;
}

function bar(name: string, kind: ScoreBar["kind"], figure: Figure): ScoreBar {
  const { value, low, high } = figure;
  return {
    name,
    kind,
    value,
    low,
    high,
    text: value === undefined ? (figure.reason ?? "unavailable") : formatScore(value),
  };
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
  if (kept >= 1) return "The model trained on synthetic rows does as well as the one trained on real rows.";
  return `The model trained on synthetic rows keeps ${Math.floor(Math.max(0, kept) * 100)}\u00A0% of what real rows bring over the baseline.`;
}

function detectionPanel(report: Report): Html {
  const { train, holdout } = report.fidelity.c2st;
  return html`<h3>Can a classifier tell them apart? (C2ST)</h3><p>A booster of decision trees is shown rows from both sides, and is then asked about rows it has not seen. At 0.5 it guesses: it found nothing that gives synthetic rows away. <b>Below 0.5</b> hints at copied rows that stand on both sides.</p>${detectionAxis(holdout.value === undefined ? train : holdout)}${figureTable(
    "Detection",
    [
      { name: "against held-out rows", figure: holdout, format: formatScore },
      { name: "against training rows", figure: train, format: formatScore },
    ],
    "Ceiling",
  )}`;
}

function detectionAxis(figure: Figure): Html | undefined {
  const { value, low, high } = figure;
  if (value === undefined) return undefined;
  const domain = fitDomain(
    [
      [0.4, 1],
      [0, 1],
    ],
    [value, low, high],
  );
  const label = `AUC of telling synthetic from real rows ${formatScore(value)}; 0.5 is guessing`;
  return intervalAxis(label, {
    domain,
    value,
    low,
    high,
    marks: [{ at: 0.5, label: "0.5: guessing" }],
    ends: [formatTick(domain[0]), "1: always right"],
    tooltip: label,
    width: 380,
  });
}

function fidelityTable(report: Report): Html {
  const { columnShapes, pairTrends, overall, accuracy, diagnostic } = report.fidelity;
  const figures: [string, Figure | undefined][] = [
    ["Overall (mean of shapes and trends)", overall],
    ["Column shapes", columnShapes],
    ["Pair trends", pairTrends],
    ["Accuracy, one column", accuracy.univariate],
    ["Accuracy, two columns", accuracy.bivariate],
    ["Accuracy, three columns", accuracy.trivariate],
    ["Boundary adherence", diagnostic.boundaryAdherence],
    ["Category adherence", diagnostic.categoryAdherence],
    ["Key uniqueness", diagnostic.keyUniqueness],
    ["Structure", diagnostic.structure],
  ];
  const rows = figures.map(([name, figure]) => ({ name, figure, format: formatPercent }));
  return figureTable("Fidelity figures", rows, "Ceiling (held-out)");
}
