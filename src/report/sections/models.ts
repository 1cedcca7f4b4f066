import type { Report, UtilityMetric } from "../../evaluate/report-schema.js";
import { dotStrip, stripDomain, stripMark } from "../charts/dot-strip.js";
import { formatScore } from "../format.js";
import { type Html, type HtmlValue, html } from "../html.js";
import { absent, figureCell } from "./figure-table.js";
import { dataTable } from "./table.js";

type Models = NonNullable<Report["utility"]["models"]>;

/** What a model is trained on, with the mark it has in the drawings. */
const SERIES = [
  { key: "synthetic", name: "Synthetic", mark: 0 },
  { key: "real", name: "As many real rows", mark: 4 },
  { key: "augmented", name: "Real and synthetic", mark: 2 },
  { key: "allReal", name: "All real rows", mark: 3 },
] as const;

const MODEL_NAMES = { boosting: "Gradient boosting", linear: "Logistic or linear regression" } as const;

/** Models x measures: each trained on synthetic, real, and both; the intervals side by side; what knowing nothing gives. */
export function modelsTable(models: Models): Html {
  const legend = html`<ul class="legend">${SERIES.map(({ name, mark }) => html`<li><span>${stripMark(mark)}${name}</span></li>`)}</ul>`;
  const rows = models.flatMap(({ model, metrics }) => metrics.map((metric) => metricRow(MODEL_NAMES[model], metric)));
  const headings = ["Model, measure", "Side by side", ...SERIES.map(({ name }) => name), "Baseline"];
  const columns = headings.map((heading, at) => ({ heading, figures: at > 1 }));
  return html`${legend}${dataTable("Models and measures, by what they were trained on", columns, rows)}<p class="fine">Real and synthetic against all real rows says whether synthetic rows help where real ones are few. The baseline knows nothing of the row: the most frequent class, or the mean.</p>`;
}

function metricRow(model: string, metric: UtilityMetric): HtmlValue[] {
  const dots = SERIES.flatMap(({ key, name, mark }) => {
    const figure = metric[key];
    if (figure?.value === undefined) return [];
    const { value, low, high } = figure;
    return [{ name, mark, value, low, high, text: formatScore(value) }];
  });
  const label = `${model}, ${metric.metric}: ${dots.map(({ name, text }) => `${name} ${text}`).join(", ")}`;
  const { value: baseline } = metric.baseline;
  return [
    html`${model}<span class="range">${metric.metric}: ${isLoss(metric.metric) ? "lower is better" : "higher is better"}</span>`,
    dots.length > 0 && dotStrip(label, dots, stripDomain(dots)),
    ...SERIES.map(({ key }) => {
      const figure = metric[key];
      return figure === undefined ? "—" : figureCell(figure, formatScore);
    }),
    baseline === undefined ? absent(metric.baseline) : formatScore(baseline),
  ];
}

function isLoss(metric: UtilityMetric["metric"]): boolean {
  switch (metric) {
    case "Brier":
    case "ECE":
    case "RMSE":
      return true;
    case "AUC":
    case "F1":
    case "accuracy":
    case "R2":
      return false;
    default:
      return metric satisfies never;
  }
}
