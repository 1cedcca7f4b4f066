import type { EncodedTable, Field } from "../../encode/field.js";

/** Rows that a meter compares drawn rows with. */
export interface MeteredData {
  readonly fields: readonly Field[];
  readonly train: EncodedTable;
  /** At least one row. */
  readonly validation: EncodedTable;
  /** There for fields of numbers, whose levels are in order. */
  readonly features?: readonly (Float32Array | undefined)[];
}
