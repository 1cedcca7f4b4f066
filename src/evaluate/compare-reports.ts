import type { Comparison } from "./contract/comparison-schema.js";
import { figureAt } from "./contract/figure-at.js";
import type { TrainedPresets } from "./contract/trained-presets-schema.js";
import { unavailable } from "./figure.js";
import { meanFigure, spreadOf } from "./mean-figure.js";
import type { Figure, Report } from "./report-schema.js";

/** One of the tables to compare. */
export interface ComparedTable {
  readonly name: string;
  /** Where its report lies, relative to the comparison. */
  readonly folder?: string | undefined;
  /** One, or those of several runs of what made it: figures are then means over them. */
  readonly reports: readonly Report[];
}

type Better = Comparison["figures"][number]["better"];

/** The figures that are compared, and which value of each is better. */
const COMPARED: readonly (readonly [path: string, better: Better])[] = [
  ["fidelity.overall", "higher"],
  ["fidelity.columnShapes", "higher"],
  ["fidelity.pairTrends", "higher"],
  ["fidelity.accuracy.univariate", "higher"],
  ["fidelity.accuracy.bivariate", "higher"],
  ["fidelity.accuracy.trivariate", "higher"],
  ["fidelity.c2st.holdout", "nearer to 0.5"],
  ["fidelity.c2st.train", "nearer to 0.5"],
  ["fidelity.c2st.logistic.holdout", "nearer to 0.5"],
  ["fidelity.c2st.logistic.train", "nearer to 0.5"],
  ["fidelity.coverage.categories", "higher"],
  ["fidelity.coverage.rareCategories", "higher"],
  ["fidelity.coverage.tails", "higher"],
  ["fidelity.support.alphaPrecision", "higher"],
  ["fidelity.support.betaRecall", "higher"],
  ["utility.synthetic", "higher"],
  ["privacy.dcrShare", "nearer to 0.5"],
  ["privacy.nearestDecileShare", "nearer to 0.5"],
  ["privacy.identicalMatchExcess", "lower"],
  ["privacy.uniqueValueExcess", "lower"],
  ["privacy.membership.risk", "lower"],
  ["privacy.singlingOut.risk", "lower"],
  ["privacy.linkability.risk", "lower"],
  ["privacy.inference.risk", "lower"],
];

/**
 * Lays the reports of several synthetic tables side by side; all must be audits against the same real rows. A table is marked
 * better than another only where their intervals do not overlap, which is stricter than a test of the difference.
 * @param tables each with a report at least
 * @param training how they were made, where that is known
 */
export function compareReports(tables: readonly ComparedTable[], training?: TrainedPresets): Comparison {
  const reports = tables.map((table) => table.reports);
  const { train, holdout, ceilings } = reports[0]![0]!.tables;
  return {
    version: 1,
    real: {
      trainRows: train.rows,
      ...(holdout === undefined ? {} : { holdoutRows: holdout.rows }),
      ...(ceilings === undefined ? {} : { ceilings }),
    },
    tables: tables.map(({ name, folder, reports: runs }) => ({
      name,
      ...(folder === undefined ? {} : { folder }),
      rows: runs[0]!.tables.synthetic.rows,
      verdict: worstVerdict(runs),
      shareable: runs.every(({ release }) => release.shareable),
    })),
    ...(training === undefined ? {} : { training }),
    figures: COMPARED.flatMap(([path, better]) => compareFigures(reports, path, better)),
    columns: compareColumns(reports),
    pairs: comparePairs(reports),
  };
}

/** The reports of one table's runs. */
type Runs = readonly Report[];

function worstVerdict(runs: Runs): Report["verdict"]["level"] {
  const levels = runs.map(({ verdict }) => verdict.level);
  return (["bad", "caution"] as const).find((level) => levels.includes(level)) ?? "good";
}

function compareFigures(reports: readonly Runs[], path: string, better: Better): Comparison["figures"] {
  const found = reports.map((runs) => runs.map((report) => figureAt(report, path)));
  if (found.every((figures) => figures.every((figure) => figure === undefined))) return [];
  const known = found.map((figures) => figures.map((figure) => figure ?? unavailable("its report does not have it")));
  const values = known.map(meanFigure);
  const hasSpreads = known.some((figures) => figures.length > 1);
  const spreads = hasSpreads ? { spreads: known.map((figures) => spreadOf(figures) ?? null) } : {};
  return [{ path, better, values, ...spreads, best: clearlyBest(values, better) }];
}

function compareColumns(reports: readonly Runs[]): Comparison["columns"] {
  const known = reports.map((runs) =>
    meanScores(
      runs.flatMap(({ fidelity }) => fidelity.columns),
      ({ name }) => name,
    ),
  );
  const names = [...new Set(known.flatMap((columns) => [...columns.keys()]))];
  return names.map((name) => {
    const values = known.map(
      (columns) => columns.get(name)?.score ?? unavailable("the table does not have this column"),
    );
    return { name, values, nearest: highest(values), best: clearlyBest(values, "higher") };
  });
}

function comparePairs(reports: readonly Runs[]): Comparison["pairs"] {
  const known = reports.map((runs) =>
    meanScores(
      runs.flatMap(({ fidelity }) => fidelity.pairs),
      ({ columns }) => JSON.stringify(columns),
    ),
  );
  const pairs = new Map(known.flatMap((scores) => [...scores]));
  return [...pairs].map(([key, { columns }]) => {
    const values = known.map((scores) => scores.get(key)?.score ?? unavailable("the table does not have both columns"));
    return { columns, values, nearest: highest(values), best: clearlyBest(values, "higher") };
  });
}

/** Scores of several runs by what they are of, means over the runs that have them. */
function meanScores<T extends { readonly score: Figure }>(
  scored: readonly T[],
  keyOf: (one: T) => string,
): Map<string, T> {
  const groups = new Map<string, T[]>();
  for (const one of scored) {
    const group = groups.get(keyOf(one));
    if (group === undefined) groups.set(keyOf(one), [one]);
    else group.push(one);
  }
  const mean = (group: readonly T[]): T => ({ ...group[0]!, score: meanFigure(group.map(({ score }) => score)) });
  return new Map([...groups].map(([key, group]) => [key, mean(group)]));
}

/** The position of the highest value; null where there is none, or where several share it. */
function highest(figures: readonly Figure[]): number | null {
  const values = figures.map(({ value }) => value ?? Number.NEGATIVE_INFINITY);
  const top = Math.max(...values);
  const isShared = values.indexOf(top) !== values.lastIndexOf(top);
  return top === Number.NEGATIVE_INFINITY || isShared ? null : values.indexOf(top);
}

/** Those that are clearly better than another, and than which none is clearly better. */
function clearlyBest(figures: readonly Figure[], better: Better): number[] {
  const ranges = figures.map((figure) => goodness(figure, better));
  const beats = (a: Range | undefined, b: Range | undefined) => a !== undefined && b !== undefined && a[0] > b[1];
  return ranges.flatMap((own, at) =>
    ranges.some((other) => beats(own, other)) && !ranges.some((other) => beats(other, own)) ? [at] : [],
  );
}

type Range = readonly [least: number, most: number];

/** A figure's interval turned so that higher is better; undefined where it has none. */
function goodness({ value, low, high }: Figure, better: Better): Range | undefined {
  if (value === undefined || low === undefined || high === undefined) return undefined;
  switch (better) {
    case "higher":
      return [low, high];
    case "lower":
      return [-high, -low];
    case "nearer to 0.5": {
      const ends = [Math.abs(low - 0.5), Math.abs(high - 0.5)];
      const nearest = low <= 0.5 && high >= 0.5 ? 0 : Math.min(...ends);
      return [-Math.max(...ends), -nearest];
    }
    default:
      return better satisfies never;
  }
}
