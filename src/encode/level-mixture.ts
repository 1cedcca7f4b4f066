/** Encoded rows as a mixture of products: given the component a row is of, its fields are independent. */
export interface LevelMixture {
  /** Share of the rows that are of each component, [components], sum 1. */
  readonly weights: Float64Array;
  /** [components, levels of all fields], row-major: each field's levels sum to 1. */
  readonly probabilities: Float64Array;
}
