import { assertDefined } from "../../core/errors.js";
import type { Parameters } from "../../runtime/parameters.js";
import type { TrainedGenerator } from "../trained-generator.js";

/** Puts a trained model's weights of one group ("completion", "generator") into a network of the same shape, by their names. */
export function loadWeights(
  views: Parameters["views"],
  names: readonly string[],
  group: string,
  from: TrainedGenerator,
): void {
  for (const name of names) views[name]!.set(assertDefined(from.weights[`${group}/${name}`], `weight ${name}`).data);
}
