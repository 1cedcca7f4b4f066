import { kolmogorovSmirnov } from "../../stats/kolmogorov-smirnov.js";
import { totalVariation } from "../../stats/total-variation.js";
import type { ScoredValues } from "../scored-table.js";
import { countedStatistic, countValues } from "./counted-values.js";
import type { Similarity } from "./similarity.js";
import { sortedStatistic, sortValues } from "./sorted-values.js";

/** The metric of a column's shape. */
export function shapeMetric(column: ScoredValues): "KSComplement" | "TVComplement" {
  return column.kind === "number" ? "KSComplement" : "TVComplement";
}

/**
 * How alike two columns' distributions are, missing values left out: KSComplement = 1 - sup|F - G| for numbers,
 * TVComplement = 1 - 1/2 sum|p - q| for categories (SDMetrics' definitions). NaN where a side has no value.
 * @param groups jackknife group of each of the sample's rows; undefined: no leave-out scores
 */
export function columnShape(real: ScoredValues, sample: ScoredValues, groups: Uint8Array | undefined): Similarity {
  if (real.kind === "number" && sample.kind === "number") {
    const { values } = sortValues(real.values, undefined);
    return sortedStatistic(sortValues(sample.values, groups), (kept) => 1 - kolmogorovSmirnov(values, kept));
  }
  if (real.kind === "category" && sample.kind === "category") {
    const { counts } = countValues(real.codes, real.levels, undefined);
    const counted = countValues(sample.codes, sample.levels, groups);
    return countedStatistic(counted, (kept) => 1 - totalVariation(counts, kept));
  }
  throw new TypeError("the two sides of a column are of different kinds");
}
