import { type SynthError, usageError } from "../../../core/errors.js";

/** The kind of model is known, its training not yet. */
export function ganIsUnderWay(): SynthError {
  return usageError("E_CONFIG_PRESET", "models of kind gan cannot be trained yet", { where: "model.kind" });
}
