import type { PairScore } from "../../evaluate/report-schema.js";

type Measure = NonNullable<PairScore["association"]["measure"]>;

/** Names of the measures of association, for readers. */
export const MEASURE_NAMES = {
  pearson: "Pearson’s correlation",
  correlationRatio: "correlation ratio",
  cramersV: "Cramér’s V",
} as const satisfies Record<Measure, string>;

/** Which measure a pair's association is; older reports do not say, so the metric does. */
export function measureOf(pair: PairScore): Measure {
  return pair.association.measure ?? (pair.metric === "CorrelationSimilarity" ? "pearson" : "cramersV");
}

/** Synthetic minus real association; null where either is unknown. */
export function associationChange(pair: PairScore): number | null {
  const { real, synthetic } = pair.association;
  return real === null || synthetic === null ? null : synthetic - real;
}
