import { JACKKNIFE_GROUPS } from "../../stats/jackknife.js";
import { kolmogorovSmirnov } from "../../stats/kolmogorov-smirnov.js";
import { sortedOrder } from "../../stats/sorted-order.js";
import { totalVariation } from "../../stats/total-variation.js";
import type { ScoredValues } from "../scored-table.js";
import type { Similarity } from "./similarity.js";

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
  if (real.kind === "number" && sample.kind === "number") return numberShape(real.values, sample.values, groups);
  if (real.kind === "category" && sample.kind === "category") return categoryShape(real, sample, groups);
  throw new TypeError("the two sides of a column are of different kinds");
}

function numberShape(real: Float64Array, sample: Float64Array, groups: Uint8Array | undefined): Similarity {
  const realSorted = real.filter((value) => !Number.isNaN(value)).sort();
  if (groups === undefined) {
    const sorted = sample.filter((value) => !Number.isNaN(value)).sort();
    return { value: 1 - kolmogorovSmirnov(realSorted, sorted), leaveOut: [] };
  }
  const present = Uint32Array.from(sample.keys()).filter((row) => !Number.isNaN(sample[row]!));
  const order = sortedOrder(Float64Array.from(present, (row) => sample[row]!));
  const rows = order.map((at) => present[at]!);
  const sorted = Float64Array.from(rows, (row) => sample[row]!);
  const leaveOut = Array.from({ length: JACKKNIFE_GROUPS }, (_, group) => {
    const kept = sorted.filter((_, at) => groups[rows[at]!] !== group);
    return 1 - kolmogorovSmirnov(realSorted, kept);
  });
  return { value: 1 - kolmogorovSmirnov(realSorted, sorted), leaveOut: leaveOut.some(Number.isNaN) ? [] : leaveOut };
}

type CategoryValues = ScoredValues & { readonly kind: "category" };

function categoryShape(real: CategoryValues, sample: CategoryValues, groups: Uint8Array | undefined): Similarity {
  const realCounts = countLevels(real);
  const counts = countLevels(sample);
  const value = 1 - totalVariation(realCounts, counts);
  if (groups === undefined) return { value, leaveOut: [] };
  const leaveOut = Array.from({ length: JACKKNIFE_GROUPS }, (_, group) => {
    const left = counts.slice();
    for (let row = 0; row < groups.length; row++) {
      const code = sample.codes[row]!;
      if (code >= 0 && groups[row] === group) left[code] = left[code]! - 1;
    }
    return 1 - totalVariation(realCounts, left);
  });
  return { value, leaveOut: leaveOut.some(Number.isNaN) ? [] : leaveOut };
}

function countLevels(column: CategoryValues): Float64Array {
  const counts = new Float64Array(column.levels);
  for (const code of column.codes) if (code >= 0) counts[code] = counts[code]! + 1;
  return counts;
}
