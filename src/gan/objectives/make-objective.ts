import type { GanConfig } from "../config.js";
import { minimax } from "./minimax.js";
import { nonSaturating } from "./non-saturating.js";
import type { Objective } from "./objective.js";
import { wasserstein } from "./wasserstein.js";

/** The objective that a configuration names; how the critic's slope is bounded is no part of it. */
export function makeObjective(name: GanConfig["objective"]): Objective {
  switch (name) {
    case "minimax":
      return minimax;
    case "non-saturating":
      return nonSaturating;
    case "wgan":
    case "wgan-gp":
      return wasserstein;
    default:
      return name satisfies never;
  }
}
