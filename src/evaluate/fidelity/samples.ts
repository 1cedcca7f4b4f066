import type { RandomStream } from "../../core/random.js";
import { JACKKNIFE_GROUPS, jackknifeError, jackknifeGroups } from "../../stats/jackknife.js";
import { type FigureParts, makeFigure, unavailable } from "../figure.js";
import type { Figure } from "../report-schema.js";
import { type ScoredTable, type ScoredTables, takeFirstRows, takeScoredRows } from "../scored-table.js";
import type { TrainHalves } from "../split-train.js";
import type { Sample, Similarity } from "./similarity.js";

/** The samples and what each is scored against: the synthetic table first, then those that the ceiling is made of. */
export interface Samples {
  readonly all: readonly Sample[];
  /** Position of the real rows that were not learned from: held-out ones, or one half of training. */
  readonly ceiling: number | undefined;
  /** Position of as many synthetic rows, scored against the ceiling's reference; 0 where that is the whole table. */
  readonly matched: number | undefined;
}

/**
 * The whole synthetic table against training; held-out rows and as many synthetic rows against training. Where no row was
 * held out: the right half of training and as many synthetic rows, both against the left half.
 */
export function makeSamples(tables: ScoredTables, random: RandomStream, halves?: TrainHalves): Samples {
  const { train, synthetic, holdout } = tables;
  const makeSample = (table: ScoredTable, reference: ScoredTable, label: string): Sample => {
    const groups = jackknifeGroups(table.rowCount, random.fork(label).fork("jackknife"));
    return groups === undefined ? { table, reference, groups } : { ...sortByGroup(table, groups), reference };
  };
  const whole = makeSample(synthetic, train, "synthetic");
  const fresh = holdout ?? halves?.right;
  const reference = holdout === undefined ? halves?.left : train;
  if (fresh === undefined || reference === undefined) return { all: [whole], ceiling: undefined, matched: undefined };
  const rows = Math.min(synthetic.rowCount, fresh.rowCount);
  const cut = (table: ScoredTable, label: string): Sample =>
    makeSample(takeFirstRows(table, rows, random.fork(label).permutation(table.rowCount)), reference, label);
  const ceiling = cut(fresh, "holdout");
  if (reference === train && rows === synthetic.rowCount) return { all: [whole, ceiling], ceiling: 1, matched: 0 };
  return { all: [whole, ceiling, cut(synthetic, "matched")], ceiling: 1, matched: 2 };
}

/** The rows in order of their groups: what is counted by group then stays near in memory. */
function sortByGroup(table: ScoredTable, groups: Uint8Array): Pick<Sample, "table" | "groups"> {
  const order = new Uint32Array(groups.length);
  let at = 0;
  for (let group = 0; group < JACKKNIFE_GROUPS; group++) {
    for (let row = 0; row < groups.length; row++) if (groups[row] === group) order[at++] = row;
  }
  return { table: takeScoredRows(table, order), groups: groups.slice().sort() };
}

/** What makes a figure of similarities, or of distances. */
export interface SimilarityOptions {
  /** Which is the better one; default "higher". */
  readonly better?: "higher" | "lower";
  /** Range of the metric; default 0..1. */
  readonly range?: readonly [number, number];
}

/** A similarity with its interval and what it is compared with; unavailable for `reason` where it could not be computed. */
export function similarityFigure(
  sides: readonly Similarity[],
  samples: Samples,
  n: number,
  reason: string,
  options: SimilarityOptions = {},
): Figure {
  const { value } = sides[0]!;
  if (Number.isNaN(value)) return unavailable(reason);
  return makeFigure(value, { error: errorOf(sides[0]!), n, ...references(sides, samples), ...options });
}

/** The ceiling, and the score of as many synthetic rows where that is another one, with their standard errors. */
function references(sides: readonly Similarity[], samples: Samples): FigureParts {
  if (samples.ceiling === undefined || samples.matched === undefined) return {};
  const ceiling = sides[samples.ceiling]!;
  const known = { ceiling: ceiling.value, ceilingError: errorOf(ceiling) };
  if (samples.matched === 0) return known;
  const matched = sides[samples.matched]!;
  return { ...known, matched: matched.value, matchedError: errorOf(matched) };
}

/** Standard error of a similarity, of its sample's rows; undefined where it has no leave-out scores. */
function errorOf({ leaveOut }: Similarity): number | undefined {
  return leaveOut.length > 0 ? jackknifeError(leaveOut) : undefined;
}
