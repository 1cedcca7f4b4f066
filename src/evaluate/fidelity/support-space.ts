import { countAtMost, countBelow } from "../../stats/sorted-search.js";
import type { ScoredTable, ScoredValues } from "../scored-table.js";

/**
 * Where rows lie for alpha-precision and beta-recall. A number is its rank in training, standardised (uniform with mean 0 and
 * variance 1; equal values share a rank), beyond the training range it goes on in standard deviations, ten at most; where it
 * can be missing it has a second coordinate, 1 where it is missing. A category is one-hot, missing a category of its own. So
 * two unlike categories are as far apart as two numbers are on average: 2, squared.
 */
export interface SupportSpace {
  embed(table: ScoredTable): EmbeddedTable;
}

/** Rows as points. The squared distance of two rows is the sum over columns of min(limit, (a - b)^2). */
export interface EmbeddedTable {
  readonly rowCount: number;
  /** Of each column: 2 for categories, whose codes are two apart at least; infinite for numbers. */
  readonly limits: Float64Array;
  /** [rows, columns], row-major */
  readonly values: Float64Array;
}

/** Squared distance of two one-hot categories that are not the same. */
const UNLIKE = 2;

/** Standard deviations beyond the training range that count. */
const FURTHEST = 10;

interface Coordinate {
  readonly column: number;
  readonly limit: number;
  readonly place: (values: ScoredValues) => Float64Array;
  /** Mean squared distance of two training rows. */
  readonly spread: number;
}

/** Learns the ranks of the training columns. The columns that tell most rows apart come first, so that comparing rows ends soon. */
export function fitSupportSpace(train: ScoredTable): SupportSpace {
  const coordinates = train.columns.flatMap(coordinatesOf).sort((a, b) => b.spread - a.spread);
  const width = coordinates.length;
  return {
    embed(table) {
      const values = new Float64Array(table.rowCount * width);
      coordinates.forEach(({ column, place }, to) => {
        const side = place(table.columns[column]!);
        for (let row = 0; row < side.length; row++) values[row * width + to] = side[row]!;
      });
      return { rowCount: table.rowCount, limits: Float64Array.from(coordinates, ({ limit }) => limit), values };
    },
  };
}

function coordinatesOf(values: ScoredValues, column: number): Coordinate[] {
  if (values.kind === "category") {
    return [{ column, limit: UNLIKE, place: categoryCode, spread: UNLIKE * unlikeShare(values.codes) }];
  }
  const place = rankCoordinate(values.values);
  const missing = missingCoordinate(values);
  return [
    { column, limit: Number.POSITIVE_INFINITY, place, spread: 2 * variance(place(values)) },
    { column, limit: Number.POSITIVE_INFINITY, place: missingCoordinate, spread: 2 * variance(missing) },
  ];
}

/** How often two rows differ. */
function unlikeShare(codes: Int32Array): number {
  const counts = new Map<number, number>();
  for (const code of codes) counts.set(code, (counts.get(code) ?? 0) + 1);
  return [...counts.values()].reduce((share, count) => share - (count / codes.length) ** 2, 1);
}

function rankCoordinate(train: Float64Array): Coordinate["place"] {
  const sorted = train.filter((value) => !Number.isNaN(value)).sort();
  const count = sorted.length;
  const [low, high] = [sorted[0] ?? 0, sorted[count - 1] ?? 0];
  const deviation = Math.sqrt(variance(sorted));
  const excess = (value: number): number => Math.max(0, value - high, low - value);
  const place = (value: number): number => {
    if (Number.isNaN(value) || count === 0) return 0;
    const share = (countBelow(sorted, value) + countAtMost(sorted, value)) / (2 * count);
    const beyond = excess(value) === 0 ? 0 : Math.min(FURTHEST, excess(value) / deviation);
    return Math.sqrt(12) * (share - 0.5) + (value > high ? beyond : -beyond);
  };
  return (side) => (side.kind === "number" ? side.values.map(place) : new Float64Array(0));
}

function variance(values: Float64Array): number {
  const mean = values.reduce((sum, value) => sum + value / values.length, 0);
  return values.reduce((sum, value) => sum + (value - mean) ** 2 / values.length, 0);
}

function missingCoordinate(side: ScoredValues): Float64Array {
  return side.kind === "number" ? side.values.map((value) => (Number.isNaN(value) ? 1 : 0)) : new Float64Array(0);
}

function categoryCode(side: ScoredValues): Float64Array {
  return side.kind === "category" ? Float64Array.from(side.codes, (code) => UNLIKE * code) : new Float64Array(0);
}
