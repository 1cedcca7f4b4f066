import type { ModelConfig } from "../config.js";

/** Fewer rows could not judge when to stop, where a small table can spare them. */
const MIN_VALIDATION_ROWS = 125;
const MAX_VALIDATION_SHARE = 0.25;
/** More rows than these would not make early stop better. */
const MAX_VALIDATION_ROWS = 20_000;

/** The share of a table's rows that training sets aside to judge when to stop; 0 for models that do not stop early. */
export function validationShare(model: ModelConfig["model"], rows: number): number {
  const configured = configuredShare(model);
  if (configured === 0) return 0;
  const enough = Math.min(MAX_VALIDATION_SHARE, MIN_VALIDATION_ROWS / rows);
  return Math.min(Math.max(configured, enough), MAX_VALIDATION_ROWS / rows);
}

function configuredShare(model: ModelConfig["model"]): number {
  switch (model.kind) {
    case "completion":
      return model.completion.validationShare;
    case "gan":
      return model.training.validationShare;
    default:
      return model satisfies never;
  }
}
