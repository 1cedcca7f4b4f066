import { z } from "zod";

/**
 * One figure of a report. `value` in the metric's own range (scores in 0..1); `low` and `high` an interval (95 %);
 * `ceiling` what an equally large sample of held-out real rows reaches. A figure that cannot be computed has no value:
 * `{ status: "unavailable", reason }`, never 0.
 */
export const figureSchema = z.strictObject({
  value: z.number().optional(),
  low: z.number().optional(),
  high: z.number().optional(),
  n: z.number().int().optional(),
  ceiling: z.number().optional(),
  /** The same score of as many synthetic rows as the ceiling has, where that is not `value`: compare it to the ceiling. */
  matched: z.number().optional(),
  status: z.enum(["ok", "unavailable"]).optional(),
  reason: z.string().optional(),
});

/** One bar or point of a column's distribution overlay; shares sum to 1 a side. */
const distributionSchema = z.strictObject({
  kind: z.enum(["categories", "histogram"]),
  /** Categories' names (top 20 by real share, then "other"), or bins' edges as written values (labels.length = shares + 1). */
  labels: z.array(z.string()),
  real: z.array(z.number()),
  synthetic: z.array(z.number()),
  holdout: z.array(z.number()).optional(),
});

export const columnScoreSchema = z.strictObject({
  name: z.string(),
  type: z.string(),
  metric: z.enum(["KSComplement", "TVComplement"]),
  score: figureSchema,
  missing: z.strictObject({ real: z.number(), synthetic: z.number() }),
  distribution: distributionSchema,
});

export const pairScoreSchema = z.strictObject({
  columns: z.tuple([z.string(), z.string()]),
  metric: z.enum(["CorrelationSimilarity", "ContingencySimilarity"]),
  score: figureSchema,
  /** Strength of the association in [-1, 1]: Pearson for numeric pairs, Cramer's V otherwise. */
  association: z.strictObject({ real: z.number().nullable(), synthetic: z.number().nullable() }),
});

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

export const reportSchema = z.strictObject({
  version: z.literal(1),
  tables: z.strictObject({
    train: z.strictObject({ rows: z.number().int() }),
    synthetic: z.strictObject({ rows: z.number().int() }),
    holdout: z.strictObject({ rows: z.number().int() }).optional(),
    columns: z.number().int(),
    omitted: z.array(z.strictObject({ name: z.string(), reason: z.string() })),
  }),
  fidelity: z.strictObject({
    columnShapes: figureSchema,
    pairTrends: figureSchema,
    overall: figureSchema,
    /** AUC of a classifier, real against synthetic; .5 = indistinguishable. */
    c2st: z.strictObject({ train: figureSchema, holdout: figureSchema }),
    /** MOSTLY's accuracy: uni-, bi- and trivariate. */
    accuracy: z.strictObject({ univariate: figureSchema, bivariate: figureSchema, trivariate: figureSchema }),
    diagnostic: z.strictObject({
      boundaryAdherence: figureSchema,
      categoryAdherence: figureSchema,
      structure: figureSchema,
      /** 1 - share of duplicated or missing keys, mean over identifier columns. */
      keyUniqueness: figureSchema.optional(),
    }),
    columns: z.array(columnScoreSchema),
    pairs: z.array(pairScoreSchema),
  }),
  /** Of each constraint of the schema, the share of the rows it speaks of that hold it; absent where the schema has none. */
  constraints: z
    .array(z.strictObject({ name: z.string(), kind: z.string(), synthetic: figureSchema, real: figureSchema }))
    .optional(),
  utility: z.strictObject({
    target: z.string().optional(),
    metric: z.enum(["AUC", "R2"]).optional(),
    synthetic: figureSchema,
    real: figureSchema,
    baseline: figureSchema,
  }),
  privacy: z.strictObject({
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
  }),
  release: z.strictObject({
    shareable: z.boolean(),
    failures: z.array(z.strictObject({ code: z.string(), message: z.string() })),
  }),
  /** Plain words, one sentence a line, for somebody who is no statistician. */
  verdict: z.strictObject({ level: z.enum(["good", "caution", "bad"]), sentences: z.array(z.string()) }),
  /** What was done to compute it: seed, sampling caps, versions of definitions. */
  method: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])),
});

export type Figure = z.infer<typeof figureSchema>;
export type ColumnScore = z.infer<typeof columnScoreSchema>;
export type PairScore = z.infer<typeof pairScoreSchema>;
export type Report = z.infer<typeof reportSchema>;
