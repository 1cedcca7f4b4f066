import { figureAt } from "../evaluate/contract/figure-at.js";
import type { Figure, Report } from "../evaluate/report-schema.js";
import { type FigureFormat, formatPercent, formatScore, formatTick } from "./format.js";

/** What a figure is called for people. */
export interface FigureName {
  /** In report.json. */
  readonly path: string;
  readonly name: string;
  /** Its best or its meaningless value, in a few words. */
  readonly meaning: string;
  readonly format: FigureFormat;
}

const EQUAL = "100\u00A0% = as in the real table";
const GUESSING = "0.5 = not at all";
const NO_RISK = "0\u00A0% = as if not trained on";

/** The figures that summaries, comparisons and rules of release policies show, in their order; [] stands for every element. */
export const FIGURE_NAMES: readonly FigureName[] = [
  percent("fidelity.overall", "Overall", EQUAL),
  percent("fidelity.columnShapes", "Column shapes", EQUAL),
  percent("fidelity.pairTrends", "Pair trends", EQUAL),
  percent("fidelity.accuracy.univariate", "Accuracy, one column", EQUAL),
  percent("fidelity.accuracy.bivariate", "Accuracy, two columns", EQUAL),
  percent("fidelity.accuracy.trivariate", "Accuracy, three columns", EQUAL),
  score("fidelity.c2st.holdout", "Told apart from held-out rows, AUC", GUESSING),
  score("fidelity.c2st.train", "Told apart from training rows, AUC", GUESSING),
  score("fidelity.c2st.logistic.holdout", "Told apart by logistic regression, held-out rows", GUESSING),
  score("fidelity.c2st.logistic.train", "Told apart by logistic regression, training rows", GUESSING),
  percent("fidelity.coverage.categories", "Categories that occur", "100\u00A0% = all"),
  percent("fidelity.coverage.rareCategories", "Rare categories that occur", "100\u00A0% = all"),
  percent("fidelity.coverage.tails", "Tails of numbers kept", "100\u00A0% = all"),
  score("fidelity.support.alphaPrecision", "Alpha-precision", "1 = rows lie where real ones do"),
  score("fidelity.support.betaRecall", "Beta-recall", "1 = rows lie everywhere real ones do"),
  score("utility.synthetic", "Prediction", "as trained on real rows"),
  percent("privacy.dcrShare", "Nearer to training than to held-out rows", "50\u00A0% = no copying"),
  percent("privacy.nearestDecileShare", "Nearer to training, among the nearest tenth", "50\u00A0% = no copying"),
  percent("privacy.euclidean.dcrShare", "Nearer to training than to held-out rows, by ranks", "50\u00A0% = no copying"),
  percent(
    "privacy.euclidean.nearestDecileShare",
    "Nearer to training, nearest tenth, by ranks",
    "50\u00A0% = no copying",
  ),
  percent("privacy.identicalMatchShare", "Rows that equal a training row", "as many as held-out rows = chance"),
  percent("privacy.identicalMatchExcess", "Rows that equal a training row, beyond chance", "0\u00A0% = no copying"),
  percent("privacy.uniqueValueExcess", "Values unique in training, beyond chance", "0\u00A0% = no copying"),
  score("privacy.membership.attack", "Telling members from others, AUC", "0.5 = guessing"),
  percent(
    "privacy.membership.truePositives.at1Percent",
    "People recognised at 1\u00A0% false alarms",
    "1\u00A0% = guessing",
  ),
  percent(
    "privacy.membership.truePositives.at01Percent",
    "People recognised at 0.1\u00A0% false alarms",
    "0.1\u00A0% = guessing",
  ),
  percent("privacy.membership.risk", "Membership risk", NO_RISK),
  percent("privacy.singlingOut.risk", "Singling-out risk", NO_RISK),
  percent("privacy.linkability.risk", "Linkability risk", NO_RISK),
  percent("privacy.inference.risk", "Inference risk", NO_RISK),
  percent("privacy.groups[].dcrShare", "Nearer to training, in each group", "50\u00A0% = no copying"),
  percent("privacy.groups[].membership", "Telling members from others, in each group", "50\u00A0% = guessing"),
  percent("privacy.holdoutOverlap.excess", "Held-out rows that stand in training, beyond chance", "0\u00A0% = none"),
  percent("privacy.outlierProximity.risk", "Outliers met by a synthetic row", NO_RISK),
  count("privacy.disclosure.kAnonymity", "k-anonymity", "rows in the smallest class"),
  percent("privacy.disclosure.smallClasses", "Rows in small classes", "as many as held-out rows = chance"),
  count("privacy.disclosure.kMap", "k-map", "fewest real rows of a class"),
  percent("privacy.disclosure.smallMap", "Rows that map to few real ones", "as many as held-out rows = chance"),
  percent("privacy.disclosure.matches", "Rows in a real row’s class", "as many as held-out rows = chance"),
  percent("privacy.disclosure.uniqueInBoth.risk", "Unique in both tables", NO_RISK),
  count("privacy.disclosure.secrets[].lDiversity", "l-diversity of each column", "values in the poorest class"),
  percent("privacy.disclosure.secrets[].attribution.risk", "Attribution of each column", NO_RISK),
];

/** The figures that a summary shows first. */
const KEY_PATHS = [
  "fidelity.columnShapes",
  "fidelity.pairTrends",
  "fidelity.c2st.holdout",
  "fidelity.c2st.train",
  "utility.synthetic",
  "privacy.dcrShare",
  "privacy.identicalMatchShare",
  "privacy.membership.attack",
  "privacy.membership.truePositives.at1Percent",
  "privacy.singlingOut.risk",
  "privacy.linkability.risk",
  "privacy.inference.risk",
];

/** What the figure at a path is called; undefined for one that no summary shows. */
export function figureName(path: string): FigureName | undefined {
  return FIGURE_NAMES.find((one) => one.path === path);
}

/** The figures of KEY_PATHS; the ceiling of a prediction is what a model trained on real rows reaches. */
export function keyFigures(report: Report): (FigureName & { readonly figure: Figure })[] {
  return KEY_PATHS.flatMap((path) => {
    const figure = figureAt(report, path);
    const name = figureName(path);
    return figure === undefined || name === undefined ? [] : [{ ...name, figure }];
  });
}

function percent(path: string, name: string, meaning: string): FigureName {
  return { path, name, meaning, format: formatPercent };
}

function count(path: string, name: string, meaning: string): FigureName {
  return { path, name, meaning, format: formatTick };
}

function score(path: string, name: string, meaning: string): FigureName {
  return { path, name, meaning, format: formatScore };
}
