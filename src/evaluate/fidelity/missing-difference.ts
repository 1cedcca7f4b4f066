import { newcombeInterval, type Successes } from "../../stats/newcombe-interval.js";
import { makeFigure } from "../figure.js";
import type { ColumnScore } from "../report-schema.js";
import type { ScoredTable, ScoredTables, ScoredValues } from "../scored-table.js";
import type { Samples } from "./samples.js";

/**
 * Shares of missing values and their difference synthetic - real, in -1..1, both tables taken as samples: interval of
 * Newcombe 1998. Ceiling: held-out rows less training rows. Tables must have rows.
 */
export function missingDifference(tables: ScoredTables, samples: Samples, at: number): ColumnScore["missing"] {
  const real = countMissing(tables.train, at);
  const synthetic = countMissing(tables.synthetic, at);
  const differenceOf = (sample: number | undefined): number | undefined => {
    if (sample === undefined) return undefined;
    const { table, reference } = samples.all[sample]!;
    return shareOf(countMissing(table, at)) - shareOf(countMissing(reference, at));
  };
  const difference = makeFigure(shareOf(synthetic) - shareOf(real), {
    n: synthetic.trials,
    ceiling: differenceOf(samples.ceiling),
    matched: samples.matched === 0 ? undefined : differenceOf(samples.matched),
  });
  return {
    real: shareOf(real),
    synthetic: shareOf(synthetic),
    difference: { ...difference, ...newcombeInterval(synthetic, real) },
  };
}

function shareOf({ successes, trials }: Successes): number {
  return successes / trials;
}

function countMissing(table: ScoredTable, at: number): Successes {
  return { successes: table.rowCount - countKnown(table.columns[at]!), trials: table.rowCount };
}

/** Rows whose value is known. */
export function countKnown(column: ScoredValues): number {
  let known = 0;
  if (column.kind === "number") for (const value of column.values) known += Number.isNaN(value) ? 0 : 1;
  else for (const code of column.codes) known += code < 0 ? 0 : 1;
  return known;
}
