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
    .array(z.array(z.array(z.number())))
    .describe("by level and step: the quantile curve of the numbers in that share; empty where there is none"),
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

export interface RoundnessOptions {
  readonly minCategoryCount: number;
  /** The quantile curve of ascending places between the edges of their bin, which may be the outermost. */
  readonly fitKnots: (places: Float64Array, low: number, high: number, isTail: boolean) => number[];
}

/**
 * The roundness of whole, ascending `places` [rows] whose levels are `levels`; undefined where no step is more frequent than by
 * chance. A step has a share in a bin where at least `minCategoryCount` rows have it; else its rows count to the next finer.
 */
export function fitRoundness(
  places: Float64Array,
  lattice: NonNullable<Lattice>,
  levels: readonly NumberLevel[],
  options: RoundnessOptions,
): RoundedLevels | undefined {
  const bins = binRows(places, levels);
  const steps = excessiveSteps(bins, lattice, MIN_SHARE * places.length);
  if (steps.length === 0) return undefined;
  const fitted = levels.map((level, i) =>
    typeof level === "number"
      ? { level, shares: [], knots: [] }
      : fitBin(level, bins[i]!, steps, { ...options, isTail: i === 0 || i === levels.length - 1 }),
  );
  return {
    levels: fitted.map(({ level }) => level),
    roundness: { steps, shares: fitted.map(({ shares }) => shares), knots: fitted.map(({ knots }) => knots) },
  };
}

/** One bin: the curve of what is not round, and share and curve of each step. */
function fitBin(
  level: number[],
  places: Float64Array,
  steps: readonly number[],
  { minCategoryCount, fitKnots, isTail }: RoundnessOptions & { readonly isTail: boolean },
): { readonly level: number[]; readonly shares: number[]; readonly knots: number[][] } {
  const coarsest = coarsestSteps(places, steps, minCategoryCount);
  const curveOf = (part: Float64Array): number[] => fitKnots(part, level[0]!, level[level.length - 1]!, isTail);
  const parts = steps.map((_, step) => places.filter((_, rank) => coarsest[rank] === step));
  if (parts.every((part) => part.length === 0)) return { level, shares: [], knots: [] };
  const plain = places.filter((_, rank) => coarsest[rank]! < 0);
  return {
    level: plain.length < minCategoryCount ? level : curveOf(plain),
    shares: parts.map((part) => Math.round((1000 * part.length) / places.length) / 1000),
    knots: parts.map((part) => (part.length === 0 ? [] : curveOf(part))),
  };
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
 * unmoved where the bin has none next to it, or the level no shares. `knots` are the bin's. A place that was rounded before
 * would lie amid two such multiples too often to say which is the nearest.
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
    multiple > knots[0]! &&
    multiple < knots[knots.length - 1]! &&
    (coarser === undefined || !isMultiple(multiple, coarser));
  const nearest = Math.round(place / step) * step;
  const beyond = place >= nearest ? step : -step;
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

/** Faster than a remainder of floating-point numbers, and exact below 2^53. */
function isMultiple(place: number, step: number): boolean {
  return Math.round(place / step) * step === place;
}

function countMultiples(places: Float64Array, step: number): number {
  let count = 0;
  for (let i = 0; i < places.length; i++) if (isMultiple(places[i]!, step)) count++;
  return count;
}

/** By place the coarsest step that divides it, an index into `steps` or -1; steps of too few rows are left out. */
function coarsestSteps(places: Float64Array, steps: readonly number[], minCategoryCount: number): Int8Array {
  const coarsest = new Int8Array(places.length);
  const counts = new Uint32Array(steps.length);
  for (let rank = 0; rank < places.length; rank++) {
    let step = -1;
    while (step + 1 < steps.length && isMultiple(places[rank]!, steps[step + 1]!)) step++;
    coarsest[rank] = step;
    if (step >= 0) counts[step]!++;
  }
  const becomes = Int8Array.from(counts, (_, step) => step);
  for (let step = steps.length - 1; step >= 0; step--) {
    if (counts[step]! >= minCategoryCount) continue;
    if (step > 0) counts[step - 1]! += counts[step]!;
    for (let other = step; other < steps.length; other++) if (becomes[other] === step) becomes[other] = step - 1;
  }
  return coarsest.map((step) => (step < 0 ? -1 : becomes[step]!));
}
