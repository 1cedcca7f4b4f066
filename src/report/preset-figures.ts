import type { Comparison } from "../evaluate/contract/comparison-schema.js";
import type { TrainedPresets } from "../evaluate/contract/trained-presets-schema.js";
import { figureName } from "./figure-names.js";
import { type FigureFormat, formatCount, formatFigure, formatScore } from "./format.js";

type ComparedFigure = Comparison["figures"][number];

/** A figure by which presets are compared. */
export interface PresetFigure {
  readonly figure: ComparedFigure;
  /** In a few characters. */
  readonly heading: string;
  readonly format: FigureFormat;
  /** What real rows reach. */
  readonly ceiling: string;
  /** A table's value as text, with a star where it is clearly better than another. */
  at(table: number): string;
}

/** The figures of the first table of a comparison, and what real rows have where that is no ceiling. */
const SHOWN: readonly (readonly [path: string, heading: string, real?: number])[] = [
  ["fidelity.columnShapes", "Shapes"],
  ["fidelity.pairTrends", "Trends"],
  ["fidelity.c2st.holdout", "Told apart, AUC"],
  ["utility.synthetic", "Prediction"],
  ["privacy.dcrShare", "DCR share", 0.5],
  ["privacy.membership.risk", "Membership risk", 0],
];

/** The figures by which presets are compared, those that the comparison has. */
export function presetFigures(comparison: Comparison): PresetFigure[] {
  return SHOWN.flatMap(([path, heading, real]) => {
    const figure = comparison.figures.find((one) => one.path === path);
    if (figure === undefined) return [];
    const format = figureName(path)?.format ?? formatScore;
    const ceiling = real ?? figure.values.find((value) => value.ceiling !== undefined)?.ceiling;
    const at = (table: number) =>
      `${formatFigure(figure.values[table]!, format)}${figure.best.includes(table) ? " *" : "  "}`;
    return [{ figure, heading, format, ceiling: ceiling === undefined ? "" : `${format(ceiling)}  `, at }];
  });
}

/** Steps and seconds of a preset's runs, means; a dash where they are not known. */
export function presetCells({ runs }: TrainedPresets["presets"][number]): [steps: string, seconds: string] {
  const meanOf = (values: readonly (number | undefined)[]) => {
    const known = values.filter((value) => value !== undefined);
    return known.length === 0 ? undefined : known.reduce((sum, value) => sum + value, 0) / known.length;
  };
  const steps = meanOf(runs.map((run) => run.steps));
  const seconds = meanOf(runs.map((run) => run.seconds));
  return [steps === undefined ? "-" : formatCount(Math.round(steps)), seconds === undefined ? "-" : seconds.toFixed(1)];
}
