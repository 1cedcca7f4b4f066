import { z } from "zod";
import { figureSchema } from "./figure-schema.js";

/** What rows have in common, e.g. age is 17 to 24, sex is Female. Values as written; a category only where five training rows or more have it. */
const conditionSchema = z.strictObject({
  column: z.string(),
  /** "is", "is not", "is missing", "is known", "from" (low to high), "up to", "above"; `values` holds none, one or several. */
  relation: z.enum(["is", "is not", "is missing", "is known", "from", "up to", "above"]),
  values: z.array(z.string()),
});

/** A group of rows that is more, or less, frequent among synthetic rows than among real ones. */
const patternSchema = z.strictObject({
  conditions: z.array(conditionSchema),
  /** Shares of the rows of each side that follow it, in 0..1, on rows that the pattern was not found on. */
  real: figureSchema,
  synthetic: figureSchema,
});

/** What gives the synthetic rows away. */
const tellTalesSchema = z.strictObject({
  /** Which real rows they were compared with. */
  against: z.enum(["train", "holdout"]),
  /** Every column, the most telling first. */
  columns: z.array(
    z.strictObject({
      name: z.string(),
      /** AUC that the booster loses when the column is shuffled among the rows (permutation importance); in -1..1. */
      importance: figureSchema,
      /** AUC of a booster that sees this column alone. */
      alone: figureSchema,
    }),
  ),
  /** The three-way cells whose shares differ most, the worst first. */
  cells: z.array(patternSchema),
  /** Rules that the most easily recognised synthetic rows follow; the first has the most surplus. */
  patterns: z.array(patternSchema),
});

export const detectionSchema = z.strictObject({
  /** By gradient boosting. */
  train: figureSchema,
  holdout: figureSchema,
  /** By logistic regression on standardised numbers and one-hot categories. */
  logistic: z.strictObject({ train: figureSchema, holdout: figureSchema }).optional(),
  tellTales: tellTalesSchema.optional(),
});

export type Pattern = z.infer<typeof patternSchema>;
export type PatternCondition = z.infer<typeof conditionSchema>;
export type TellTales = z.infer<typeof tellTalesSchema>;
