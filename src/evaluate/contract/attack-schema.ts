import { z } from "zod";
import { figureSchema } from "./figure-schema.js";

const truePositivesSchema = z.strictObject({
  /** Share of training rows recognised at a false positive rate of at most 1 %. */
  at1Percent: figureSchema,
  /** The same at .1 %. */
  at01Percent: figureSchema,
});

/**
 * `risk` in 0..1: 0 = training rows are no more exposed than held-out ones. For singling out, linkability and inference
 * (attack's rate - control's rate) / (1 - control's rate); for membership 2 AUC - 1, with `attack` the AUC and `baseline` .5.
 * Where an attack has variants the figures are those of the worst one, intervals widened for their number.
 */
export const attackSchema = z.strictObject({
  risk: figureSchema,
  attack: figureSchema.optional(),
  control: figureSchema.optional(),
  baseline: figureSchema.optional(),
  truePositives: truePositivesSchema.optional(),
  /** Which variant the figures above are: the secret column for inference, a predicate's kind for singling out, a split of the columns, a score. */
  worst: z.string().optional(),
  /** All variants. Of the three attacks the surest risk first (by its lower end, then its value); their intervals hold for all of them together. */
  variants: z
    .array(
      z.strictObject({
        name: z.string(),
        /** Columns that the attacker knows, where the variants differ in them (inference), or one side's (linkability). */
        known: z.array(z.string()).optional(),
        risk: figureSchema,
        attack: figureSchema,
        control: figureSchema.optional(),
        baseline: figureSchema.optional(),
        truePositives: truePositivesSchema.optional(),
      }),
    )
    .optional(),
});
