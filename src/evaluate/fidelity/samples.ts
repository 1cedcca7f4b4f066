import type { RandomStream } from "../../core/random.js";
import { jackknifeError, jackknifeGroups } from "../../stats/jackknife.js";
import { makeFigure, unavailable } from "../figure.js";
import type { Figure } from "../report-schema.js";
import { type ScoredTables, takeFirstRows } from "../scored-table.js";
import type { Sample, Similarity } from "./similarity.js";

/** The samples scored against training: the synthetic table first, then those that the ceiling is made of. */
export interface Samples {
  readonly all: readonly Sample[];
  /** Position of the held-out rows. */
  readonly ceiling: number | undefined;
  /** Position of as many synthetic rows as there are held-out rows; 0 where that is the whole table. */
  readonly matched: number | undefined;
}

/** The whole synthetic table with its jackknife groups, held-out rows, and as many synthetic rows. */
export function makeSamples(tables: ScoredTables, random: RandomStream): Samples {
  const { synthetic, holdout } = tables;
  const whole = { table: synthetic, groups: jackknifeGroups(synthetic.rowCount, random.fork("jackknife")) };
  if (holdout === undefined) return { all: [whole], ceiling: undefined, matched: undefined };
  const rows = Math.min(synthetic.rowCount, holdout.rowCount);
  const cut = takeFirstRows(holdout, rows, random.fork("holdout").permutation(holdout.rowCount));
  const ceiling = { table: cut, groups: undefined };
  if (rows === synthetic.rowCount) return { all: [whole, ceiling], ceiling: 1, matched: 0 };
  const part = takeFirstRows(synthetic, rows, random.fork("matched").permutation(synthetic.rowCount));
  return { all: [whole, ceiling, { table: part, groups: undefined }], ceiling: 1, matched: 2 };
}

/** A similarity with its interval and what it is compared with; unavailable for `reason` where it could not be computed. */
export function similarityFigure(sides: readonly Similarity[], samples: Samples, n: number, reason: string): Figure {
  const { value, leaveOut } = sides[0]!;
  if (Number.isNaN(value)) return unavailable(reason);
  return makeFigure(value, {
    error: leaveOut.length > 0 ? jackknifeError(leaveOut) : undefined,
    n,
    ...references(samples, (at) => sides[at]!.value),
  });
}

/** The ceiling, and the score of as many synthetic rows where the whole table has more. */
export function references(
  samples: Samples,
  scoreOf: (sample: number) => number,
): { readonly ceiling?: number; readonly matched?: number } {
  if (samples.ceiling === undefined || samples.matched === undefined) return {};
  const ceiling = scoreOf(samples.ceiling);
  return samples.matched === 0 ? { ceiling } : { ceiling, matched: scoreOf(samples.matched) };
}
