import type { RandomStream } from "../../core/random.js";
import { expectedCounts } from "../mixture/expected-counts.js";
import type { Mixture } from "../mixture/mixture.js";
import type { FieldGroups, JointQuestion, PaidRows } from "../paid-rows.js";
import { chooseQuestions } from "./choose-questions.js";
import { jointQuestions } from "./joint-questions.js";
import type { Measurement } from "./measurement.js";
import type { JointRound } from "./plan-rounds.js";

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
  /** The noise of the next release, of which one row changes so many numbers. */
  readonly sigmaOf: (part: "scores" | "counts", round: JointRound, changes: number) => number;
  /** Fits a mixture, starting from another; a rough one is to choose by. */
  readonly fit: (
    measurements: readonly Measurement[],
    options: { readonly start: Mixture | undefined; readonly isRough: boolean },
  ) => Promise<Mixture>;
  readonly random: RandomStream;
}

/**
 * Measures joint counts, round by round; a round that chooses scores its candidates against a mixture of what is known before it.
 * Pairs that it does not choose are taken to be as they were estimated, or the components would tie them by chance: they are fitted
 * as if they had been measured with the noise of the others, which keeps chi^2 per cell what it is.
 */
export async function measureJoint(
  { paid, rows, groups, target, rounds, before }: JointInput,
  { sigmaOf, fit, random }: JointMeans,
): Promise<{ readonly measurements: readonly Measurement[]; readonly mixture: Mixture }> {
  const measured = [...before];
  const assumed: Measurement[] = [];
  let mixture: Mixture | undefined;
  for (const round of rounds) {
    const questions = questionsOf(round, groups, target);
    const what = describeRound(round, target);
    let chosen = questions;
    if (round.measured < questions.length) {
      const estimate = await fit([...measured, ...assumed], { start: mixture, isRough: true });
      const asked = questions.map((of) => ({ of, estimate: expectedCounts(estimate, of, rows) }));
      const released = `how far ${what} are from their estimate`;
      const distances = paid.scoreJoint(released, asked, sigmaOf("scores", round, asked.length));
      const sigma = sigmaOf("counts", round, round.measured);
      const scored = questions.map((of, i) => ({ of, distance: distances[i]! }));
      chosen = chooseQuestions(scored, round.measured, sigma);
      const others = asked.filter(({ of }) => round.size === 2 && !chosen.includes(of));
      assumed.push(...others.map(({ of, estimate }) => ({ of, counts: withNoise(estimate, sigma, random), sigma })));
      mixture = estimate;
    }
    const sigma = sigmaOf("counts", round, chosen.length);
    const counts = paid.countJoint(`counts of ${what}`, chosen, sigma);
    measured.push(...chosen.map((of, i) => ({ of, counts: Float64Array.from(counts[i]!), sigma })));
  }
  return {
    measurements: measured,
    mixture: await fit([...measured, ...assumed], { start: mixture, isRough: false }),
  };
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

function withNoise(counts: Float64Array, sigma: number, random: RandomStream): Float64Array {
  return counts.map((count) => count + sigma * random.normal());
}
