/**
 * Rows as a mixture of products: a row is of component c with probability `weights[c]`, and its fields are then independent.
 * Any joint probability is a sum over the components.
 */
export interface Mixture {
  /** [components], sum 1. */
  readonly weights: Float64Array;
  /** Groups of each field; field k's are columns starts[k] .. starts[k + 1] - 1. */
  readonly starts: readonly number[];
  /** [components, groups of all fields], row-major: each field's groups sum to 1. */
  readonly probabilities: Float64Array;
}
