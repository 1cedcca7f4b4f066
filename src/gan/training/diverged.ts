import { type SynthError, trainingError } from "../../core/errors.js";
import type { TrainingLog } from "../trained-generator.js";

/** The phases that may diverge, and the settings to lower then. */
const RATES: Readonly<Record<NonNullable<TrainingLog["diverged"]>["phase"], string>> = {
  completion: "model.completion.learningRate",
  adversarial: "model.adversarial.learningRate",
  gan: "model.training.generatorLearningRate and model.training.criticLearningRate",
};

/** E_TRAIN_DIVERGED: `what` is not a number at `step` of a phase. */
export function divergedAt(what: string, step: number, phase: keyof typeof RATES): SynthError {
  return trainingError("E_TRAIN_DIVERGED", `${what} is not a number at step ${step}`, {
    hint: `lower ${RATES[phase]}`,
  });
}
