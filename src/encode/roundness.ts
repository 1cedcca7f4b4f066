import { z } from "zod";
import { countBelow } from "../stats/sorted-search.js";
import type { NumberLevel } from "./fit-number-levels.js";
import type { Lattice } from "./lattice.js";

/**
 * How often the numbers of a bin are multiples of round steps (1000, 500, 100, ...). Without it a decoder spreads over all
 * numbers of a bin what people rounded, and hits values that only one row has too often. Steps are places on the lattice.
 */
export const roundnessSchema = z.strictObject({
  steps: z.array(z.number().int().min(2)).min(1).describe("round steps, finest first; each divides the next"),
  shares: z
    .array(z.array(z.number().min(0).max(1)))
    .describe(
      "by level: the shares of its numbers whose coarsest step is this one; empty where too few rows are round",
    ),
  knots: z
    .array(z.array(z.number()))
    .describe("by level: the quantile curve of its round numbers; empty like its shares"),
});

export type Roundness = z.infer<typeof roundnessSchema>;

const ROUND_UNITS = [1, 10, 100, 1000, 10_000, 100_000].flatMap((power) => [5 * power, 10 * power]);
/** A step is taken up where so large a share of rows are multiples, and so many times more than chance has it. */
const MIN_SHARE = 0.01;
const MIN_EXCESS = 1.3;

/** Levels whose curves leave out what is round, and how often they are round. */
export interface RoundedLevels {
  readonly levels: NumberLevel[];
  readonly roundness: Roundness;
}

/**
 * The roundness of whole, ascending `places` [rows] whose levels are `levels`; undefined where no step is more frequent than by
 * chance. A step has a share in a bin where at least `minCategoryCount` rows have it; else its rows count to the next finer.
 * `fitKnots` draws a bin's curve anew through the places that are not round.
 */
export function fitRoundness(
  places: Float64Array,
  lattice: NonNullable<Lattice>,
  levels: readonly NumberLevel[],
  options: {
    readonly minCategoryCount: number;
    readonly fitKnots: (places: Float64Array, low: number, high: number) => number[];
  },
): RoundedLevels | undefined {
  const bins = binRows(places, levels);
  const steps = excessiveSteps(bins, lattice, MIN_SHARE * places.length);
  if (steps.length === 0) return undefined;
  const shares = bins.map((rows) => sharesOf(countSteps(rows, steps), rows.length, options.minCategoryCount));
  const curves = levels.map((level, i) => {
    const finest = steps[shares[i]!.findIndex((share) => share > 0)];
    if (typeof level === "number" || finest === undefined) return { plain: level, round: [] };
    const curveOf = (places: Float64Array): number[] =>
      places.length < options.minCategoryCount ? level : options.fitKnots(places, level[0]!, level[level.length - 1]!);
    return {
      plain: curveOf(bins[i]!.filter((place) => place % finest !== 0)),
      round: curveOf(bins[i]!.filter((place) => place % finest === 0)),
    };
  });
  const roundness = { steps, shares, knots: curves.map(({ round }) => round) };
  return { levels: curves.map(({ plain }) => plain), roundness };
}

/**
 * The step that the uniform `u` picks by the level's shares: an index into the steps, -1 for none (and where the level has no shares).
 */
export function pickStep({ shares }: Roundness, level: number, u: number): number {
  const own = shares[level]!;
  let left = u;
  let picked = own.length - 1;
  while (picked >= 0 && left >= own[picked]!) left -= own[picked--]!;
  return picked;
}

/**
 * `place` moved to the nearest multiple of the picked step that is no multiple of a coarser one (of the level's steps);
 * unmoved where the bin has none next to it, or the level no shares. `knots` are the bin's.
 */
export function roundPlace(
  place: number,
  knots: readonly number[],
  { steps, shares }: Roundness,
  level: number,
  picked: number,
): number {
  const own = shares[level]!;
  if (own.length === 0) return place;
  const coarser = steps.find((_, i) => i > picked && own[i]! > 0);
  const step = picked < 0 ? 1 : steps[picked]!;
  const isFit = (multiple: number): boolean =>
    multiple > knots[0]! && multiple < knots[knots.length - 1]! && (coarser === undefined || multiple % coarser !== 0);
  const nearest = Math.round(place / step) * step;
  const isBelow = place === nearest ? (nearest / (coarser ?? step)) % 2 === 0 : place > nearest;
  const beyond = isBelow ? step : -step;
  return [nearest, nearest + beyond, nearest - beyond].find(isFit) ?? place;
}

/** By level the places that lie in it; none for a single value. */
function binRows(places: Float64Array, levels: readonly NumberLevel[]): Float64Array[] {
  return levels.map((level) =>
    typeof level === "number"
      ? places.subarray(0, 0)
      : places.subarray(countBelow(places, level[0]!), countBelow(places, level[level.length - 1]!)),
  );
}

/** The steps whose multiples are in excess among those of the finer step before. */
function excessiveSteps(bins: readonly Float64Array[], { step }: NonNullable<Lattice>, minRows: number): number[] {
  const found: number[] = [];
  let finer = 1;
  let finerRows = bins.reduce((sum, places) => sum + places.length, 0);
  for (const unit of ROUND_UNITS) {
    const candidate = unit / step;
    if (candidate <= finer || unit % step !== 0) continue;
    const rows = bins.reduce((sum, places) => sum + countMultiples(places, candidate), 0);
    if (rows < minRows) break;
    if (rows < (MIN_EXCESS * finerRows * finer) / candidate) continue;
    found.push(candidate);
    finer = candidate;
    finerRows = rows;
  }
  return found;
}

function countMultiples(places: Float64Array, step: number): number {
  let count = 0;
  for (const place of places) if (place % step === 0) count++;
  return count;
}

/** How many of the places have each step as their coarsest. */
function countSteps(places: Float64Array, steps: readonly number[]): Uint32Array {
  const counts = new Uint32Array(steps.length);
  for (const place of places) {
    let coarsest = 0;
    while (coarsest < steps.length && place % steps[coarsest]! === 0) coarsest++;
    if (coarsest > 0) counts[coarsest - 1]!++;
  }
  return counts;
}

function sharesOf(counts: Uint32Array, rows: number, minCategoryCount: number): number[] {
  let carried = 0;
  const shares = Array.from(counts, () => 0);
  for (let i = counts.length - 1; i >= 0; i--) {
    carried += counts[i]!;
    if (carried < minCategoryCount) continue;
    shares[i] = Math.round((1000 * carried) / rows) / 1000;
    carried = 0;
  }
  return shares.some((share) => share > 0) ? shares : [];
}
