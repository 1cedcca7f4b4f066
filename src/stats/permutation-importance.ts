import type { RandomStream } from "../core/random.js";

/**
 * Permutation importance (Breiman 2001, doi:10.1023/A:1010933404324): what a fitted model's score loses when one feature's
 * rows are shuffled, so that its relations with the target and with the other features go. Features that stand for each
 * other share the loss. Each feature is shuffled by a stream of its own, named by its position.
 * @param positions the features that are shuffled
 * @param shuffle the feature with its rows in another order
 * @param scoreOf the model's score on rows that it was not fitted on, with these features; higher is better
 * @returns [positions] score - score with the feature shuffled
 */
export function permutationImportance<Feature>(
  features: readonly Feature[],
  positions: readonly number[],
  shuffle: (feature: Feature, random: RandomStream) => Feature,
  scoreOf: (features: readonly Feature[]) => number,
  random: RandomStream,
): number[] {
  const whole = scoreOf(features);
  return positions.map((at) => {
    const shuffled = shuffle(features[at]!, random.fork(at));
    return whole - scoreOf(features.map((other, i) => (i === at ? shuffled : other)));
  });
}
