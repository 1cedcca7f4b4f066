import type { EncodedTable, Field } from "../../../encode/field.js";

/** What a model of kind gan learns from. */
export interface GanData {
  /** Without copy levels. */
  readonly fields: readonly Field[];
  readonly train: EncodedTable;
  /** Rows kept out of training, to judge by; may be none. */
  readonly validation: EncodedTable;
  /** There for fields of numbers, whose levels are in order. */
  readonly features?: readonly (Float32Array | undefined)[];
  /** Combinations of known columns that fewer rows have are not kept in the model. */
  readonly minCategoryCount: number;
}
