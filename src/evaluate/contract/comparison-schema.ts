import { z } from "zod";
import { figureSchema } from "./figure-schema.js";
import { trainedPresetsSchema } from "./trained-presets-schema.js";

/**
 * The tables, by position, that are clearly better than another one, and than which none is clearly better. Clearly: the 95 %
 * intervals do not overlap. Empty where no table stands out, or figures have no interval.
 */
const bestSchema = z.array(z.number().int());

/** The table whose score is highest, by position, were it by chance; null where none has a score, or several share the highest. */
const nearestSchema = z.number().int().nullable();

/**
 * comparison.json: several synthetic tables beside each other. Lists of figures have one for each of `tables`, in their order.
 * `version` rises when a key is renamed, removed or changes its meaning; new keys may appear without.
 */
export const comparisonSchema = z.strictObject({
  version: z.literal(1),
  /** The real rows that all were compared with. */
  real: z.strictObject({
    trainRows: z.number().int(),
    holdoutRows: z.number().int().optional(),
    /** Where ceilings come from, as in report.json. */
    ceilings: z.enum(["holdout", "split", "none"]).optional(),
  }),
  tables: z.array(
    z.strictObject({
      name: z.string(),
      /** Of its report.html and report.json, relative to this file; absent where none was written. */
      folder: z.string().optional(),
      rows: z.number().int(),
      verdict: z.enum(["good", "caution", "bad"]),
      shareable: z.boolean(),
    }),
  ),
  figures: z.array(
    z.strictObject({
      /** In report.json. */
      path: z.string(),
      better: z.enum(["higher", "lower", "nearer to 0.5"]),
      values: z.array(figureSchema),
      /** Standard deviations over the seeds, where tables are means of several; null where there are none. */
      spreads: z.array(z.number().nullable()).optional(),
      best: bestSchema,
    }),
  ),
  /** How the tables were made, where `synth compare` trained presets side by side. */
  training: trainedPresetsSchema.optional(),
  /** Scores of single columns: which table is nearer to the real one. */
  columns: z.array(
    z.strictObject({ name: z.string(), values: z.array(figureSchema), nearest: nearestSchema, best: bestSchema }),
  ),
  pairs: z.array(
    z.strictObject({
      columns: z.tuple([z.string(), z.string()]),
      values: z.array(figureSchema),
      nearest: nearestSchema,
      best: bestSchema,
    }),
  ),
});

export type Comparison = z.infer<typeof comparisonSchema>;
