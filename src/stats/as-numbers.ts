/**
 * Typed numbers for simple-statistics, whose functions take plain arrays but only read them by index: no copy is made,
 * which of a million values would take longer than the statistic.
 */
export function asNumbers(values: Float64Array): readonly number[] {
  return values as unknown as readonly number[];
}
