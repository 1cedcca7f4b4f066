import type { GanConfig } from "../config.js";

/** The penalty on the critic's slope that a configuration asks for. */
export function penaltyOf({ objective, techniques }: GanConfig): "wgan-gp" | "r1" | "none" {
  if (objective === "wgan-gp" && techniques.gradientPenalty > 0) return "wgan-gp";
  return techniques.r1 > 0 ? "r1" : "none";
}
