import type { RandomStream } from "../core/random.js";

/**
 * Permutation importance (Breiman 2001, doi:10.1023/A:1010933404324): what a fitted model's score loses when one feature's
 * rows are shuffled, so that its relations with the target and with the other features go. Features that stand for each
 * other share the loss. Each feature is shuffled by a stream of its own, named by its position.
 * @param shuffle the feature with its rows in another order
 * @param scoreOf the model's score on rows that it was not fitted on, with these features; higher is better
 * @returns [features] score - score with the feature shuffled
 */
export function permutationImportance<Feature>(
  features: readonly Feature[],
  shuffle: (feature: Feature, random: RandomStream) => Feature,
  scoreOf: (features: readonly Feature[]) => number,
  random: RandomStream,
): number[] {
  const whole = scoreOf(features);
  return features.map((feature, at) => {
    const shuffled = shuffle(feature, random.fork(at));
    return whole - scoreOf(features.map((other, i) => (i === at ? shuffled : other)));
  });
}
