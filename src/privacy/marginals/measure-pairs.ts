import type { FieldGroups, JointQuestion, PaidRows } from "../paid-rows.js";
import type { Measurement } from "./measurement.js";

/** Noisy joint counts of all pairs of fields; with a target of all pairs of the others, each with the target. */
export function measurePairs(
  paid: PaidRows,
  groups: readonly FieldGroups[],
  target: number | undefined,
  sigmaOf: (changes: number) => number,
): Measurement[] {
  const paired = groups.filter(({ field }) => field !== target);
  const questions: JointQuestion[] = [];
  paired.forEach((first, i) => {
    for (const second of paired.slice(i + 1)) {
      questions.push(target === undefined ? [first, second] : [first, second, groups[target]!]);
    }
  });
  if (questions.length === 0) return [];
  const sigma = sigmaOf(questions.length);
  const released = `counts of pairs of columns${target === undefined ? "" : " with the target"}`;
  const counts = paid.countJoint(released, questions, sigma);
  return questions.map((of, i) => ({ of, counts: Float64Array.from(counts[i]!), sigma }));
}
