/** The smallest power of two that is at least `rows`: how much of a table's size is taken as public. */
export function publicSize(rows: number): number {
  return 2 ** Math.ceil(Math.log2(Math.max(1, rows)));
}

/**
 * The delta that is promised where none is asked for: 1e-5, or a third of what publishing a row in so many would be. `size`:
 * of the table, as publicSize has it.
 */
export function defaultDelta(size: number): number {
  return Math.min(1e-5, 1 / (3 * size));
}
