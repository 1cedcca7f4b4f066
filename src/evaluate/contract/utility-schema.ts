import { z } from "zod";
import { figureSchema, sidesSchema } from "./figure-schema.js";

/** One measure of how well a target is predicted in held-out real rows, by what the model was trained on. */
const utilityMetricSchema = z.strictObject({
  /** AUC, F1 (mean over classes), accuracy: 1 is best. Brier, ECE (expected calibration error), RMSE: 0 is best. R2: 1 is best, 0 knows nothing. */
  metric: z.enum(["AUC", "F1", "accuracy", "Brier", "ECE", "R2", "RMSE"]),
  synthetic: figureSchema,
  /** Equally many training rows. */
  real: figureSchema,
  /** All training rows and as many synthetic rows. */
  augmented: figureSchema.optional(),
  /** All training rows: what augmentation is compared with. */
  allReal: figureSchema.optional(),
  /** The most frequent class, or the mean. */
  baseline: figureSchema,
});

export const utilitySchema = z.strictObject({
  target: z.string().optional(),
  /** Whether the target was asked for or chosen by the rule of `method`. */
  targetChosen: z.boolean().optional(),
  /** The main measure: gradient boosting. */
  metric: z.enum(["AUC", "R2"]).optional(),
  synthetic: figureSchema,
  real: figureSchema,
  baseline: figureSchema,
  /** Every model and measure for the target. */
  models: z
    .array(z.strictObject({ model: z.enum(["boosting", "linear"]), metrics: z.array(utilityMetricSchema) }))
    .optional(),
  /** Of a two-class target: mean prediction and true share in ten groups of held-out rows, by what the booster was trained on. */
  calibration: z
    .strictObject({
      synthetic: z.array(z.strictObject({ predicted: z.number(), observed: z.number(), n: z.number().int() })),
      real: z.array(z.strictObject({ predicted: z.number(), observed: z.number(), n: z.number().int() })),
    })
    .optional(),
  /** Do both models look at the same columns? */
  importance: z
    .strictObject({
      /** Spearman's correlation of the two models' permutation importances, in -1..1. */
      agreement: figureSchema,
      columns: z.array(z.strictObject({ name: z.string(), ...sidesSchema.shape })),
    })
    .optional(),
  /** Each column in turn as the target (asked for). */
  everyColumn: z
    .array(
      z.strictObject({
        target: z.string(),
        metric: z.enum(["AUC", "R2"]).optional(),
        synthetic: figureSchema,
        real: figureSchema,
        baseline: figureSchema,
      }),
    )
    .optional(),
});

export type Utility = z.infer<typeof utilitySchema>;
export type UtilityMetric = z.infer<typeof utilityMetricSchema>;
