import { sampleStandardDeviation } from "simple-statistics";
import { asNumbers } from "../../stats/as-numbers.js";
import { jensenShannon } from "../../stats/jensen-shannon.js";
import { quantiles } from "../../stats/quantiles.js";
import { countBelow } from "../../stats/sorted-search.js";
import { wasserstein } from "../../stats/wasserstein.js";
import { unavailable } from "../figure.js";
import type { ColumnScore, Figure } from "../report-schema.js";
import type { ColumnSide } from "./column-side.js";
import { countedStatistic } from "./counted-values.js";
import { type Samples, similarityFigure } from "./samples.js";
import { binSorted, type SortedValues, sortedStatistic } from "./sorted-values.js";

const NO_VALUES = "a side has no known value";
const DECILES = [0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9];

/**
 * How far a column's known values lie from the real ones, 0 = equal: Wasserstein-1 in standard deviations of the training
 * column (numbers and dates), and the Jensen-Shannon distance over categories or over the accuracy's ten quantile bins.
 * Both are above 0 for fresh real rows too: the ceiling says by how much.
 * @param sides the column in each sample, [samples]
 */
export function columnDistances(
  sides: readonly ColumnSide[],
  samples: Samples,
  n: number,
): Pick<ColumnScore, "wasserstein" | "jensenShannon"> {
  const train = sides[0]!.real;
  const edges = Float64Array.from("values" in train ? quantiles(train.values, DECILES) : []);
  const distances = sides.map((side) => binDistance(side, edges));
  const jensenShannon = similarityFigure(distances, samples, n, NO_VALUES, { better: "lower" });
  return "values" in train
    ? { wasserstein: wassersteinFigure(train.values, sides, samples, n), jensenShannon }
    : { jensenShannon };
}

function binDistance(side: ColumnSide, edges: Float64Array): ReturnType<typeof countedStatistic> {
  if (side.kind === "category") {
    return countedStatistic(side.sample, (kept) => jensenShannon(side.real.counts, kept));
  }
  // Bin i holds edges[i-1] < value <= edges[i].
  const count = (values: SortedValues) => binSorted(values, edges.length + 1, (value) => countBelow(edges, value));
  const { counts } = count(side.real);
  return countedStatistic(count(side.sample), (kept) => jensenShannon(counts, kept));
}

function wassersteinFigure(train: Float64Array, sides: readonly ColumnSide[], samples: Samples, n: number): Figure {
  if (train.length === 0) return unavailable(NO_VALUES);
  const deviation = train.length < 2 ? 0 : sampleStandardDeviation(asNumbers(train));
  if (!(deviation > 0 && Number.isFinite(deviation))) return unavailable("the training column does not vary");
  const distances = sides.map((side) =>
    side.kind === "number"
      ? sortedStatistic(side.sample, (kept) => wasserstein(side.real.values, kept) / deviation)
      : { value: Number.NaN, leaveOut: [] },
  );
  return similarityFigure(distances, samples, n, NO_VALUES, { better: "lower", range: [0, Number.MAX_VALUE] });
}
