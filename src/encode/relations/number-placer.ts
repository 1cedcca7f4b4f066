import { assertDefined } from "../../core/errors.js";
import type { RandomStream } from "../../core/random.js";
import { fromLattice, toLattice } from "../lattice.js";
import { drawNumberWithin, type NumberRanges } from "../number-ranges.js";
import { makeLevelFinder, type QuantileBinsEncoding, rangeOfNumbers } from "../quantile-bins.js";
import { relationsOf, type TableEncoding } from "../table-encoding.js";
import type { RelatedField } from "./field-relations.js";
import type { Relation } from "./relation.js";

const EVERYWHERE: NumberRanges = [[Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY]];

/** The numbers behind the drawn levels of one chunk of rows, for fields whose numbers hang together. */
export interface NumberPlacer {
  /**
   * Draws the numbers of field `field` in the rows from `firstRow` (0 = the chunk's first) on, for their drawn levels
   * `codes` [rows]. A copy level takes the source's number (or a ratio of it, rounded and clipped to what the column can
   * spell) and is replaced in `codes` by the ordinary level of that number; where the source has no number yet it becomes the
   * missing level, or the most frequent one. Does nothing for fields in no relation. Call once a field and row, rows
   * ascending: what is drawn does not depend on how rows are split over calls, nor on the order of the fields.
   */
  place(field: number, firstRow: number, codes: Uint32Array): void;
  /** By field: [rows], NaN = missing or not placed; undefined for fields in no relation. For EncodedTable.numbers. */
  numbers(): readonly (Float64Array | undefined)[];
}

/** What is known of the numbers before they are drawn, by field. */
export interface KnownNumbers {
  /** Numbers that stand as they are, [rows]; NaN is drawn. */
  readonly given?: readonly (Float64Array | undefined)[] | undefined;
  /** Where the others must lie. */
  readonly ranges?: readonly (NumberRanges | undefined)[] | undefined;
}

/** A placer for a chunk of `rowCount` rows that draws from `random` alone. */
export function makeNumberPlacer(
  encoding: TableEncoding,
  rowCount: number,
  random: RandomStream,
  known: KnownNumbers = {},
): NumberPlacer {
  const { fields, related } = relationsOf(encoding);
  const numbers: (Float64Array | undefined)[] = fields.map(() => undefined);
  const states = new Map<number, FieldState>();
  for (const one of related) {
    numbers[one.field] = new Float64Array(rowCount).fill(Number.NaN);
    states.set(one.field, {
      ...one,
      random: random.fork(one.encoding.name),
      range: rangeOfNumbers(one.encoding),
      levelOf: makeLevelFinder(one.encoding),
      given: known.given?.[one.field],
      ranges: known.ranges?.[one.field] ?? EVERYWHERE,
    });
  }
  return {
    place: (field, firstRow, codes) => {
      const state = states.get(field);
      if (state !== undefined) placeRows(state, numbers, firstRow, codes);
    },
    numbers: () => numbers,
  };
}

interface FieldState extends RelatedField {
  readonly random: RandomStream;
  readonly range: readonly [number, number] | undefined;
  readonly levelOf: (value: number) => number;
  readonly given: Float64Array | undefined;
  readonly ranges: NumberRanges;
}

function placeRows(
  state: FieldState,
  numbers: readonly (Float64Array | undefined)[],
  firstRow: number,
  codes: Uint32Array,
): void {
  const { field, encoding, ordinaryLevels, random } = state;
  const own = assertDefined(numbers[field], "numbers of a related field");
  for (let i = 0; i < codes.length; i++) {
    const row = firstRow + i;
    const given = state.given?.[row] ?? Number.NaN;
    if (!Number.isNaN(given)) {
      own[row] = given;
      continue;
    }
    const copy = state.copies[codes[i]! - ordinaryLevels];
    const followed = copy === undefined ? undefined : numbers[copy.source]![row]!;
    if (copy === undefined || followed === undefined || Number.isNaN(followed)) {
      if (copy !== undefined) codes[i] = encoding.missing ? ordinaryLevels - 1 : encoding.fallback;
      own[row] = drawNumberWithin(encoding, codes[i]!, state.ranges, random);
      continue;
    }
    own[row] = drawFollowing(state, copy.relation, followed);
    codes[i] = state.levelOf(own[row]!);
  }
}

function drawFollowing({ encoding, range, random }: FieldState, relation: Relation, followed: number): number {
  const [low, high] = assertDefined(range, "levels of a number");
  const drawn =
    relation.kind === "equal" ? onLattice(encoding, followed) : drawNear(encoding, relation, followed, random);
  return Math.min(high, Math.max(low, drawn));
}

/** A number on the column's lattice, drawn evenly among those in the ratio class; the nearest where it has none. */
function drawNear(
  encoding: QuantileBinsEncoding,
  { low, high }: { readonly low: number; readonly high: number },
  followed: number,
  random: RandomStream,
): number {
  const u = random.uniform();
  const from = Math.min(low * followed, high * followed);
  const to = Math.max(low * followed, high * followed);
  const { lattice } = encoding;
  if (lattice === null) return from + u * (to - from);
  const scale = lattice.divisor / lattice.step;
  const own = onLattice(encoding, followed) === followed ? toLattice(lattice, followed) : Number.NaN;
  let first = Math.ceil(from * scale);
  let last = Math.floor(to * scale);
  if (first === own) first++;
  if (last === own) last--;
  if (last < first) return onLattice(encoding, from + u * (to - from));
  return fromLattice(lattice, first + Math.floor(u * (last - first + 1)));
}

function onLattice({ lattice }: QuantileBinsEncoding, value: number): number {
  return fromLattice(lattice, toLattice(lattice, value));
}
