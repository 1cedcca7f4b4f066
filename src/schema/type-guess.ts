import type { ColumnType } from "./table-schema.js";

/** A type and why, in plain words. */
export interface TypeGuess {
  readonly type: ColumnType;
  readonly reason: string;
}
