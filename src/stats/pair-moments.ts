/** Sums from which a correlation follows, taken about an origin so that large numbers keep their digits. */
export interface PairMoments {
  readonly originX: number;
  readonly originY: number;
  count: number;
  x: number;
  y: number;
  xx: number;
  yy: number;
  xy: number;
}

/** No rows yet. */
export function makeMoments(originX: number, originY: number): PairMoments {
  return { originX, originY, count: 0, x: 0, y: 0, xx: 0, yy: 0, xy: 0 };
}

/** The mean of what is not NaN; 0 of nothing. */
export function originOf(values: ArrayLike<number>): number {
  let sum = 0;
  let count = 0;
  for (let row = 0; row < values.length; row++) {
    const value = values[row]!;
    if (Number.isNaN(value)) continue;
    sum += value;
    count++;
  }
  return count === 0 ? 0 : sum / count;
}

/** Adds one row, unless a side is NaN. */
export function addToMoments(moments: PairMoments, x: number, y: number): void {
  const dx = x - moments.originX;
  const dy = y - moments.originY;
  const xy = dx * dy;
  if (Number.isNaN(xy)) return;
  moments.count++;
  moments.x += dx;
  moments.y += dy;
  moments.xx += dx * dx;
  moments.yy += dy * dy;
  moments.xy += xy;
}

/** The correlation of the rows in the moments; NaN where a side does not vary (relative variance below 1e-13). */
export function correlationOf(moments: PairMoments): number {
  const { count, x, y, xx, yy, xy } = moments;
  if (count < 2) return Number.NaN;
  const varianceX = xx - (x * x) / count;
  const varianceY = yy - (y * y) / count;
  if (!varies(varianceX, xx, moments.originX, count) || !varies(varianceY, yy, moments.originY, count))
    return Number.NaN;
  const correlation = (xy - (x * y) / count) / Math.sqrt(varianceX * varianceY);
  return Math.min(1, Math.max(-1, correlation));
}

/** False where what is left of the squares is only rounding. */
function varies(variance: number, squares: number, origin: number, count: number): boolean {
  return variance > 1e-13 * squares && variance > 1e-26 * origin * origin * count;
}
