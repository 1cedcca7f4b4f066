import { z } from "zod";
import { attackSchema } from "./attack-schema.js";
import { disclosureSchema } from "./disclosure-schema.js";
import { figureSchema } from "./figure-schema.js";

const cumulativeSchema = z.strictObject({
  /** Quantiles 0, .01 .. 1 of the distance. */
  train: z.array(z.number()),
  holdout: z.array(z.number()).optional(),
  /** The same from held-out rows to training: what real rows that were not learned from have. */
  reference: z.array(z.number()).optional(),
});

/**
 * Rows that leaks hide in, looked at by themselves. Their intervals are widened for the number of groups. Named only where
 * five training rows or more are in it.
 */
const groupSchema = z.strictObject({
  /** Rows whose values are rare together; rows with any rare category; or the rows of one category. */
  kind: z.enum(["outliers", "rare categories", "category"]),
  /** Of the category. */
  column: z.string().optional(),
  level: z.string().optional(),
  trainRows: z.number().int(),
  syntheticRows: z.number().int(),
  /** Of the group's synthetic rows, nearer to training than to held-out rows; .5 = no memorisation. */
  dcrShare: figureSchema,
  /** AUC of telling the group's training rows from its held-out rows by their distance to the closest synthetic row. */
  membership: figureSchema.optional(),
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
  /** The distances again, in another space: ranks of numbers, categories at right angles, Euclidean. */
  euclidean: z
    .strictObject({
      dcr: z.strictObject({ median: figureSchema, fifthPercentile: figureSchema }),
      dcrShare: figureSchema,
      nearestDecileShare: figureSchema,
      nndr: figureSchema,
    })
    .optional(),
  /** Every group that was looked at, the one that leans most to training first (by the interval's lower end). */
  groups: z.array(groupSchema).optional(),
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
  /** What statisticians measure; only where there are quasi-identifiers. */
  disclosure: disclosureSchema.optional(),
  /**
   * Training rows that stand alone among real rows: `attack` the share that has a synthetic row within half, or a tenth, of the distance to the nearest other real row,
   * or within half or a tenth of that distance (variants), `control` the same of held-out rows that stand alone as much.
   */
  outlierProximity: attackSchema.optional(),
  /** Rows that stand in both training and held-out rows: every figure is nearer to "no leak" than it should be. */
  holdoutOverlap: z.strictObject({ rows: z.number().int(), excess: figureSchema }).optional(),
  /** Rows compared and attacks made. */
  method: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])).optional(),
});
