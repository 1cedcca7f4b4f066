import { mean, sampleStandardDeviation } from "simple-statistics";
import { studentQuantile } from "../stats/student-quantile.js";
import { unavailable } from "./figure.js";
import type { Figure } from "./report-schema.js";

/**
 * The same figure of several runs as one: the mean of value and ceiling. Its interval is the wider of Student's over the runs
 * and the mean of their own: few runs may be alike by chance. One run's figure is itself; unavailable where any run has none.
 */
export function meanFigure(figures: readonly Figure[]): Figure {
  const [first] = figures;
  if (first === undefined) return unavailable("no run ended with rows");
  if (figures.length === 1) return first;
  const missing = figures.find(({ value }) => value === undefined);
  if (missing !== undefined) return unavailable(missing.reason ?? "a run does not have it");
  const value = mean(figures.map((figure) => figure.value!));
  const ceilings = figures.flatMap(({ ceiling }) => ceiling ?? []);
  const half = Math.max(
    (studentQuantile(figures.length - 1) * spreadOf(figures)!) / Math.sqrt(figures.length),
    mean(figures.map(({ low, high }) => (low === undefined || high === undefined ? 0 : (high - low) / 2))),
  );
  const [lowest, highest] = rangeOf(figures);
  return {
    value,
    low: Math.max(lowest, value - half),
    high: Math.min(highest, value + half),
    ...(ceilings.length === 0 ? {} : { ceiling: mean(ceilings) }),
    status: "ok",
  };
}

/** Standard deviation of the values over the runs; undefined where fewer than two have one. */
export function spreadOf(figures: readonly Figure[]): number | undefined {
  const values = figures.flatMap(({ value }) => value ?? []);
  return values.length < 2 ? undefined : sampleStandardDeviation(values);
}

/** Shares stay in 0..1, differences of shares and R2 above -1, all else is free. */
function rangeOf(figures: readonly Figure[]): readonly [number, number] {
  const ends = figures.flatMap(({ value, low, high }) => [value, low, high].filter((end) => end !== undefined));
  const isWithin = (low: number, high: number) => ends.every((end) => end >= low && end <= high);
  if (isWithin(0, 1)) return [0, 1];
  return isWithin(-1, 1) ? [-1, 1] : [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY];
}
