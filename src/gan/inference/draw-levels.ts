import type { RandomStream } from "../../core/random.js";
import { countAtMost } from "../../stats/sorted-search.js";

/**
 * Draws one level a row from softmax(logits), by inversion of the cumulative sum.
 *
 * @param logits [rows, stride], of which the levels `start` .. `start + levels - 1` are one field
 * @param out receives codes 0..levels-1, [rows]
 */
export function drawLevels(
  logits: Float32Array,
  span: { readonly stride: number; readonly start: number; readonly levels: number },
  out: { [row: number]: number; readonly length: number },
  random: RandomStream,
): void {
  const { stride, start, levels } = span;
  const weights = new Float64Array(levels);
  for (let row = 0; row < out.length; row++) {
    const offset = row * stride + start;
    let highest = Number.NEGATIVE_INFINITY;
    for (let level = 0; level < levels; level++) highest = Math.max(highest, logits[offset + level]!);
    let sum = 0;
    for (let level = 0; level < levels; level++) {
      sum += Math.exp(logits[offset + level]! - highest);
      weights[level] = sum;
    }
    out[row] = Math.min(levels - 1, countAtMost(weights, random.uniform() * sum));
  }
}

/**
 * The level that `u` in (0, 1) falls on, by inversion of the cumulative sum of `shares[start .. start + levels - 1]`, which
 * sum to 1 but for rounding. A level whose share is 0 is never drawn.
 */
export function drawFromShares(shares: Float32Array, start: number, levels: number, u: number): number {
  let left = u;
  let last = 0;
  for (let level = 0; level < levels; level++) {
    const share = shares[start + level]!;
    if (share < NO_SHARE) continue;
    left -= share;
    if (left < 0) return level;
    last = level;
  }
  return last;
}

/** What a vectorised exponential leaves of a level that is not allowed. */
const NO_SHARE = 1e-30;
