import { setImmediate } from "node:timers/promises";
import { throwIfAborted } from "../../core/errors.js";
import type { OnProgress } from "../../core/progress.js";
import type { RandomStream } from "../../core/random.js";
import type { Figure, Report } from "../report-schema.js";
import type { ScoredTables } from "../scored-table.js";
import type { TrainHalves } from "../split-train.js";
import { type Accuracy, scoreAccuracy } from "./accuracy.js";
import { makeSamples, type Samples, similarityFigure } from "./samples.js";
import { scoreColumns } from "./score-columns.js";
import { scorePairs } from "./score-pairs.js";
import { meanSimilarity } from "./similarity.js";
import { scoreSupport } from "./support.js";

export interface FidelityOptions {
  readonly random: RandomStream;
  /** What ceilings come from where no row was held out. */
  readonly halves?: TrainHalves | undefined;
  /** SDMetrics' quality report as it stands: its bins, and pairs without a strong real association left out. */
  readonly compat?: "sdmetrics" | undefined;
  readonly onProgress?: OnProgress | undefined;
  readonly signal?: AbortSignal | undefined;
}

type Fidelity = Report["fidelity"];

/**
 * Every fidelity score but the diagnostic ones and detection. Intervals: 95 %, by the delete-a-group jackknife over ten groups
 * of synthetic rows, training taken as given. Ceilings: the same score of held-out rows, as many as there are synthetic rows
 * where there are so many; else `matched` is the synthetic table's score cut to the held-out rows' number. Without held-out
 * rows the ceiling is one half of training against the other, `matched` as many synthetic rows against that other half.
 */
export async function scoreFidelity(
  tables: ScoredTables,
  options: FidelityOptions,
): Promise<Omit<Fidelity, "diagnostic" | "c2st">> {
  const { random, signal } = options;
  const samples = makeSamples(tables, random, options.halves);
  const { shapes, columns, coverage } = await scoreColumns(tables, samples, signal);
  const { pairs, means: trendMeans } = await scorePairs(tables, samples, options);
  const shapeMeans = samples.all.map((_, at) => meanSimilarity(shapes.map((shape) => shape[at]!)));
  const overall = samples.all.map((_, at) => meanSimilarity([shapeMeans[at]!, trendMeans[at]!]));
  const n = tables.synthetic.rowCount;
  await setImmediate();
  throwIfAborted(signal);
  return {
    columnShapes: similarityFigure(shapeMeans, samples, n, "no column could be scored"),
    pairTrends: similarityFigure(trendMeans, samples, n, "no pair of columns could be scored"),
    overall: similarityFigure(overall, samples, n, "nothing could be scored"),
    accuracy: await accuracyFigures(tables, samples, { random: random.fork("combinations"), signal }),
    support: await scoreSupport(tables.train, samples, { random: random.fork("support"), signal }),
    coverage,
    columns,
    pairs: [...pairs],
  };
}

async function accuracyFigures(
  tables: ScoredTables,
  samples: Samples,
  options: { readonly random: RandomStream; readonly signal: AbortSignal | undefined },
): Promise<Fidelity["accuracy"]> {
  const scores = await scoreAccuracy(tables.train, samples.all, options);
  const figure = (kind: keyof Accuracy): Figure =>
    similarityFigure(
      scores.map((score) => score[kind]),
      samples,
      tables.synthetic.rowCount,
      "there are too few columns or no rows",
    );
  return { univariate: figure("univariate"), bivariate: figure("bivariate"), trivariate: figure("trivariate") };
}
