/** Rows evaluated at once: their activations stay in a core's cache. */
export const BATCH_ROWS = 256;

/** Rows whose features are wanted. */
export interface FeatureBatch {
  readonly rows: number;
  /** The residual streams' starts at the round before, [rows, H]. */
  readonly former: Float32Array;
  /** Levels known since, [rows, m]; L = none. */
  readonly learned: Int32Array;
  /** Where the network has a latent: [rows, Z]. */
  readonly z: Float32Array | undefined;
  /** Receives the residual streams' starts of this round, without z; [rows, H]. */
  readonly start: Float32Array;
}

/** Evaluates a folded network for many rows. One call at a time. */
export interface CompletionEngine {
  /** Evaluates a batch of rows up to the features that `shares` reads. */
  features(batch: FeatureBatch): Promise<void>;
  /**
   * Shares of the levels of some fields in the rows that `features` was last called for; [rows, levels] a field, overwritten
   * by the next call.
   *
   * @param biases the fields' output biases, [levels]; -Infinity where a level is not allowed
   */
  shares(fields: readonly number[], biases: readonly Float32Array[]): Promise<readonly Float32Array[]>;
  dispose(): Promise<void>;
}
