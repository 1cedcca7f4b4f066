import type { RandomStream } from "../../../core/random.js";
import { wilsonInterval } from "../../../stats/wilson-interval.js";
import { type CodedTable, takeCodedRows } from "../coded-table.js";
import { nearestNeighbors } from "../nearest-neighbors.js";
import { sampleRows } from "../sample-rows.js";
import { countNear } from "./rows-near.js";

/** How often the places that the filter empties would have been empty anyway, and what their emptiness tells. */
export interface FilterLeak {
  /** Held-out rows looked at: they have no training row within the distance. */
  readonly places: number;
  /** Share of the places in which a released row stands, and the upper end of its 95 % interval. */
  readonly filled: { readonly value: number; readonly high: number };
  /** The same in the tenth of the places that have most released rows around them: there absence tells most. */
  readonly densest: { readonly value: number; readonly high: number; readonly places: number };
  /** How many times likelier the emptiest place makes it, at most, that a training row stands there. */
  readonly likelihoodRatio: number;
}

/** Held-out rows that are looked at, at most. */
const MOST_PLACES = 5000;
/** The released row, by distance, beyond the place that says how dense its surroundings are. */
const SURROUNDING = 5;
/** Neighbours that are searched to find it behind those within the place. */
const SEARCHED = 10;

/**
 * What a filter leaks that releases no row within `distance` of a lone training row. Were a held-out row that has no training
 * row near it in training instead, its place would be empty; now a released row stands there with a probability q. Whoever
 * sees it empty has learnt a likelihood ratio of 1 / (1 - q). q is taken at the upper end of its interval, over all places and
 * over the densest tenth, whichever is more. All tables in one coding; deterministic for a stream.
 */
export async function measureFilterLeak(
  tables: { readonly train: CodedTable; readonly holdout: CodedTable; readonly released: CodedTable },
  distance: number,
  random: RandomStream,
  signal?: AbortSignal,
): Promise<FilterLeak> {
  const { train, holdout, released } = tables;
  const lone = await loneRows(train, holdout, distance, signal);
  const chosen = sampleRows(lone.length, MOST_PLACES, random).map((at) => lone[at]!);
  const places = takeCodedRows(holdout, chosen);
  const { distances } = await nearestNeighbors(released, places, SEARCHED, signal);
  const looks = Array.from({ length: places.rowCount }, (_, row) =>
    lookAt(distances.subarray(row * SEARCHED, (row + 1) * SEARCHED), distance),
  );
  const densest = looks.toSorted((a, b) => a.surroundings - b.surroundings).slice(0, Math.ceil(looks.length / 10));
  const [filled, dense] = [shareFilled(looks), shareFilled(densest)];
  return {
    places: looks.length,
    filled,
    densest: { ...dense, places: densest.length },
    likelihoodRatio: 1 / (1 - Math.max(filled.high, dense.high)),
  };
}

/** The held-out rows that have no training row within the distance. */
export async function loneRows(
  train: CodedTable,
  holdout: CodedTable,
  distance: number,
  signal?: AbortSignal,
): Promise<number[]> {
  const near = await countNear(train, holdout, distance, signal);
  return Array.from(near.keys()).filter((row) => near[row] === 0);
}

interface Look {
  readonly isFilled: boolean;
  /** Distance to the fifth released row beyond the place. */
  readonly surroundings: number;
}

function lookAt(distances: Float64Array, distance: number): Look {
  const reach = distance + 1e-9;
  const within = distances.filter((one) => one <= reach).length;
  // A place with so many rows in it that no fifth one beyond was searched is as dense as can be.
  const surroundings = distances[within + SURROUNDING - 1] ?? reach;
  return { isFilled: within > 0, surroundings };
}

function shareFilled(looks: readonly Look[]): { value: number; high: number } {
  const count = looks.filter(({ isFilled }) => isFilled).length;
  return { value: looks.length === 0 ? 0 : count / looks.length, high: wilsonInterval(count, looks.length).high };
}
