import { z } from "zod";
import { figureSchema } from "./figure-schema.js";

const cumulativeSchema = z.strictObject({
  /** Quantiles 0, .01 .. 1 of the distance. */
  train: z.array(z.number()),
  holdout: z.array(z.number()).optional(),
  /** The same from held-out rows to training: what real rows that were not learned from have. */
  reference: z.array(z.number()).optional(),
});

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
const attackSchema = z.strictObject({
  risk: figureSchema,
  attack: figureSchema.optional(),
  control: figureSchema.optional(),
  baseline: figureSchema.optional(),
  truePositives: truePositivesSchema.optional(),
  /** Which variant the figures above are: a column for inference, a predicate's kind for singling out, a score. */
  worst: z.string().optional(),
  variants: z
    .array(
      z.strictObject({
        name: z.string(),
        risk: figureSchema,
        attack: figureSchema,
        control: figureSchema.optional(),
        baseline: figureSchema.optional(),
        truePositives: truePositivesSchema.optional(),
      }),
    )
    .optional(),
});

export const privacySchema = z.strictObject({
  /** Synthetic rows to training; ceiling = held-out rows to training (a distance below it is nearer than real rows are). */
  dcr: z.strictObject({
    median: figureSchema,
    fifthPercentile: figureSchema,
    /** Synthetic rows to held-out rows. */
    holdout: z.strictObject({ median: figureSchema, fifthPercentile: figureSchema }).optional(),
    curve: cumulativeSchema.optional(),
  }),
  /** P(nearer to training than to held-out rows), ties half; .5 = no memorisation. */
  dcrShare: figureSchema,
  /** The same among the tenth of the rows nearest to any real record: memorising shows there first. */
  nearestDecileShare: figureSchema.optional(),
  /** Median of nearest / second nearest distance to training; ceiling = held-out rows'. */
  nndr: figureSchema,
  nndrCurve: cumulativeSchema.optional(),
  /** ceiling = the same share for held-out rows. */
  identicalMatchShare: figureSchema,
  /** Share equal to a training row less share equal to a held-out row, of equally many; in -1..1, 0 = no copying; 99.5 % interval. */
  identicalMatchExcess: figureSchema.optional(),
  /** Cells that hold a value unique in training; ceiling = held-out rows' cells. */
  uniqueValueShare: figureSchema.optional(),
  /** The same less cells that hold a value unique among held-out rows; in -1..1, 0 = no copying. */
  uniqueValueExcess: figureSchema.optional(),
  membership: attackSchema,
  singlingOut: attackSchema,
  linkability: attackSchema,
  inference: attackSchema,
  /** Rows compared and attacks made. */
  method: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])).optional(),
});
