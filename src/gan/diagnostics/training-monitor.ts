import type { TrainingMonitor } from "./training-measures.js";

/** A monitor of one training. */
export function makeTrainingMonitor(): TrainingMonitor {
  return { look: () => [], state: () => null, restore: () => {} };
}
