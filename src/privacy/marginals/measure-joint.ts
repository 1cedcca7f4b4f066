import { expectedCounts } from "../mixture/expected-counts.js";
import type { Mixture } from "../mixture/mixture.js";
import type { FieldGroups, JointQuestion, PaidRows } from "../paid-rows.js";
import { chooseQuestions, type ScoredQuestion } from "./choose-questions.js";
import { jointQuestions } from "./joint-questions.js";
import type { Measurement } from "./measurement.js";
import type { JointPart, JointRound } from "./plan-rounds.js";

/** What joint counts are asked of. */
export interface JointInput {
  readonly paid: PaidRows;
  readonly rows: number;
  /** By field. */
  readonly groups: readonly FieldGroups[];
  /** Every pair is measured with it. */
  readonly target: FieldGroups | undefined;
  readonly rounds: readonly JointRound[];
  /** Measured before. */
  readonly before: readonly Measurement[];
}

export interface JointMeans {
  /** The noise of a release of the rounds; all before it have been made. */
  readonly sigmaOf: (part: JointPart) => number;
  /** Fits a mixture, starting from another; a rough one is to choose by. */
  readonly fit: (
    measurements: readonly Measurement[],
    options: { readonly start: Mixture | undefined; readonly isRough: boolean },
  ) => Promise<Mixture>;
}

/**
 * Measures joint counts, round by round; a round that chooses scores its candidates against a mixture of what is known before it.
 */
export async function measureJoint(
  { paid, rows, groups, target, rounds, before }: JointInput,
  { sigmaOf, fit }: JointMeans,
): Promise<{ readonly measurements: readonly Measurement[]; readonly mixture: Mixture }> {
  const measured = [...before];
  let mixture: Mixture | undefined;
  for (const round of rounds) {
    const questions = questionsOf(round, groups, target);
    const what = describeRound(round, target);
    let chosen = questions;
    if (round.scores !== undefined) {
      mixture = await fit(measured, { start: mixture, isRough: true });
      const distances = score(round.scores, questions, mixture, what);
      chosen = chooseQuestions(distances, round.counts.changes, sigmaOf(round.counts));
    }
    const sigma = sigmaOf(round.counts);
    const counts = paid.countJoint(`counts of ${what}`, chosen, sigma);
    measured.push(...chosen.map((of, i) => ({ of, counts: Float64Array.from(counts[i]!), sigma })));
  }
  return {
    measurements: measured,
    mixture: await fit(measured, { start: mixture, isRough: false }),
  };

  function score(
    part: JointPart,
    questions: readonly JointQuestion[],
    estimate: Mixture,
    what: string,
  ): ScoredQuestion[] {
    const asked = questions.map((of) => ({ of, estimate: expectedCounts(estimate, of, rows) }));
    const distances = paid.scoreJoint(`how far ${what} are from their estimate`, asked, sigmaOf(part));
    return questions.map((of, i) => ({ of, distance: distances[i]! }));
  }
}

function questionsOf(
  { size }: JointRound,
  groups: readonly FieldGroups[],
  target: FieldGroups | undefined,
): JointQuestion[] {
  if (size === 2) return jointQuestions(groups, 2, target);
  const others = groups.filter((group) => group !== target);
  return jointQuestions(others, 3, undefined);
}

function describeRound({ size }: JointRound, target: FieldGroups | undefined): string {
  if (size === 3) return "triples of columns";
  return `pairs of columns${target === undefined ? "" : " with the target"}`;
}
