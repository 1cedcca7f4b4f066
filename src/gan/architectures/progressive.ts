import type { GanConfig } from "../config.js";
import { makeProgressiveCritic } from "../networks/progressive-critic.js";
import { makeProgressiveGenerator } from "../networks/progressive-generator.js";
import { type Hierarchy, makeHierarchy } from "../techniques/resolution.js";
import type { Architecture, ArchitecturePlan } from "./architecture.js";

/**
 * Progressive growing (Karras et al. 2018, arXiv:1710.10196) on tables: training begins with rows of few groups of levels
 * and goes on to finer ones; levels and layers fade in, a layer of both networks a stage.
 */
export const progressive: Architecture = {
  plan: (table, config) => ({ hierarchy: makeHierarchy(table, config.generatorWidths.length) }),
  makeGenerator: (shape, plan) => makeProgressiveGenerator(shape, hierarchyOf(plan)),
  makeCritic: (shape, plan) => makeProgressiveCritic(shape, hierarchyOf(plan)),
  refuses,
};

function hierarchyOf({ hierarchy }: ArchitecturePlan): Hierarchy {
  return hierarchy as Hierarchy;
}

function refuses({ generatorWidths, criticWidths, condition, techniques }: GanConfig): string[] {
  const cases: readonly (readonly [boolean, string])[] = [
    [
      generatorWidths.length !== criticWidths.length,
      `both networks grow by a layer a stage: give criticWidths as many layers as generatorWidths (${generatorWidths.length})`,
    ],
    [
      condition.critic === "projection" && condition.columns !== "none",
      "its critic reads the condition with the row: set condition.critic to concatenation",
    ],
    [techniques.dropout > 0, "its critic has no dropout: set techniques.dropout to 0"],
    [
      techniques.minibatchDiscrimination > 0,
      "its critic compares no rows: set techniques.minibatchDiscrimination to 0 and techniques.pack to more than 1 instead",
    ],
  ];
  return cases.flatMap(([isRefused, sentence]) => (isRefused ? [sentence] : []));
}
