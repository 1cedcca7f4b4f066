import type { ColumnCondition } from "../gan/inference/condition-table.js";
import type { RangedField } from "./draw-chunk.js";

/** A condition on one column as weights on the levels of its fields. */
export interface ColumnMask {
  /** Undefined where every row meets it. */
  readonly condition: ColumnCondition | undefined;
  /** Where the numbers within the levels must lie. */
  readonly ranged?: RangedField;
  /** Rows that do not meet the condition are left among those that the levels allow. */
  readonly isPartial?: boolean;
}
