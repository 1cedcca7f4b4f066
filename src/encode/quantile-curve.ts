/**
 * Quantile curves of one bin, and the edges between bins, all of them means over neighbouring ranks: no row's value is
 * stored. Ranks refer to `places`, ascending numbers on a lattice with spacing 1 (or on no lattice).
 */

/** A tie of c rows at the lattice place k is spread evenly over (k - 1/2, k + 1/2): rounding gives the tie back. */
export function spreadTies(places: Float64Array): Float64Array {
  const spread = new Float64Array(places.length);
  let start = 0;
  while (start < places.length) {
    let end = start + 1;
    while (end < places.length && places[end] === places[start]) end++;
    for (let rank = start; rank < end; rank++)
      spread[rank] = places[start]! - 0.5 + (rank - start + 0.5) / (end - start);
    start = end;
  }
  return spread;
}

/** Mean of `rows` values around `rank`, the window moved inwards at the ends of [from, to). */
export function meanAround(values: Float64Array, rank: number, rows: number, from = 0, to = values.length): number {
  const width = Math.min(rows, to - from);
  const start = Math.max(from, Math.min(to - width, Math.round(rank - width / 2)));
  let sum = 0;
  for (let i = start; i < start + width; i++) sum += values[i]!;
  return sum / width;
}

/**
 * The knots of the piecewise-linear quantile curve of ranks [from, to): up to `pieces` pieces of equal mass, ascending
 * from `low` to `high`. Each inner knot is the mean of at least `blurRows` ranks (fewer only if the bin has fewer).
 */
export function fitQuantileCurve(
  values: Float64Array,
  range: { readonly from: number; readonly to: number; readonly low: number; readonly high: number },
  pieces: number,
  blurRows: number,
): number[] {
  const { from, to, low, high } = range;
  const used = Math.max(1, Math.min(pieces, Math.floor((to - from) / blurRows)));
  const knots = [low];
  for (let piece = 1; piece < used; piece++) {
    const mean = meanAround(values, from + ((to - from) * piece) / used, blurRows, from, to);
    knots.push(Math.min(high, Math.max(low, mean)));
  }
  knots.push(high);
  return knots;
}

/** The curve's value at the share `u` in [0, 1) of its mass. */
export function evaluateQuantileCurve(knots: readonly number[], u: number): number {
  const at = u * (knots.length - 1);
  const piece = Math.floor(at);
  const start = knots[piece]!;
  return start + (at - piece) * (knots[piece + 1]! - start);
}
