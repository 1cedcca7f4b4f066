import { z } from "zod";
import { fidelitySchema } from "./contract/fidelity-schema.js";
import { figureSchema } from "./contract/figure-schema.js";
import { guaranteeSchema } from "./contract/guarantee-schema.js";
import { privacySchema } from "./contract/privacy-schema.js";
import { releaseSchema } from "./contract/release-schema.js";
import { utilitySchema } from "./contract/utility-schema.js";

export type { Pattern, PatternCondition, TellTales } from "./contract/detection-schema.js";
export type { ColumnScore, PairScore } from "./contract/fidelity-schema.js";
export type { Figure, Sides } from "./contract/figure-schema.js";
export type { Guarantee } from "./contract/guarantee-schema.js";
export type { UtilityMetric } from "./contract/utility-schema.js";

/**
 * report.json. `version` rises when a key is renamed, removed or changes its meaning; new keys may appear without, so
 * readers pass over those that they do not know.
 */
export const reportSchema = z.strictObject({
  version: z.literal(2),
  /** Absent: no differential privacy was promised. */
  guarantee: guaranteeSchema.optional(),
  tables: z.strictObject({
    train: z.strictObject({ rows: z.number().int() }),
    synthetic: z.strictObject({ rows: z.number().int() }),
    holdout: z.strictObject({ rows: z.number().int() }).optional(),
    columns: z.number().int(),
    /** Columns that no score covers. */
    omitted: z.array(z.strictObject({ name: z.string(), reason: z.string() })),
    /** Columns in which the tables differ: not on both sides, or of another kind. Those that both have are scored all the same. */
    differences: z
      .array(
        z.strictObject({
          name: z.string(),
          problem: z.enum(["missing in synthetic", "missing in holdout", "only in synthetic", "other kind"]),
          message: z.string(),
        }),
      )
      .optional(),
    /** Where ceilings come from: rows kept away from the generator, or the training table split in halves (an estimate). */
    ceilings: z.enum(["holdout", "split", "none"]).optional(),
  }),
  fidelity: fidelitySchema,
  /** Of each constraint of the schema, the share of the rows it speaks of that hold it; absent where the schema has none. */
  constraints: z
    .array(z.strictObject({ name: z.string(), kind: z.string(), synthetic: figureSchema, real: figureSchema }))
    .optional(),
  utility: utilitySchema,
  privacy: privacySchema,
  release: releaseSchema,
  /** Plain words, one sentence a line, for somebody who is no statistician. */
  verdict: z.strictObject({ level: z.enum(["good", "caution", "bad"]), sentences: z.array(z.string()) }),
  /** What was done to compute it: seed, sampling caps, versions of definitions. */
  method: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])),
});

export type Report = z.infer<typeof reportSchema>;
