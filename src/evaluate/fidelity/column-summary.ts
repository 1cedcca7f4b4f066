import { mean, sampleStandardDeviation } from "simple-statistics";
import { asNumbers } from "../../stats/as-numbers.js";
import { quantiles } from "../../stats/quantiles.js";
import type { ColumnScore } from "../report-schema.js";
import type { ScoredColumn } from "../scored-table.js";
import type { SortedSides } from "./cumulative-shares.js";
import { holdsTimes } from "./round-step.js";

type SummaryLine = NonNullable<ColumnScore["summary"]>[number];

/** With fewer known values a quantile could be a single row's extreme. */
const MIN_QUANTILE_VALUES = 50;
/** With fewer a mean tells single rows' values. */
const MIN_MEAN_VALUES = 5;
/** What stands where a side has too few values for a figure. */
export const TOO_FEW = "too few values";

/** Counts of a column's categories on each side, [levels]. */
export interface CountedSides {
  readonly train: Float64Array;
  readonly synthetic: Float64Array;
  readonly holdout: Float64Array | undefined;
}

/**
 * What a column of numbers or dates looks like, as the file writes values: how many are known and how many differ, mean,
 * standard deviation (of a sample), quantiles. No extreme of a row: quantiles need 50 known values, the mean five.
 */
export function summarizeNumbers(column: ScoredColumn, sides: SortedSides): readonly SummaryLine[] {
  return asLines(sides, (sorted) => {
    const list = asNumbers(sorted);
    const enough = sorted.length >= MIN_MEAN_VALUES;
    const deviation = enough ? sampleStandardDeviation(list) : Number.NaN;
    return {
      "known values": String(sorted.length),
      "distinct values": String(sorted.reduce((count, value, i) => count + (value === sorted[i - 1] ? 0 : 1), 0)),
      mean: enough ? writeMean(column, mean(list), deviation) : TOO_FEW,
      "standard deviation": enough ? writeDeviation(column, deviation) : TOO_FEW,
      ...quantileTexts(column, sorted),
    };
  });
}

/** What a column of categories looks like: known and distinct values, share of the most frequent one, entropy. No category is named. */
export function summarizeCategories(sides: CountedSides): readonly SummaryLine[] {
  return asLines(sides, (counts) => {
    const known = counts.reduce((sum, count) => sum + count, 0);
    const largest = counts.reduce((most, count) => Math.max(most, count), 0);
    return {
      "known values": String(known),
      "distinct values": String(counts.filter((count) => count > 0).length),
      "share of the most frequent value": known === 0 ? TOO_FEW : `${((100 * largest) / known).toFixed(1)} %`,
      entropy: known === 0 ? TOO_FEW : `${entropyBits(counts, known).toFixed(2)} bits`,
    };
  });
}

/** One line a figure, the sides beside one another. */
function asLines<Side>(
  sides: { readonly train: Side; readonly synthetic: Side; readonly holdout: Side | undefined },
  describe: (side: Side) => Readonly<Record<string, string>>,
): readonly SummaryLine[] {
  const real = describe(sides.train);
  const synthetic = describe(sides.synthetic);
  const holdout = sides.holdout === undefined ? undefined : describe(sides.holdout);
  return Object.keys(real).map((name) => ({
    name,
    real: real[name]!,
    synthetic: synthetic[name]!,
    ...(holdout === undefined ? {} : { holdout: holdout[name]! }),
  }));
}

const QUANTILES: Readonly<Record<string, number>> = {
  "5 % quantile": 0.05,
  "25 % quantile": 0.25,
  median: 0.5,
  "75 % quantile": 0.75,
  "95 % quantile": 0.95,
};

function quantileTexts(column: ScoredColumn, sorted: Float64Array): Record<string, string> {
  const values = sorted.length < MIN_QUANTILE_VALUES ? [] : quantiles(sorted, Object.values(QUANTILES));
  return Object.fromEntries(
    Object.keys(QUANTILES).map((name, i) => [name, values[i] === undefined ? TOO_FEW : column.write(values[i])]),
  );
}

/** A mean to a hundredth of the standard deviation; of times as the column writes them. */
function writeMean(column: ScoredColumn, value: number, deviation: number): string {
  return holdsTimes(column) ? column.write(value) : writeRounded(value, deviation);
}

const TIME_UNITS = [
  { name: "days", ms: 86_400_000 },
  { name: "hours", ms: 3_600_000 },
  { name: "minutes", ms: 60_000 },
  { name: "seconds", ms: 1000 },
] as const;

function writeDeviation(column: ScoredColumn, deviation: number): string {
  if (!holdsTimes(column)) return writeRounded(deviation, deviation);
  const { name, ms } = TIME_UNITS.find((unit) => deviation >= 2 * unit.ms) ?? TIME_UNITS[3];
  return `${(deviation / ms).toFixed(1)} ${name}`;
}

/** A number with three digits of `scale` (15.29 where it is 4.2); an exponent for the very large. */
function writeRounded(value: number, scale: number): string {
  const decimals = scale > 0 ? 2 - Math.floor(Math.log10(scale)) : 2;
  return Math.abs(value) < 1e15 ? value.toFixed(Math.min(20, Math.max(0, decimals))) : value.toPrecision(3);
}

function entropyBits(counts: Float64Array, known: number): number {
  return counts.reduce((sum, count) => sum - (count > 0 ? (count / known) * Math.log2(count / known) : 0), 0);
}
