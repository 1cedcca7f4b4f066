import { makeRandom, type RandomStream } from "../core/random.js";
import { fromLattice, toLattice } from "./lattice.js";
import { drawNumber, type QuantileBinsEncoding } from "./quantile-bins.js";

/** Closed intervals of numbers that are allowed, ascending and disjoint; a single number is an interval from it to itself. */
export type NumberRanges = readonly (readonly [number, number])[];

/** Numbers drawn from a bin that lies partly within ranges, to see how much of it does. */
const TRIES = 2048;

/** Fewer hits say little: the quantile curve is asked instead. */
const MIN_HITS = 32;

/** The share of a level that has allowed numbers, however few. */
const LEAST_SHARE = 1e-9;

/** Attempts at a number within a bin before it is drawn evenly among the allowed ones. */
const MAX_ATTEMPTS = 256;

/** How much of each level lies within `ranges`, 0..1, [levels]; that of the missing level, where there is one, is `missing`. */
export function shareOfLevels(encoding: QuantileBinsEncoding, ranges: NumberRanges, missing: 0 | 1): Float32Array {
  const shares = encoding.levels.map((_, code) => shareWithin(encoding, code, ranges));
  return Float32Array.from(encoding.missing ? [...shares, missing] : shares);
}

/** A number of the level `code` that lies within `ranges`; where the level has none there, any of its numbers. */
export function drawNumberWithin(
  encoding: QuantileBinsEncoding,
  code: number,
  ranges: NumberRanges,
  random: RandomStream,
): number {
  let value = drawNumber(encoding, code, random);
  if (typeof encoding.levels[code] === "number" || Number.isNaN(value)) return value;
  for (let attempt = 1; attempt < MAX_ATTEMPTS && !isWithin(ranges, value); attempt++) {
    value = drawNumber(encoding, code, random);
  }
  if (isWithin(ranges, value)) return value;
  const place = drawEvenly(allowedParts(encoding, code, ranges), encoding, random);
  return place === undefined ? value : fromLattice(encoding.lattice, place);
}

/** A place in one of the parts, each place as likely as the next. */
function drawEvenly(
  parts: readonly (readonly [number, number])[],
  { lattice }: QuantileBinsEncoding,
  random: RandomStream,
): number | undefined {
  const step = lattice === null ? 0 : 1;
  let left = random.uniform() * parts.reduce((sum, [low, high]) => sum + high - low + step, 0);
  for (const [low, high] of parts) {
    if (left <= high - low + step) return step === 0 ? low + left : Math.min(high, low + Math.floor(left));
    left -= high - low + step;
  }
  return undefined;
}

function isWithin(ranges: NumberRanges, value: number): boolean {
  return ranges.some(([low, high]) => value >= low && value <= high);
}

function shareWithin(encoding: QuantileBinsEncoding, code: number, ranges: NumberRanges): number {
  const level = encoding.levels[code]!;
  if (typeof level === "number") return isWithin(ranges, fromLattice(encoding.lattice, level)) ? 1 : 0;
  const parts = allowedParts(encoding, code, ranges);
  if (parts.length === 0) return 0;
  const [low, high] = edgesOf(encoding, code);
  if (parts.length === 1 && parts[0]![0] <= low && parts[0]![1] >= high) return 1;
  const random = makeRandom(code);
  let hits = 0;
  for (let attempt = 0; attempt < TRIES; attempt++) {
    if (isWithin(ranges, drawNumber(encoding, code, random))) hits++;
  }
  if (hits >= MIN_HITS) return hits / TRIES;
  const half = encoding.lattice === null ? LEAST_SHARE * (high - low) : 0.5;
  const share = parts.reduce((sum, [from, to]) => sum + massBelow(level, to + half) - massBelow(level, from - half), 0);
  return Math.max(LEAST_SHARE, Math.min(1, share));
}

/** The least and the greatest number that the level `code` can spell; undefined for the missing level. */
export function numbersOfLevel(encoding: QuantileBinsEncoding, code: number): readonly [number, number] | undefined {
  const level = encoding.levels[code];
  if (level === undefined) return undefined;
  const [low, high] = typeof level === "number" ? [level, level] : edgesOf(encoding, code);
  return [fromLattice(encoding.lattice, low), fromLattice(encoding.lattice, high)];
}

/** The least and the greatest place that a bin can spell. */
function edgesOf({ levels, lattice }: QuantileBinsEncoding, code: number): readonly [number, number] {
  const knots = levels[code] as readonly number[];
  const inside = lattice === null ? 0 : 0.5;
  return [knots[0]! + inside, knots[knots.length - 1]! - inside];
}

/** The parts of a bin within the ranges: whole places on the lattice, numbers where there is none. */
function allowedParts(
  encoding: QuantileBinsEncoding,
  code: number,
  ranges: NumberRanges,
): readonly (readonly [number, number])[] {
  const { lattice } = encoding;
  const [low, high] = edgesOf(encoding, code);
  return ranges.flatMap(([from, to]) => {
    const first = Math.max(low, lattice === null ? from : firstPlace(encoding, from));
    const last = Math.min(high, lattice === null ? to : -firstPlace(encoding, to, -1));
    return first <= last ? [[first, last] as const] : [];
  });
}

/** The first place on the lattice whose number is not before `value`, counted from below (or, negated, from above). */
function firstPlace({ lattice }: QuantileBinsEncoding, value: number, sign: 1 | -1 = 1): number {
  if (!Number.isFinite(value)) return sign * value;
  const place = toLattice(lattice, value);
  const isBefore = sign * fromLattice(lattice, place) < sign * value;
  return sign * place + (isBefore ? 1 : 0);
}

/** The share of a quantile curve's mass below `place`. */
function massBelow(knots: readonly number[], place: number): number {
  const pieces = knots.length - 1;
  let below = 0;
  for (let piece = 0; piece < pieces; piece++) {
    const [from, to] = [knots[piece]!, knots[piece + 1]!];
    if (place >= to) below++;
    else if (place > from) below += (place - from) / (to - from);
  }
  return below / pieces;
}
