/** How columns become fields. */
export interface EncodingOptions {
  readonly numbers: "quantile-bins" | "mode-specific";
  /** A category or number seen in fewer rows is not published. */
  readonly minCategoryCount: number;
  /** Quantile bins of a number. */
  readonly bins: number;
  /** A number with at most so many distinct values has a level each. */
  readonly levelsPerNumber: number;
  readonly maxModes: number;
}
