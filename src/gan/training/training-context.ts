import type { OnProgress } from "../../core/progress.js";
import type { RandomStream } from "../../core/random.js";
import type { EngineName } from "../../runtime/program.js";
import type { TrainingMonitor } from "../diagnostics/training-measures.js";
import type { PhaseEnd, TrainedGenerator, TrainingLogEntry, TrainingOverlay } from "../trained-generator.js";
import type { Checkpoints } from "./training-state.js";

/** What every training phase is given beside its data and its configuration. */
export interface TrainingContext {
  readonly random: RandomStream;
  readonly engine: EngineName;
  readonly threads: number;
  readonly onProgress: OnProgress;
  readonly signal: AbortSignal | undefined;
  /** Bound on this run's steps, over all phases; undefined: as configured. */
  readonly maxSteps: number | undefined;
  /** True once the time that the caller granted is over. */
  readonly outOfTime: () => boolean;
  /** Adds a line to the training log. */
  readonly record: (entry: TrainingLogEntry) => void;
  /** Says that a loss was no number at a step: the phase has ended with the best weights before it. */
  readonly diverged: (phase: "completion" | "adversarial" | "gan", step: number) => void;
  /** Adds a sentence to the training log; with it, where it says how a phase ended, the same as data. */
  readonly note: (sentence: string, end?: PhaseEnd) => void;
  /** Adds what drawn rows look like at a step. */
  readonly overlay: (overlay: TrainingOverlay) => void;
  /** Told what each look measured; says what to do about it. */
  readonly monitor: TrainingMonitor;
  readonly checkpoints: Checkpoints;
  /** The model whose weights training begins with; undefined: with random ones. */
  readonly warmStart: TrainedGenerator | undefined;
}
