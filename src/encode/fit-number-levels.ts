import { countBelow } from "../stats/sorted-search.js";
import { fitQuantileCurve, meanAround, spreadTies } from "./quantile-curve.js";

/** A level of a number: one value, or an interval as the knots of its quantile curve (first and last are its edges). */
export type NumberLevel = number | number[];

export interface NumberLevelOptions {
  /** A value seen in fewer rows is not published. */
  readonly minCategoryCount: number;
  readonly bins: number;
  readonly levelsPerNumber: number;
  /** Numbers are whole places on a lattice. */
  readonly onLattice: boolean;
}

/** Pieces of all curves together; fewer than 8 in no bin. */
const MIN_PIECES = 256;
const MIN_PIECES_PER_BIN = 8;
/** The outermost bins of a run have so many times the pieces of the others: heavy tails bend within them. */
const TAIL_PIECES = 8;

/**
 * The levels of ascending `places` [rows], ascending and disjoint. At most `levelsPerNumber` distinct values: each value
 * seen in at least `minCategoryCount` rows is a level, rarer neighbours share intervals of at least as many rows. More:
 * values heavier than half a bin are levels, the rest lies in quantile bins. Runs of fewer than `minCategoryCount` rows
 * between two such values have no level of their own (they are encoded as the nearest value); fewer rows in all have no
 * level at all.
 */
export function fitNumberLevels(places: Float64Array, options: NumberLevelOptions): NumberLevel[] {
  const ties = findTies(places);
  const perValue = ties.length <= options.levelsPerNumber;
  const heavy = perValue
    ? options.minCategoryCount
    : Math.max(options.minCategoryCount, places.length / (2 * options.bins));
  const isPoint = (tie: Tie): boolean => (perValue ? tie.to - tie.from >= heavy : tie.to - tie.from > heavy);
  const pointRows = ties.filter(isPoint).reduce((sum, tie) => sum + tie.to - tie.from, 0);
  const rowsPerBin = perValue
    ? options.minCategoryCount
    : Math.max(2 * options.minCategoryCount, (places.length - pointRows) / options.bins);
  const levels: NumberLevel[] = [];
  let runStart = 0;
  const closeRun = (end: number): void => {
    if (end - runStart < options.minCategoryCount) return;
    levels.push(...fitRun(places.subarray(runStart, end), rowsPerBin, options));
  };
  for (const tie of ties) {
    if (!isPoint(tie)) continue;
    closeRun(tie.from);
    levels.push(places[tie.from]!);
    runStart = tie.to;
  }
  closeRun(places.length);
  return levels;
}

interface Tie {
  readonly from: number;
  readonly to: number;
}

function findTies(places: Float64Array): Tie[] {
  const ties: Tie[] = [];
  let from = 0;
  for (let rank = 1; rank <= places.length; rank++) {
    if (rank < places.length && places[rank] === places[from]) continue;
    if (rank > from) ties.push({ from, to: rank });
    from = rank;
  }
  return ties;
}

/** Intervals of one run of rows without a heavy value. */
function fitRun(places: Float64Array, rowsPerBin: number, options: NumberLevelOptions): NumberLevel[] {
  const { onLattice } = options;
  const values = onLattice ? spreadTies(places) : places;
  const edges = fitEdges(places, values, rowsPerBin, options);
  if (edges[0]! >= edges.at(-1)!) return [edges[0]!];
  const bounds = edges.map((edge) => countBelow(places, edge));
  bounds[0] = 0;
  bounds[bounds.length - 1] = places.length;
  return edges.slice(1).map((high, i) => {
    const isTail = i === 0 || i === edges.length - 2;
    return fitKnots(values, { from: bounds[i]!, to: bounds[i + 1]!, low: edges[i]!, high, isTail }, options);
  });
}

/** Ranks [from, to) of a bin, its edges, and whether it lies outermost. */
interface BinRange {
  readonly from: number;
  readonly to: number;
  readonly low: number;
  readonly high: number;
  readonly isTail: boolean;
}

/** The quantile curve of one bin. The fewer bins, the more pieces has each. */
export function fitKnots(
  values: Float64Array,
  range: BinRange,
  { bins, minCategoryCount, onLattice }: NumberLevelOptions,
): number[] {
  const pieces = Math.max(MIN_PIECES_PER_BIN, Math.ceil(MIN_PIECES / bins));
  const knots = fitQuantileCurve(values, range, range.isTail ? TAIL_PIECES * pieces : pieces, minCategoryCount);
  return onLattice ? knots.map((knot) => Math.round(knot * 1000) / 1000) : knots;
}

/** Ascending edges; every interval between two of them holds at least `minCategoryCount` rows of the run. */
function fitEdges(
  places: Float64Array,
  values: Float64Array,
  rowsPerBin: number,
  options: NumberLevelOptions,
): number[] {
  const { minCategoryCount, onLattice } = options;
  const rows = places.length;
  const [low, high] = outerEdges(values, minCategoryCount, onLattice);
  const count = Math.max(
    1,
    options.minCategoryCount === rowsPerBin ? Math.floor(rows / rowsPerBin) : Math.round(rows / rowsPerBin),
  );
  const edges = [low];
  let lastRank = 0;
  for (let bin = 1; bin < count; bin++) {
    const rank = nearestTieBoundary(places, Math.round((rows * bin) / count));
    const mean = meanAround(values, rank, minCategoryCount + 1);
    const edge = onLattice ? Math.round(mean - 0.5) + 0.5 : mean;
    const edgeRank = countBelow(places, edge);
    const fits = edge > edges.at(-1)! && edge < high;
    if (!fits || edgeRank - lastRank < minCategoryCount || rows - edgeRank < minCategoryCount) continue;
    edges.push(edge);
    lastRank = edgeRank;
  }
  edges.push(high);
  return edges;
}

/** The blurred extremes of a run: means of its outermost ranks, on a lattice the cell walls around those means. */
function outerEdges(values: Float64Array, minCategoryCount: number, onLattice: boolean): [number, number] {
  const window = Math.min(minCategoryCount, Math.ceil(values.length / 2));
  const low = meanAround(values, 0, window);
  const high = meanAround(values, values.length, window);
  return onLattice ? [Math.floor(low + 0.5) - 0.5, Math.floor(high + 0.5) + 0.5] : [low, high];
}

function nearestTieBoundary(places: Float64Array, rank: number): number {
  const value = places[Math.min(rank, places.length - 1)]!;
  const before = countBelow(places, value);
  let after = rank;
  while (after < places.length && places[after] === value) after++;
  return rank - before <= after - rank ? before : after;
}
