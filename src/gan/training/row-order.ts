import type { RandomState, RandomStream } from "../../core/random.js";

/** Endless batches of row indices, without replacement within a pass over the rows. */
export interface RowOrder {
  /** Fills `out` with the next rows. */
  next(out: Uint32Array): void;
  /** Where the order stands: the random stream before the pass that is under way, and how far the pass is. */
  state(): RowOrderState;
  restore(state: RowOrderState): void;
}

export interface RowOrderState {
  readonly random: RandomState;
  readonly at: number;
}

export function makeRowOrder(rowCount: number, random: RandomStream): RowOrder {
  let before = random.state();
  let order = random.permutation(rowCount);
  let at = 0;
  const beginPass = (): void => {
    before = random.state();
    order = random.permutation(rowCount);
    at = 0;
  };
  return {
    next(out) {
      for (let i = 0; i < out.length; i++) {
        if (at === rowCount) beginPass();
        out[i] = order[at++]!;
      }
    },
    state: () => ({ random: before, at }),
    restore(state) {
      random.restore(state.random);
      beginPass();
      at = state.at;
    },
  };
}
