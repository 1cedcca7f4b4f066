import { unavailable } from "../figure.js";
import type { PairScore, Sides } from "../report-schema.js";
import type { ScoredTables } from "../scored-table.js";
import type { PairTrend } from "./pair-trend.js";
import type { RankScorer } from "./rank-scorer.js";
import { type Samples, similarityFigure } from "./samples.js";

/** All that is reported of one pair of columns but its picture. `compat`: as SDMetrics' quality report, which leaves pairs out. */
export function pairScore(
  tables: ScoredTables,
  samples: Samples,
  trend: PairTrend,
  ranks: RankScorer,
  compat: "sdmetrics" | undefined,
): PairScore {
  const [a, b] = trend.columns;
  const { measure, real, synthetic } = trend.association;
  const reason = whyLeftOut(trend, compat);
  const spearman = ranks.score(a, b);
  return {
    columns: [tables.columns[a]!.name, tables.columns[b]!.name],
    metric: trend.metric,
    score:
      reason === undefined
        ? similarityFigure(trend.similarities, samples, tables.synthetic.rowCount, "no rows")
        : unavailable(reason),
    association: { measure, ...sides(real, synthetic) },
    ...(spearman === undefined ? {} : { spearman: sides(spearman.real, spearman.synthetic) }),
  };
}

function sides(real: number, synthetic: number): Sides {
  return { real: Number.isNaN(real) ? null : real, synthetic: Number.isNaN(synthetic) ? null : synthetic };
}

/** SDMetrics (0.27 and later) counts a pair only where its real association is above these. */
const SDMETRICS_CORRELATION = 0.5;
const SDMETRICS_ASSOCIATION = 0.3;

/** Why a pair has no score; undefined where it has one. */
export function whyLeftOut(trend: PairTrend, compat: "sdmetrics" | undefined): string | undefined {
  if (Number.isNaN(trend.similarities[0]!.value)) {
    return trend.metric === "CorrelationSimilarity"
      ? "no correlation: a column is constant on a side, or no row has both values"
      : "a side has no rows";
  }
  if (compat !== "sdmetrics") return undefined;
  const least = trend.metric === "CorrelationSimilarity" ? SDMETRICS_CORRELATION : SDMETRICS_ASSOCIATION;
  return Math.abs(trend.strength) > least
    ? undefined
    : `SDMetrics leaves out pairs with a real association up to ${least}`;
}
