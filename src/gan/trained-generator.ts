import type { Field } from "../encode/field.js";
import type { ModelConfig } from "./config.js";
import type { TrainingFinding } from "./diagnostics/training-measures.js";

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
  /** How each phase ended, in order; absent in logs of older programs. */
  readonly ends?: readonly PhaseEnd[];
  /** What went wrong while training, in order; absent where nothing was found. */
  readonly findings?: readonly TrainingFinding[];
  /** How drawn rows came to look like the real ones, column by column; absent where no look drew rows. */
  readonly overlays?: readonly TrainingOverlay[];
  /** Present where a loss was no number at a step: the weights are the best before it. */
  readonly diverged?: { readonly phase: "completion" | "adversarial" | "gan"; readonly step: number };
}

/** How a phase ended: what pages mark on its curves. */
export interface PhaseEnd {
  readonly phase: string;
  /** Steps taken, of those that the budget would have given. */
  readonly steps: number;
  readonly budget: number;
  /** The step whose weights were kept, 0: those it began with. Absent where none was judged. */
  readonly kept?: number;
  /** answer: the diagnostics stopped it. */
  readonly because: "budget" | "patience" | "time" | "diverged" | "answer";
}

/** One field through time: shares of its levels (or of at most 40 neighbouring groups of them). */
export interface TrainingOverlay {
  readonly field: string;
  readonly phase: string;
  /** Shares among the validation and training rows. Levels of fewer than 5 rows are part of a group. */
  readonly real: readonly number[];
  readonly looks: readonly { readonly step: number; readonly shares: readonly number[] }[];
}

/** One named weight: float32, row-major. */
export interface Weight {
  readonly shape: readonly number[];
  readonly data: Float32Array;
}

/** What training leaves behind. Everything but `weights` is plain JSON. */
export interface TrainedGenerator {
  readonly config: ModelConfig["model"];
  readonly fields: readonly Field[];
  /** Names carry a group: "completion/W_in", "rounds/W_in". */
  readonly weights: Readonly<Record<string, Weight>>;
  /** Level frequencies of the condition sampler and other non-weight state; plain JSON, no training row. */
  readonly state: Readonly<Record<string, unknown>>;
  readonly log: TrainingLog;
}
