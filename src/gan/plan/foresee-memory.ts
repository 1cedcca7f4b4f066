import { type SynthError, trainingError } from "../../core/errors.js";
import type { Field } from "../../encode/field.js";
import type { CompletionConfig } from "../config.js";
import { completionParameters } from "../networks/completion-network.js";
import { judgedBatches } from "../training/completion-validation.js";
import type { TrainingSize } from "./plan-training.js";

const FLOAT_BYTES = 4;
/** Weights, gradients, both moments, the average, the best so far and a copy of it. */
const COPIES_OF_WEIGHTS = 7;
/** Arrays of [batch, L] that a step holds at once: batch, target, logits, their exponentials and derivatives. */
const LEVEL_ARRAYS = 8;
/** The engine, the program itself and what the table takes beside its encoded rows. */
const BASE_BYTES = 300e6;
const NAMED_COLUMNS = 3;

/**
 * Bytes that the completion and the adversarial phase need at their peak, by what needs them: an upper estimate from shapes
 * alone.
 */
export function foreseeMemory(config: CompletionConfig, size: TrainingSize): number {
  const { rows, fields, levels } = size;
  const { batchSize } = config.completion;
  const weights = Object.values(completionParameters({ fields, levels, ...config.network }))
    .map(({ shape }) => shape.reduce((product, side) => product * side, 1))
    .reduce((sum, count) => sum + count, 0);
  const batch = batchSize * (LEVEL_ARRAYS * levels + 16 * config.network.width * (config.network.blocks + 1));
  const judged = 2 * judgedBatches(fields, rows) * batchSize * (2 * levels + 2 * fields);
  const moments = config.adversarial.enabled ? 6 * levels ** 2 + 2 * batch : 0;
  const encodedRows = rows * fields * 1.5;
  return BASE_BYTES + FLOAT_BYTES * (COPIES_OF_WEIGHTS * weights + batch + judged + moments + encodedRows);
}

/** Throws E_TRAIN_MEMORY, naming the columns that cost most, where `needed` bytes are more than `available`. */
export function requireMemory(needed: number, available: number, fields: readonly Field[]): void {
  if (needed <= available) return;
  throw tooLarge(needed, available, fields);
}

function tooLarge(needed: number, available: number, fields: readonly Field[]): SynthError {
  const costly = fields
    .flatMap((field) => (field.kind === "discrete" ? [field] : []))
    .sort((a, b) => b.levels - a.levels)
    .slice(0, NAMED_COLUMNS)
    .map(({ name, levels }) => `"${name}" (${levels} levels)`);
  return trainingError(
    "E_TRAIN_MEMORY",
    `training needs about ${gigabytes(needed)}, and ${gigabytes(available)} are available; most is for the columns ${costly.join(", ")}`,
    { hint: "drop such columns in a schema, lower encoding.bins, or give fewer rows" },
  );
}

function gigabytes(bytes: number): string {
  return `${(bytes / 1e9).toFixed(1)} GB`;
}
