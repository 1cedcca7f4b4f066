import { z } from "zod";
import { figureSchema } from "./figure-schema.js";

const mechanismBoundSchema = z.strictObject({
  lowerBound: z.number(),
  canaries: z.number().int(),
  guesses: z.number().int(),
  right: z.number().int(),
  score: z.string(),
});

/**
 * canary.json: what a model remembers of records that were planted for the purpose (`synth audit canary`). `version` rises when a
 * key is renamed, removed or changes its meaning.
 */
export const canarySchema = z.strictObject({
  version: z.literal(1),
  tables: z.strictObject({
    /** Rows without the canaries. */
    real: z.strictObject({ rows: z.number().int() }),
    /** Of each training. */
    release: z.strictObject({ rows: z.number().int() }),
    columns: z.number().int(),
    /** Columns that no canary has. */
    omitted: z.array(z.strictObject({ name: z.string(), reason: z.string() })),
  }),
  /** Made-up records; each was planted in one of the two trainings, by the toss of a coin. */
  canaries: z.strictObject({ made: z.number().int(), planted: z.array(z.number().int()) }),
  /** P(a planted canary's score is above that of one that was not planted), ties half, mean of both trainings; .5 = guessing. */
  auc: figureSchema,
  /** The score that the AUC and the exposure are of: the one whose AUC is surely highest. */
  score: z.string(),
  /** The distance, the density ratio, and how the latter differs between the trainings; intervals widened for their number. */
  scores: z.array(z.strictObject({ name: z.string(), auc: figureSchema })),
  /** Bits by which a planted canary stands out among records that were never planted. */
  exposure: z.strictObject({
    /** Records that a canary is ranked among, itself included. */
    candidates: z.number().int(),
    median: figureSchema,
    max: figureSchema,
    /** The same where nothing is memorised. */
    byChance: z.strictObject({
      median: z.number(),
      max: z.number(),
      /** Exceeded by the largest exposure in at most one of 20 audits. */
      maxHigh: z.number(),
    }),
  }),
  /** What differential privacy the training surely does not have. */
  epsilon: z.strictObject({
    /** No (epsilon, delta)-differential privacy with an epsilon below it; 0 = nothing was refuted. */
    lowerBound: z.number(),
    /** The bound had every guess been right: what this audit could have found at most. */
    largest: z.number(),
    confidence: z.number(),
    delta: z.number(),
    /** The guesses that the bound rests on. */
    guesses: z.number().int(),
    right: z.number().int(),
    score: z.string(),
    training: z.number().int(),
  }),
  /** Where the trainings were to be differentially private: whether what was promised can be refuted. */
  guarantee: z
    .strictObject({
      /** Promised. */
      epsilon: z.number(),
      delta: z.number(),
      /** A lower bound, of the trainings above or of the mechanism, is above what was promised. */
      refuted: z.boolean(),
      /** The mechanism itself, audited from inside: noisy counts of rows that have a cell each. */
      mechanism: mechanismBoundSchema,
      /** The same with half the noise: what this audit can find. */
      control: mechanismBoundSchema,
    })
    .optional(),
  /** Plain words, one sentence a line, for somebody who is no statistician. */
  verdict: z.strictObject({ level: z.enum(["good", "caution", "bad"]), sentences: z.array(z.string()) }),
  /** What was done to compute it. */
  method: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])),
});

export type CanaryReport = z.infer<typeof canarySchema>;

/** Whether a promise can be refuted. */
export type CanaryGuarantee = NonNullable<CanaryReport["guarantee"]>;
