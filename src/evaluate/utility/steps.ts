import { setImmediate } from "node:timers/promises";
import { throwIfAborted } from "../../core/errors.js";
import type { OnProgress } from "../../core/progress.js";

/** How a long computation tells where it is and how it is stopped. */
export interface StepsRun {
  readonly onProgress?: OnProgress | undefined;
  readonly signal?: AbortSignal | undefined;
}

export interface Steps {
  /** Begins the next step: says so, lets others run, throws E_INTERRUPTED where that was asked for. */
  next(words: string): Promise<void>;
  /** Throws E_INTERRUPTED where that was asked for, amid a step. */
  check(): void;
}

/** Counts the steps of a stage. */
export function makeSteps(stage: string, total: number, { onProgress, signal }: StepsRun): Steps {
  let done = 0;
  return {
    async next(words) {
      onProgress?.({ kind: "progress", stage, done, total, unit: "models", quality: words });
      done++;
      await setImmediate();
      throwIfAborted(signal);
    },
    check: () => throwIfAborted(signal),
  };
}
