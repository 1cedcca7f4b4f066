import type { RandomStream } from "../core/random.js";
import type { BoosterFeature } from "./feature-bins.js";

export interface PermutationOptions {
  readonly random: RandomStream;
  /** Shuffles a feature; default 1. */
  readonly repeats?: number;
  /** Called after each feature; may throw to stop (an aborted signal). */
  readonly onFeature?: (done: number) => void;
}

/**
 * Permutation importance (Breiman 2001, doi:10.1023/A:1010933404324): what a fitted model's score loses when one feature's
 * rows are shuffled, so that its relations with the target and with the other features go. Features that stand for each
 * other share the loss. Each feature is shuffled by a stream of its own, named by its position.
 * @param scoreOf the model's score on rows that it was not fitted on, with these features; higher is better
 * @returns [features] of [repeats]: score - score with the feature shuffled
 */
export function permutationImportance(
  features: readonly BoosterFeature[],
  scoreOf: (features: readonly BoosterFeature[]) => number,
  options: PermutationOptions,
): number[][] {
  const whole = scoreOf(features);
  return features.map((feature, at) => {
    const random = options.random.fork(at);
    const losses = Array.from({ length: options.repeats ?? 1 }, (_, repeat) => {
      const shuffled = shuffleFeature(feature, random.fork(repeat));
      return whole - scoreOf(features.map((other, i) => (i === at ? shuffled : other)));
    });
    options.onFeature?.(at + 1);
    return losses;
  });
}

function shuffleFeature(feature: BoosterFeature, random: RandomStream): BoosterFeature {
  if (feature.kind === "number") {
    const order = random.permutation(feature.values.length);
    return { kind: "number", values: Float64Array.from(order, (row) => feature.values[row]!) };
  }
  const order = random.permutation(feature.codes.length);
  return { kind: "category", codes: Int32Array.from(order, (row) => feature.codes[row]!), levels: feature.levels };
}
