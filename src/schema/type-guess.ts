import type { ColumnSchema } from "./table-schema.js";

/** A type and why, in plain words; with it what else was found out. */
export type TypeGuess = Pick<ColumnSchema, "type" | "reason" | "generator" | "levels" | "bounds">;
