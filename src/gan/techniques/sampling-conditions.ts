import type { RandomStream } from "../../core/random.js";
import type { ConditionPlan } from "./condition-plan.js";
import { makeConditionSampler } from "./condition-sampler.js";
import { makeCombinationSampler } from "./known-columns.js";

/**
 * Draws conditions of rows to sample, by the columns' true shares: not by the training's log-frequencies, which would distort
 * every column.
 *
 * @returns writes the place of the 1 in each part of the condition
 */
export function makeSamplingConditions(plan: ConditionPlan): (places: Int32Array, random: RandomStream) => void {
  switch (plan.kind) {
    case "none":
      return () => {};
    case "one-at-random": {
      const sampler = makeConditionSampler(plan, (share) => share);
      return (places, random) => {
        const { column, level } = sampler.draw(random);
        places[0] = plan.columns[column]!.start + level;
      };
    }
    case "known": {
      const draw = makeCombinationSampler(plan);
      return (places, random) => places.set(draw(random));
    }
    default:
      return plan satisfies never;
  }
}
