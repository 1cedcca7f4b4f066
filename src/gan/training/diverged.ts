import { type SynthError, trainingError } from "../../core/errors.js";

/** E_TRAIN_DIVERGED: `what` is not a number at `step` of a phase ("completion", "adversarial"). */
export function divergedAt(what: string, step: number, phase: "completion" | "adversarial"): SynthError {
  return trainingError("E_TRAIN_DIVERGED", `${what} is not a number at step ${step}`, {
    hint: `lower model.${phase}.learningRate`,
  });
}
