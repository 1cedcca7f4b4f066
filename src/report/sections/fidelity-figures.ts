import type { Figure, Report } from "../../evaluate/report-schema.js";
import { formatPercent } from "../format.js";
import { type Html, type HtmlValue, html } from "../html.js";
import { type FigureRow, figureTable } from "./figure-table.js";

/** Where a report's ceilings come from; older reports do not say, so the held-out table does. */
export type CeilingSource = NonNullable<Report["tables"]["ceilings"]>;

export function ceilingSource(report: Report): CeilingSource {
  return report.tables.ceilings ?? (report.tables.holdout === undefined ? "none" : "holdout");
}

/** Every fidelity figure of the whole table with its interval and ceiling, in words for each. */
export function fidelityFigures(report: Report): Html {
  const rows = figures(report).map(
    ([name, meaning, figure]): FigureRow => ({ name: named(name, meaning), figure, format: formatPercent }),
  );
  const reference = { holdout: "Ceiling", split: "Ceiling (estimated)", none: "Ceiling" }[ceilingSource(report)];
  return html`<details class="figures" open><summary>Every fidelity figure</summary>${figureTable("Figures of the whole table", rows, reference)}</details>`;
}

function named(name: string, meaning: string): HtmlValue {
  return html`${name}<small>${meaning}</small>`;
}

function figures(report: Report): [name: string, meaning: string, figure: Figure | undefined][] {
  const { columnShapes, pairTrends, overall, accuracy, diagnostic, coverage, support } = report.fidelity;
  return [
    ["Overall", "mean of column shapes and pair trends", overall],
    ["Column shapes", "single columns, as SDMetrics scores them", columnShapes],
    ["Pair trends", "two columns together, as SDMetrics scores them", pairTrends],
    ["Accuracy, one column", "shares of ten groups of equal weight agree", accuracy.univariate],
    ["Accuracy, two columns", "the same for two columns together", accuracy.bivariate],
    ["Accuracy, three columns", "the same for three columns together", accuracy.trivariate],
    ["Alpha-precision", "rows lie where real rows do", support?.alphaPrecision],
    ["Beta-recall", "rows lie everywhere where real rows do", support?.betaRecall],
    ["Coverage of categories", "real categories that occur", coverage?.categories],
    ["Coverage of rare categories", "those that fewer than 1\u00A0% of rows have", coverage?.rareCategories],
    ["Coverage of tails", "weight of the numbers’ outermost twentieths that is kept", coverage?.tails],
    ["Boundary adherence", "numbers within the real range", diagnostic.boundaryAdherence],
    ["Category adherence", "values that are real categories", diagnostic.categoryAdherence],
    ["Key uniqueness", "keys that occur once", diagnostic.keyUniqueness],
    ["Structure", "columns and types agree", diagnostic.structure],
  ];
}
