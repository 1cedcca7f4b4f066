/** An array of a training's state. */
export type StateArray = Float32Array | Float64Array | Int32Array | Uint32Array | Uint16Array | Uint8Array;

/** Everything that a phase of training goes on from: plain values (numbers may be infinite or NaN), and arrays by name. No clock time, no cell. */
export interface TrainingState {
  readonly values: Readonly<Record<string, unknown>>;
  /** May be memory that the next step changes: whoever keeps a state copies them at once. */
  readonly arrays: Readonly<Record<string, StateArray>>;
}

/** Where the states of an interrupted training are kept. */
export interface Checkpoints {
  /** The state that a phase is to go on from; undefined where it begins. */
  restore(phase: string): TrainingState | undefined;
  /** Called after each step: where a checkpoint is due the state is asked for and kept, whole or not at all. */
  offer(phase: string, state: () => TrainingState): Promise<void>;
}

/** Keeps nothing. */
export const NO_CHECKPOINTS: Checkpoints = { restore: () => undefined, offer: async () => {} };
