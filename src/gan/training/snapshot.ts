import type { Resumable } from "./resumable.js";
import type { StateArray, TrainingState } from "./training-state.js";

/** A checkpoint to go back to while training goes on: a copy of a state, or none yet. */
export interface Snapshot extends Resumable {
  take(): void;
  /** False where there is none. */
  goBack(): boolean;
}

/** No checkpoint yet of what is given. */
export function makeSnapshot(parts: Resumable): Snapshot {
  let kept: TrainingState | undefined;
  const empty: TrainingState = { values: {}, arrays: {} };
  return {
    take: () => {
      kept = copyOf(parts.state());
    },
    goBack: () => {
      if (kept !== undefined) parts.restore(kept);
      return kept !== undefined;
    },
    state: () => kept ?? empty,
    restore: (state) => {
      kept = Object.keys(state.arrays).length === 0 ? undefined : copyOf(state);
    },
  };
}

function copyOf({ values, arrays }: TrainingState): TrainingState {
  const copies = Object.entries(arrays).map(([name, array]): [string, StateArray] => [name, array.slice()]);
  return { values, arrays: Object.fromEntries(copies) };
}
