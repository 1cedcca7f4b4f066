import { z } from "zod";

/** May the table be released, by a written policy: which rules hold, which do not, and what to do about it. */
export const releaseSchema = z.strictObject({
  shareable: z.boolean(),
  /** Name of the policy that was applied. */
  policy: z.string().optional(),
  failures: z.array(
    z.strictObject({
      code: z.string(),
      message: z.string(),
      /** The figure that failed: a path such as privacy.dcrShare. */
      figure: z.string().optional(),
      /** Where it failed most: columns, and groups of rows in words. */
      columns: z.array(z.string()).optional(),
      groups: z.array(z.string()).optional(),
      /** What to try. */
      advice: z.string().optional(),
    }),
  ),
  /** Every rule of the policy and how it came out. */
  rules: z
    .array(
      z.strictObject({
        figure: z.string(),
        code: z.string().optional(),
        /** Which end of the figure is held against the limit. */
        end: z.enum(["low", "value", "high"]),
        atMost: z.number().optional(),
        atLeast: z.number().optional(),
        /** Why the limit is what it is. */
        why: z.string().optional(),
        outcome: z.enum(["holds", "fails", "not computed"]),
        value: z.number().optional(),
        low: z.number().optional(),
        high: z.number().optional(),
        /** Of a rule over a list, or over an attack of several variants: the one nearest to failing, in words. */
        place: z.string().optional(),
        reason: z.string().optional(),
      }),
    )
    .optional(),
});
