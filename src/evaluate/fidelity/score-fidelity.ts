import { setImmediate } from "node:timers/promises";
import { throwIfAborted } from "../../core/errors.js";
import type { OnProgress } from "../../core/progress.js";
import type { RandomStream } from "../../core/random.js";
import { makeFigure, unavailable } from "../figure.js";
import type { Figure, Report } from "../report-schema.js";
import type { ScoredTables } from "../scored-table.js";
import { scoreAccuracy } from "./accuracy.js";
import { columnScore } from "./column-score.js";
import { columnShape } from "./column-shape.js";
import type { PairBins } from "./pair-codes.js";
import { pairScore, whyLeftOut } from "./pair-score.js";
import { makePairTrendScorer, type PairTrend } from "./pair-trend.js";
import { makeSamples, references, type Samples, similarityFigure } from "./samples.js";
import { meanSimilarity } from "./similarity.js";

export interface FidelityOptions {
  readonly random: RandomStream;
  /** SDMetrics' quality report as it stands: its bins, and pairs without a strong real association left out. */
  readonly compat?: "sdmetrics" | undefined;
  readonly onProgress?: OnProgress | undefined;
  readonly signal?: AbortSignal | undefined;
}

type Fidelity = Report["fidelity"];

/**
 * Every fidelity score but the diagnostic ones and detection. Intervals: 95 %, by the delete-a-group jackknife over ten groups of
 * synthetic rows, training taken as given. Ceilings: the same score of held-out rows, as many as there are synthetic rows
 * where there are so many; else `matched` is the synthetic table's score cut to the held-out rows' number.
 */
export async function scoreFidelity(
  tables: ScoredTables,
  options: FidelityOptions,
): Promise<Omit<Fidelity, "diagnostic" | "c2st">> {
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
    accuracy: accuracyFigures(tables, samples, random.fork("combinations")),
    columns: tables.columns.map((_, at) => columnScore(tables, samples, at, shapes[at]!)),
    pairs: trends.map((trend) => pairScore(tables, samples, trend, options.compat)),
  };
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
