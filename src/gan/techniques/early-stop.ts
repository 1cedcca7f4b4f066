/** Watches a validation loss and says when it has stopped falling. */
export interface EarlyStop {
  /** Tells the loss of one look; true when it is the best so far. Throws nothing on NaN: it is never the best. */
  look(step: number, loss: number): boolean;
  /** True after `patience` looks in a row without a best. */
  readonly isOver: () => boolean;
  /** The best look so far; step 0 and an infinite loss before the first. */
  readonly best: () => { readonly step: number; readonly loss: number };
  readonly state: () => EarlyStopState;
  readonly restore: (state: EarlyStopState) => void;
}

export interface EarlyStopState {
  readonly best: { readonly step: number; readonly loss: number };
  /** Looks since the best. */
  readonly looksSince: number;
}

/** Early stopping with patience (Prechelt 1998, doi:10.1007/3-540-49430-8_3). */
export function makeEarlyStop(patience: number): EarlyStop {
  let best = { step: 0, loss: Number.POSITIVE_INFINITY };
  let looksSince = 0;
  return {
    look(step, loss) {
      looksSince++;
      if (!(loss < best.loss)) return false;
      best = { step, loss };
      looksSince = 0;
      return true;
    },
    isOver: () => looksSince >= patience,
    best: () => best,
    state: () => ({ best, looksSince }),
    restore: (state) => {
      ({ best, looksSince } = state);
    },
  };
}
