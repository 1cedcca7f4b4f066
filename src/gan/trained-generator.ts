import type { Field } from "../encode/field.js";
import type { CompletionConfig, CtganConfig } from "./config.js";

/** One line of the training log: what was measured at a step. Only what the phase measures is there. */
export interface TrainingLogEntry {
  readonly phase: string;
  readonly step: number;
  readonly [measure: string]: number | string;
}

export interface TrainingLog {
  readonly entries: readonly TrainingLogEntry[];
  /** One sentence a phase: how it ended and why ("stopped early at step 1200; best validation loss 10.2 at step 900"). */
  readonly notes: readonly string[];
  /** Present where a loss was no number at a step: the weights are the best before it. */
  readonly diverged?: { readonly phase: "completion" | "adversarial"; readonly step: number };
}

/** One named weight: float32, row-major. */
export interface Weight {
  readonly shape: readonly number[];
  readonly data: Float32Array;
}

/** What training leaves behind. Everything but `weights` is plain JSON. */
export interface TrainedGenerator {
  readonly config: CompletionConfig | CtganConfig;
  readonly fields: readonly Field[];
  /** Names carry a group: "completion/W_in", "rounds/W_in". */
  readonly weights: Readonly<Record<string, Weight>>;
  /** Level frequencies of the condition sampler and other non-weight state; plain JSON, no training row. */
  readonly state: Readonly<Record<string, unknown>>;
  readonly log: TrainingLog;
}
