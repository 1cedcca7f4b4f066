import { quantileSorted } from "simple-statistics";
import { wilsonInterval } from "../../stats/wilson-interval.js";
import type { Figure } from "../report-schema.js";
import type { Neighbors } from "./nearest-neighbors.js";

/** Two distances closer than this are equal: their sums differ by rounding alone. */
const EQUAL_DISTANCE = 1e-9;

/** The distance to the nearest record of each query. [queries] */
export function closestDistances(neighbors: Neighbors): Float64Array {
  return neighbors.distances.filter((_, at) => at % neighbors.k === 0);
}

/**
 * Ratio of the distances to the nearest and second nearest record, (d1 + 1e-8) / (d2 + 1e-8), in 0..1; near 0 means that
 * one record stands out as a source. Needs k >= 2. [queries]
 */
export function neighborRatios(neighbors: Neighbors): Float64Array {
  const ratios = new Float64Array(neighbors.distances.length / neighbors.k);
  for (let row = 0; row < ratios.length; row++) {
    const nearest = neighbors.distances[row * neighbors.k]!;
    const second = neighbors.distances[row * neighbors.k + 1]!;
    ratios[row] = (nearest + 1e-8) / (second + 1e-8);
  }
  return ratios;
}

/** A quantile with its 95 % interval from order statistics (ranks n p -+ 1.96 sqrt(n p (1 - p))). */
export function quantileFigure(values: Float64Array, probability: number): Figure {
  const sorted = Array.from(values.toSorted());
  const margin = 1.96 * Math.sqrt((probability * (1 - probability)) / sorted.length);
  const at = (p: number) => quantileSorted(sorted, Math.min(1, Math.max(0, p)));
  return {
    value: at(probability),
    low: at(probability - margin),
    high: at(probability + margin),
    n: sorted.length,
    status: "ok",
  };
}

/** Quantiles 0, .01 .. 1. [101] */
export function quantileCurve(values: Float64Array): number[] {
  const sorted = Array.from(values.toSorted());
  return Array.from({ length: 101 }, (_, i) => quantileSorted(sorted, i / 100));
}

/** The share of rows nearer to training than to held-out rows. */
export interface NearerShare {
  readonly figure: Figure;
  /** Independent rows that the interval counts: less than n where many rows share one nearest record. */
  readonly effectiveRows: number;
}

/**
 * DCR share: P(d_train < d_holdout) + P(equal) / 2 over the chosen rows, against references of the same size; .5 = no
 * memorisation. Wilson's interval on an effective number of rows: were training and held-out rows exchangeable, each
 * reference record would stand on either side by the toss of a coin, and with it all rows whose nearest record it is; the
 * share's variance is then (1/4) sum of w^2, w the share of rows that a record is nearest to, as of 1 / sum w^2 rows (Kish's
 * design effect). Rows taken as independent would give too narrow an interval.
 */
export function nearerToTrainShare(
  train: Neighbors,
  holdout: Neighbors,
  chosen?: ArrayLike<number>,
  z = 1.96,
): NearerShare {
  const total = chosen?.length ?? train.distances.length / train.k;
  const trainWeights = new Map<number, number>();
  const holdoutWeights = new Map<number, number>();
  let nearer = 0;
  for (let i = 0; i < total; i++) {
    const row = chosen?.[i] ?? i;
    const difference = train.distances[row * train.k]! - holdout.distances[row * holdout.k]!;
    const credit = Math.abs(difference) <= EQUAL_DISTANCE ? 0.5 : difference < 0 ? 1 : 0;
    nearer += credit;
    if (credit > 0) addWeight(trainWeights, train.rows[row * train.k]!, credit);
    if (credit < 1) addWeight(holdoutWeights, holdout.rows[row * holdout.k]!, 1 - credit);
  }
  if (total === 0) return { figure: { status: "unavailable", reason: "there are no rows" }, effectiveRows: 0 };
  let squares = 0;
  for (const weight of [...trainWeights.values(), ...holdoutWeights.values()]) squares += (weight / total) ** 2;
  const effectiveRows = Math.min(total, 1 / squares);
  const share = nearer / total;
  const { low, high } = wilsonInterval(share * effectiveRows, effectiveRows, z);
  return {
    figure: { value: share, low, high, n: total, ceiling: 0.5, status: "ok" },
    effectiveRows,
  };
}

/** The tenth of the rows that lie nearest to any real record, training or held-out. */
export function nearestDecile(train: Neighbors, holdout: Neighbors): Uint32Array {
  const toTrain = closestDistances(train);
  const toHoldout = closestDistances(holdout);
  const nearest = toTrain.map((distance, row) => Math.min(distance, toHoldout[row]!));
  const order = Uint32Array.from(nearest, (_, row) => row).sort((a, b) => nearest[a]! - nearest[b]! || a - b);
  return order.slice(0, Math.ceil(order.length / 10));
}

function addWeight(weights: Map<number, number>, record: number, weight: number): void {
  weights.set(record, (weights.get(record) ?? 0) + weight);
}
