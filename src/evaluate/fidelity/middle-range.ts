/** Share of the values beyond each end. */
const TAIL = 0.005;
/** Values beyond each end at least, in columns of 50 values and more: an end is no single person's value. */
const MIN_BEYOND = 5;

/**
 * The range of the middle 99 % of ascending values, so that no extreme of a record is printed: five values or more lie
 * beyond each end (a tenth of them where they are fewer than 50). 0 to 0 of nothing.
 */
export function middleRange(sorted: Float64Array): { readonly low: number; readonly high: number } {
  const beyond = Math.max(Math.floor(TAIL * sorted.length), Math.min(MIN_BEYOND, Math.floor(sorted.length / 10)));
  return { low: sorted[beyond] ?? 0, high: sorted[sorted.length - 1 - beyond] ?? 0 };
}
