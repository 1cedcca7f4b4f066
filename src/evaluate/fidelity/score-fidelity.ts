import { setImmediate } from "node:timers/promises";
import { throwIfAborted } from "../../core/errors.js";
import type { OnProgress } from "../../core/progress.js";
import type { RandomStream } from "../../core/random.js";
import { jackknifeError, jackknifeGroups } from "../../stats/jackknife.js";
import { makeFigure, unavailable } from "../figure.js";
import type { ColumnScore, Figure, PairScore, Report } from "../report-schema.js";
import { type ScoredTables, type ScoredValues, takeFirstRows } from "../scored-table.js";
import { scoreAccuracy } from "./accuracy.js";
import { classifierTest } from "./classifier-test.js";
import { columnShape, shapeMetric } from "./column-shape.js";
import { columnDistribution } from "./distribution.js";
import type { PairBins } from "./pair-codes.js";
import { makePairTrendScorer, type PairTrend } from "./pair-trend.js";
import { meanSimilarity, type Sample, type Similarity } from "./similarity.js";

export interface FidelityOptions {
  readonly random: RandomStream;
  /** SDMetrics' quality report as it stands: its bins, and pairs without a strong real association left out. */
  readonly compat?: "sdmetrics" | undefined;
  readonly onProgress?: OnProgress | undefined;
  readonly signal?: AbortSignal | undefined;
}

type Fidelity = Report["fidelity"];

/** The samples scored against training: the synthetic table first, then those that the ceiling is made of. */
interface Samples {
  readonly all: readonly Sample[];
  /** Position of the held-out rows. */
  readonly ceiling: number | undefined;
  /** Position of as many synthetic rows as there are held-out rows; 0 where that is the whole table. */
  readonly matched: number | undefined;
}

/**
 * Every fidelity score but the diagnostic one. Intervals: 95 %, by the delete-a-group jackknife over ten groups of
 * synthetic rows, training taken as given. Ceilings: the same score of held-out rows, as many as there are synthetic rows
 * where there are so many; else `matched` is the synthetic table's score cut to the held-out rows' number.
 */
export async function scoreFidelity(
  tables: ScoredTables,
  options: FidelityOptions,
): Promise<Omit<Fidelity, "diagnostic">> {
  const { random } = options;
  const samples = makeSamples(tables, random);
  const shapes = tables.train.columns.map((column, at) =>
    samples.all.map((sample) => columnShape(column, sample.table.columns[at]!, sample.groups)),
  );
  const trends = await scorePairs(tables, samples, options);
  const counted = trends.filter((trend) => whyLeftOut(trend, options.compat) === undefined);
  const shapeMeans = samples.all.map((_, at) => meanSimilarity(shapes.map((shape) => shape[at]!)));
  const trendMeans = samples.all.map((_, at) => meanSimilarity(counted.map((trend) => trend.similarities[at]!)));
  const overall = samples.all.map((_, at) => meanSimilarity([shapeMeans[at]!, trendMeans[at]!]));
  const n = tables.synthetic.rowCount;
  return {
    columnShapes: similarityFigure(shapeMeans, samples, n, "no column could be scored"),
    pairTrends: similarityFigure(trendMeans, samples, n, "no pair of columns could be scored"),
    overall: similarityFigure(overall, samples, n, "nothing could be scored"),
    c2st: await scoreDetection(tables, options),
    accuracy: accuracyFigures(tables, samples, random.fork("combinations")),
    columns: tables.columns.map((_, at) => columnScore(tables, samples, at, shapes[at]!)),
    pairs: trends.map((trend) => pairScore(tables, samples, trend, options.compat)),
  };
}

function makeSamples(tables: ScoredTables, random: RandomStream): Samples {
  const { synthetic, holdout } = tables;
  const whole = { table: synthetic, groups: jackknifeGroups(synthetic.rowCount, random.fork("jackknife")) };
  if (holdout === undefined) return { all: [whole], ceiling: undefined, matched: undefined };
  const rows = Math.min(synthetic.rowCount, holdout.rowCount);
  const cut = takeFirstRows(holdout, rows, random.fork("holdout").permutation(holdout.rowCount));
  const ceiling = { table: cut, groups: undefined };
  if (rows === synthetic.rowCount) return { all: [whole, ceiling], ceiling: 1, matched: 0 };
  const part = takeFirstRows(synthetic, rows, random.fork("matched").permutation(synthetic.rowCount));
  return { all: [whole, ceiling, { table: part, groups: undefined }], ceiling: 1, matched: 2 };
}

/** Milliseconds are not counted here: after so many pairs the event loop gets its turn. */
const PAIRS_PER_TURN = 50;

async function scorePairs(tables: ScoredTables, samples: Samples, options: FidelityOptions): Promise<PairTrend[]> {
  const bins: PairBins = options.compat === "sdmetrics" ? "sdmetrics" : "real-edges";
  const scorer = makePairTrendScorer(tables.train, samples.all, bins);
  const count = tables.columns.length;
  const total = (count * (count - 1)) / 2;
  const trends: PairTrend[] = [];
  for (let a = 0; a < count; a++) {
    for (let b = a + 1; b < count; b++) {
      trends.push(scorer.score(a, b));
      if (trends.length % PAIRS_PER_TURN > 0) continue;
      await setImmediate();
      throwIfAborted(options.signal);
      options.onProgress?.({ kind: "progress", stage: "fidelity", done: trends.length, total, unit: "pairs" });
    }
  }
  return trends;
}

async function scoreDetection(tables: ScoredTables, options: FidelityOptions): Promise<Fidelity["c2st"]> {
  const { train, synthetic, holdout } = tables;
  const { random, signal, onProgress } = options;
  const total = holdout === undefined ? 1 : 3;
  const step = (done: number): void =>
    onProgress?.({ kind: "progress", stage: "detection", done, total, unit: "comparisons" });
  step(0);
  const against = await classifierTest(train, synthetic, { random: random.fork("c2st train"), signal });
  step(1);
  if (holdout === undefined) return { train: against, holdout: unavailable(NO_HOLDOUT) };
  const fresh = await classifierTest(holdout, synthetic, { random: random.fork("c2st holdout"), signal });
  step(2);
  const ceiling = await classifierTest(train, holdout, { random: random.fork("c2st ceiling"), signal });
  step(3);
  return { train: withCeiling(against, ceiling), holdout: withCeiling(fresh, ceiling) };
}

/** Why scores that need held-out rows have none. */
export const NO_HOLDOUT = "there are no held-out rows";

function withCeiling(figure: Figure, ceiling: Figure): Figure {
  return figure.value === undefined || ceiling.value === undefined ? figure : { ...figure, ceiling: ceiling.value };
}

function similarityFigure(sides: readonly Similarity[], samples: Samples, n: number, reason: string): Figure {
  const { value, leaveOut } = sides[0]!;
  if (Number.isNaN(value)) return unavailable(reason);
  return makeFigure(value, {
    error: leaveOut.length > 0 ? jackknifeError(leaveOut) : undefined,
    n,
    ...references(samples, (at) => sides[at]!.value),
  });
}

/** The ceiling, and the score of as many synthetic rows where the whole table has more. */
function references(
  samples: Samples,
  scoreOf: (sample: number) => number,
): { readonly ceiling?: number; readonly matched?: number } {
  if (samples.ceiling === undefined || samples.matched === undefined) return {};
  const ceiling = scoreOf(samples.ceiling);
  return samples.matched === 0 ? { ceiling } : { ceiling, matched: scoreOf(samples.matched) };
}

function accuracyFigures(tables: ScoredTables, samples: Samples, random: RandomStream): Fidelity["accuracy"] {
  const scores = scoreAccuracy(
    tables.train,
    samples.all.map((sample) => sample.table),
    random,
  );
  const figure = (kind: "univariate" | "bivariate" | "trivariate"): Figure => {
    const value = scores[0]![kind];
    if (Number.isNaN(value)) return unavailable("there are too few columns or no rows");
    const n = tables.synthetic.rowCount;
    return makeFigure(value, { n, ...references(samples, (at) => scores[at]![kind]) });
  };
  return { univariate: figure("univariate"), bivariate: figure("bivariate"), trivariate: figure("trivariate") };
}

function columnScore(tables: ScoredTables, samples: Samples, at: number, shapes: readonly Similarity[]): ColumnScore {
  const real = tables.train.columns[at]!;
  const synthetic = tables.synthetic.columns[at]!;
  const { name, type } = tables.columns[at]!;
  const reason = "a side has no known value";
  return {
    name,
    type,
    metric: shapeMetric(real),
    score: similarityFigure(shapes, samples, presentCount(synthetic), reason),
    missing: { real: missingShare(real), synthetic: missingShare(synthetic) },
    distribution: columnDistribution(tables, at),
  };
}

function pairScore(
  tables: ScoredTables,
  samples: Samples,
  trend: PairTrend,
  compat: FidelityOptions["compat"],
): PairScore {
  const [a, b] = trend.columns;
  const reason = whyLeftOut(trend, compat);
  const nullable = (value: number): number | null => (Number.isNaN(value) ? null : value);
  return {
    columns: [tables.columns[a]!.name, tables.columns[b]!.name],
    metric: trend.metric,
    score:
      reason === undefined
        ? similarityFigure(trend.similarities, samples, tables.synthetic.rowCount, "no rows")
        : unavailable(reason),
    association: { real: nullable(trend.real), synthetic: nullable(trend.associations[0]!) },
  };
}

/** SDMetrics (0.27 and later) counts a pair only where its real association is above these. */
const SDMETRICS_CORRELATION = 0.5;
const SDMETRICS_ASSOCIATION = 0.3;

function whyLeftOut(trend: PairTrend, compat: FidelityOptions["compat"]): string | undefined {
  if (Number.isNaN(trend.similarities[0]!.value)) {
    return trend.metric === "CorrelationSimilarity"
      ? "no correlation: a column is constant on a side, or no row has both values"
      : "a side has no rows";
  }
  if (compat !== "sdmetrics") return undefined;
  const least = trend.metric === "CorrelationSimilarity" ? SDMETRICS_CORRELATION : SDMETRICS_ASSOCIATION;
  return Math.abs(trend.real) > least ? undefined : `SDMetrics leaves out pairs with a real association up to ${least}`;
}

function presentCount(column: ScoredValues): number {
  let known = 0;
  if (column.kind === "number") for (const value of column.values) known += Number.isNaN(value) ? 0 : 1;
  else for (const code of column.codes) known += code < 0 ? 0 : 1;
  return known;
}

function missingShare(column: ScoredValues): number {
  const rows = column.kind === "number" ? column.values.length : column.codes.length;
  return rows === 0 ? 0 : 1 - presentCount(column) / rows;
}
