import { kolmogorovSmirnov } from "../../stats/kolmogorov-smirnov.js";
import { totalVariation } from "../../stats/total-variation.js";
import type { ScoredValues } from "../scored-table.js";
import { type ColumnSide, makeColumnSide } from "./column-side.js";
import { countedStatistic } from "./counted-values.js";
import type { Similarity } from "./similarity.js";
import { sortedStatistic } from "./sorted-values.js";

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
  return sideShape(makeColumnSide(real, sample, groups));
}

/** The same of a column that is prepared already. */
export function sideShape(side: ColumnSide): Similarity {
  if (side.kind === "number") {
    return sortedStatistic(side.sample, (kept) => 1 - kolmogorovSmirnov(side.real.values, kept));
  }
  return countedStatistic(side.sample, (kept) => 1 - totalVariation(side.real.counts, kept));
}
