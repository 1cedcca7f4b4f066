import { z } from "zod";
import { detectionSchema } from "./detection-schema.js";
import { figureSchema, sidesSchema } from "./figure-schema.js";

/** One bar or point of a column's distribution overlay; shares sum to 1 a side. */
const distributionSchema = z.strictObject({
  kind: z.enum(["categories", "histogram"]),
  /** Categories' names (top 20 by real share, then "other"), or bins' edges as written values (labels.length = shares + 1). */
  labels: z.array(z.string()),
  real: z.array(z.number()),
  synthetic: z.array(z.number()),
  holdout: z.array(z.number()).optional(),
});

/** Share of known values up to each point, of a number or date; the outermost points hide the extremes. */
const cumulativeSharesSchema = z.strictObject({
  /** As written values, ascending; equally many as shares. */
  labels: z.array(z.string()),
  /** The same points as numbers (dates: milliseconds since 1970), for an axis. */
  at: z.array(z.number()),
  real: z.array(z.number()),
  synthetic: z.array(z.number()),
  holdout: z.array(z.number()).optional(),
});

/** One line of a column's summary, e.g. mean, median, number of categories; as written values, never an extreme of a single row. */
const summaryLineSchema = z.strictObject({
  name: z.string(),
  real: z.string(),
  synthetic: z.string(),
  holdout: z.string().optional(),
});

export const columnScoreSchema = z.strictObject({
  name: z.string(),
  type: z.string(),
  metric: z.enum(["KSComplement", "TVComplement"]),
  score: figureSchema,
  /** Shares of missing values; `difference` is synthetic - real, in -1..1, with its interval; its ceiling the held-out rows' difference. */
  missing: z.strictObject({ real: z.number(), synthetic: z.number(), difference: figureSchema.optional() }),
  /** Wasserstein-1 distance in standard deviations of the real column; numbers and dates. 0 = equal. */
  wasserstein: figureSchema.optional(),
  /** Jensen-Shannon distance (base 2) in 0..1 over categories, or over the accuracy's bins. 0 = equal. */
  jensenShannon: figureSchema.optional(),
  /** Categories: share of the real ones (seen often enough to expect them) that occur; numbers: share of the tails' weight that is kept. 0..1. */
  coverage: figureSchema.optional(),
  /** Share of values within the real range, or that are real categories. */
  adherence: figureSchema.optional(),
  distribution: distributionSchema,
  cumulative: cumulativeSharesSchema.optional(),
  summary: z.array(summaryLineSchema).optional(),
  /** Names of this column's groups in pairs' pictures: bins of equal weight or the most frequent categories, then "other" and "missing" where they occur. */
  groups: z.array(z.string()).optional(),
});

export const pairScoreSchema = z.strictObject({
  columns: z.tuple([z.string(), z.string()]),
  metric: z.enum(["CorrelationSimilarity", "ContingencySimilarity"]),
  score: figureSchema,
  /** Strength of the association: Pearson in [-1, 1] for two numbers, the correlation ratio in [0, 1] for a number and a category, Cramer's V in [0, 1] for two categories. */
  association: z.strictObject({
    measure: z.enum(["pearson", "correlationRatio", "cramersV"]).optional(),
    ...sidesSchema.shape,
  }),
  /** Spearman's rank correlation of two numbers. */
  spearman: sidesSchema.optional(),
  /**
   * The pair's own picture: shares of rows in [groups of the first column, groups of the second], row by row, rounded to four
   * decimals. null: fewer than five training rows (but more than none). The worst pairs have one, of narrow tables all.
   */
  picture: z.strictObject({ real: z.array(z.number().nullable()), synthetic: z.array(z.number()) }).optional(),
});

export const fidelitySchema = z.strictObject({
  columnShapes: figureSchema,
  pairTrends: figureSchema,
  overall: figureSchema,
  /** AUC of a classifier, real against synthetic; .5 = indistinguishable. */
  c2st: detectionSchema,
  /** MOSTLY's accuracy: uni-, bi- and trivariate. */
  accuracy: z.strictObject({ univariate: figureSchema, bivariate: figureSchema, trivariate: figureSchema }),
  diagnostic: z.strictObject({
    boundaryAdherence: figureSchema,
    categoryAdherence: figureSchema,
    structure: figureSchema,
    /** 1 - share of duplicated or missing keys, mean over identifier columns. */
    keyUniqueness: figureSchema.optional(),
  }),
  /** What of the real table's breadth occurs in the synthetic one, 0..1. */
  coverage: z
    .strictObject({
      /** Real categories, of all columns. */
      categories: figureSchema,
      /** Real categories below 1 % of the rows that as many real rows would show. */
      rareCategories: figureSchema,
      /** Weight of the numbers' outermost twentieths. */
      tails: figureSchema,
    })
    .optional(),
  /** Alaa et al. 2022 (arXiv:2102.08921), integrated over alpha and beta: do rows lie where real ones do, and everywhere there? */
  support: z.strictObject({ alphaPrecision: figureSchema, betaRecall: figureSchema }).optional(),
  columns: z.array(columnScoreSchema),
  pairs: z.array(pairScoreSchema),
});

export type ColumnScore = z.infer<typeof columnScoreSchema>;
export type PairScore = z.infer<typeof pairScoreSchema>;
