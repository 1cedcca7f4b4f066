import type { RandomStream } from "../../core/random.js";

/** Endless batches of row indices, without replacement within a pass over the rows. */
export interface RowOrder {
  /** Fills `out` with the next rows. */
  next(out: Uint32Array): void;
}

export function makeRowOrder(rowCount: number, random: RandomStream): RowOrder {
  let order = random.permutation(rowCount);
  let at = 0;
  return {
    next(out) {
      for (let i = 0; i < out.length; i++) {
        if (at === rowCount) {
          order = random.permutation(rowCount);
          at = 0;
        }
        out[i] = order[at++]!;
      }
    },
  };
}
