import { z } from "zod";
import type { RandomStream } from "../core/random.js";
import { countAtMost, countBelow } from "../stats/sorted-search.js";
import type { Column, DateColumn, NumberColumn } from "../table/column.js";
import { type ColumnOutput, columnOutputSchema, makeNumericColumn, outputOf } from "./column-output.js";
import { type Field, type FieldData, makeCodes } from "./field.js";
import { fitKnots, fitNumberLevels, type NumberLevel } from "./fit-number-levels.js";
import { fitLattice, fromLattice, type Lattice, latticeSchema, toLattice } from "./lattice.js";
import { evaluateQuantileCurve, spreadTies } from "./quantile-curve.js";
import { fitRoundness, pickStep, type Roundness, roundnessSchema, roundPlace } from "./roundness.js";
import { makeSearchGrid, searchGrid } from "./search-grid.js";

const MAX_GRID_CELLS = 4096;

const levelSchema = z
  .union([z.number(), z.array(z.number()).min(2)])
  .describe("one value, or an interval as the knots of its quantile curve; places on the lattice");

/**
 * A number or date as one discrete field: levels in ascending order, then the missing level. Known values and bins with a
 * quantile curve each; the decoder draws the place within a bin.
 */
export const quantileBinsSchema = z.strictObject({
  kind: z.literal("quantile-bins"),
  name: z.string(),
  output: columnOutputSchema,
  lattice: latticeSchema,
  levels: z.array(levelSchema),
  missing: z.boolean().describe("the last level means a missing value"),
  fallback: z
    .number()
    .int()
    .min(0)
    .describe("the level of a missing value where training rows had none: the most frequent"),
  roundness: roundnessSchema.optional(),
});

export type QuantileBinsEncoding = z.infer<typeof quantileBinsSchema>;

export interface QuantileBinsOptions {
  readonly minCategoryCount: number;
  readonly bins: number;
  readonly levelsPerNumber: number;
}

/** Learns the levels of a numeric column. `missing` asks for a missing level though these rows may have none. */
export function fitQuantileBins(
  column: NumberColumn | DateColumn,
  missing: boolean,
  options: QuantileBinsOptions,
): QuantileBinsEncoding {
  const present = sortPresent(column.values);
  const output = outputOf(column);
  const lattice = fitLattice(distinctOf(present), output);
  const places = present.slice();
  if (lattice !== null) for (let i = 0; i < places.length; i++) places[i] = toLattice(lattice, places[i]!);
  const { levels, roundness } = fitLevels(places, lattice, output, options);
  const hasMissing = missing || present.length < column.values.length || levels.length === 0;
  return {
    kind: "quantile-bins",
    name: column.name,
    output,
    lattice,
    levels,
    missing: hasMissing,
    fallback: mostFrequentLevel(places, levels, lattice !== null),
    ...(roundness === undefined ? {} : { roundness }),
  };
}

/** The numbers that are not missing, ascending. */
function sortPresent(values: Float64Array): Float64Array {
  const sorted = values.slice().sort();
  let count = sorted.length;
  while (count > 0 && Number.isNaN(sorted[count - 1]!)) count--;
  return sorted.subarray(0, count);
}

function distinctOf(sorted: Float64Array): Float64Array {
  return sorted.filter((value, rank) => rank === 0 || value !== sorted[rank - 1]);
}

/** The level of most `places`, ascending; the first of equals. */
function mostFrequentLevel(places: Float64Array, levels: readonly NumberLevel[], onLattice: boolean): number {
  const ends = [...Array.from(levelWalls(levels, onLattice), (wall) => countBelow(places, wall)), places.length];
  let most = 0;
  for (let level = 1; level < levels.length; level++) {
    if (ends[level]! - ends[level - 1]! > ends[most]! - (ends[most - 1] ?? 0)) most = level;
  }
  return most;
}

function fitLevels(
  places: Float64Array,
  lattice: Lattice,
  output: ColumnOutput,
  options: QuantileBinsOptions,
): { readonly levels: NumberLevel[]; readonly roundness?: Roundness } {
  const levelOptions = { ...options, onLattice: lattice !== null };
  const levels = fitNumberLevels(places, levelOptions);
  if (lattice === null || output.kind !== "number") return { levels };
  const { minCategoryCount } = options;
  const rounded = fitRoundness(places, lattice, levels, {
    minCategoryCount,
    fitKnots: (part, low, high, isTail) =>
      fitKnots(spreadTies(part), { from: 0, to: part.length, low, high, isTail }, levelOptions),
  });
  return rounded ?? { levels };
}

export function fieldsOfQuantileBins(encoding: QuantileBinsEncoding): Field[] {
  const levels = levelCount(encoding);
  const missing = encoding.missing ? { missingLevel: levels - 1 } : {};
  return [{ kind: "discrete", name: encoding.name, levels, ...missing }];
}

/** Level codes [rows]. Numbers out of range belong to the outer levels, numbers between two levels to the nearer one. */
export function encodeQuantileBins(encoding: QuantileBinsEncoding, column: NumberColumn | DateColumn): FieldData {
  return levelsOfNumbers(encoding, column.values);
}

/** Level codes [rows] of `values` [rows], NaN = missing. */
export function levelsOfNumbers(encoding: QuantileBinsEncoding, values: Float64Array): FieldData {
  const codes = makeCodes(levelCount(encoding), values.length);
  const { lattice } = encoding;
  const walls = levelWalls(encoding.levels, lattice !== null);
  const grid = makeSearchGrid(walls, Math.min(MAX_GRID_CELLS, 1 + (values.length >> 2)));
  const missingCode = missingCodeOf(encoding);
  const [divisor, step] = lattice === null ? [1, 1] : [lattice.divisor, lattice.step];
  for (let row = 0; row < values.length; row++) {
    const value = values[row]!;
    const place = lattice === null ? value : Math.round((value * divisor) / step);
    codes[row] = Number.isNaN(value) ? missingCode : searchGrid(grid, place);
  }
  return codes;
}

/** The level code of a number, NaN = missing; found by the walls between levels. */
export function makeLevelFinder(encoding: QuantileBinsEncoding): (value: number) => number {
  const { levels, lattice } = encoding;
  const walls = levelWalls(levels, lattice !== null);
  const missingCode = missingCodeOf(encoding);
  return (value) => (Number.isNaN(value) ? missingCode : countAtMost(walls, toLattice(lattice, value)));
}

/** Values [rows]; the place within a bin is drawn from `random`, rounded to the lattice, and never leaves the bin. */
export function decodeQuantileBins(encoding: QuantileBinsEncoding, codes: FieldData, random: RandomStream): Column {
  const values = new Float64Array(codes.length);
  for (let row = 0; row < codes.length; row++) values[row] = drawNumber(encoding, codes[row]!, random);
  return makeNumericColumn(encoding.name, encoding.output, values);
}

/** A number of the level `code`; NaN for the missing level. */
export function drawNumber(encoding: QuantileBinsEncoding, code: number, random: RandomStream): number {
  const { levels, lattice, roundness } = encoding;
  const level = levels[code];
  if (level === undefined) return Number.NaN;
  if (typeof level === "number") return fromLattice(lattice, level);
  if (lattice === null) return evaluateQuantileCurve(level, random.uniform());
  if (roundness === undefined) {
    return fromLattice(lattice, wholePlace(evaluateQuantileCurve(level, random.uniform()), level));
  }
  const step = pickStep(roundness, code, random.uniform());
  const place = evaluateQuantileCurve(step < 0 ? level : roundness.knots[code]![step]!, random.uniform());
  return fromLattice(lattice, wholePlace(roundPlace(place, level, roundness, code, step), level));
}

/** The least and the greatest number that the levels can spell; undefined where there is none. */
export function rangeOfNumbers({ levels, lattice }: QuantileBinsEncoding): readonly [number, number] | undefined {
  const first = levels[0];
  const last = levels[levels.length - 1];
  if (first === undefined || last === undefined) return undefined;
  const inside = lattice === null ? 0 : 0.5;
  const low = typeof first === "number" ? first : first[0]! + inside;
  const high = typeof last === "number" ? last : last[last.length - 1]! - inside;
  return [fromLattice(lattice, low), fromLattice(lattice, high)];
}

/** The whole place nearest to `place` that does not leave the bin. */
function wholePlace(place: number, knots: readonly number[]): number {
  return Math.min(Math.floor(place + 0.5), knots[knots.length - 1]! - 0.5);
}

function levelCount(encoding: QuantileBinsEncoding): number {
  return encoding.levels.length + (encoding.missing ? 1 : 0);
}

function missingCodeOf({ levels, missing, fallback }: QuantileBinsEncoding): number {
  return missing ? levels.length : fallback;
}

/** The borders between neighbouring levels: level i holds what is not below wall i - 1 and below wall i. */
function levelWalls(levels: readonly NumberLevel[], onLattice: boolean): Float64Array {
  const walls = new Float64Array(Math.max(0, levels.length - 1));
  for (let i = 0; i < walls.length; i++) {
    const left = levels[i]!;
    const right = levels[i + 1]!;
    const leftEnd = typeof left === "number" ? left : left[left.length - 1]!;
    const rightStart = typeof right === "number" ? right : right[0]!;
    if (onLattice && typeof left === "number" && typeof right !== "number") walls[i] = leftEnd + 0.5;
    else if (onLattice && typeof left !== "number" && typeof right === "number") walls[i] = rightStart - 0.5;
    else walls[i] = (leftEnd + rightStart) / 2;
  }
  return walls;
}
