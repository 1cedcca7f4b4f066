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
  /** Every set is measured with it. */
  readonly target: FieldGroups | undefined;
  readonly rounds: readonly JointRound[];
  /** Measured before. */
  readonly before: readonly Measurement[];
}

export interface JointMeans {
  /** The noise of the next release, of which one row changes so many numbers. */
  readonly sigmaOf: (part: "scores" | "counts", round: JointRound, changes: number) => number;
  readonly fit: (measurements: readonly Measurement[], start: Mixture | undefined) => Promise<Mixture>;
}

/** Measures joint counts, round by round; a round that chooses scores its candidates against a mixture of what is known before it. */
export async function measureJoint(
  { paid, rows, groups, target, rounds, before }: JointInput,
  { sigmaOf, fit }: JointMeans,
): Promise<{ readonly measurements: readonly Measurement[]; readonly mixture: Mixture }> {
  let measurements = before;
  let mixture: Mixture | undefined;
  for (const round of rounds) {
    const withTarget = round.size === 2 ? target : undefined;
    let questions = jointQuestions(
      round.size === 2 ? groups : groups.filter((group) => group !== target),
      round.size,
      withTarget,
    );
    const what = `${round.size === 2 ? "pairs" : "triples"} of columns${withTarget === undefined ? "" : " with the target"}`;
    if (round.measured < questions.length) {
      mixture = await fit(measurements, mixture);
      questions = score(`how far the ${what} are from the estimate so far`, questions, mixture, round);
    }
    if (questions.length === 0) continue;
    const sigma = sigmaOf("counts", round, questions.length);
    const counts = paid.countJoint(`counts of ${what}`, questions, sigma);
    measurements = [
      ...measurements,
      ...questions.map((of, i) => ({ of, counts: Float64Array.from(counts[i]!), sigma })),
    ];
  }
  return { measurements, mixture: await fit(measurements, mixture) };

  function score(released: string, questions: JointQuestion[], estimate: Mixture, round: JointRound): JointQuestion[] {
    const asked = questions.map((of) => ({ of, estimate: expectedCounts(estimate, of, rows) }));
    const distances = paid.scoreJoint(released, asked, sigmaOf("scores", round, questions.length));
    const scored = questions.map((of, i) => ({ of, distance: distances[i]! }));
    return chooseQuestions(scored, round.measured, sigmaOf("counts", round, round.measured));
  }
}
