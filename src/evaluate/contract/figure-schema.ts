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
  /** The same score of as many synthetic rows against the same reference as the ceiling has, where that is not `value`: compare it to the ceiling. */
  matched: z.number().optional(),
  /** The score is better than its ceiling: by less than chance explains, or by more (the rows follow this very sample, as copies do). */
  aboveCeiling: z.enum(["within noise", "beyond noise"]).optional(),
  status: z.enum(["ok", "unavailable"]).optional(),
  reason: z.string().optional(),
});

/** One figure for real rows beside the same for synthetic ones; null where it cannot be computed. */
export const sidesSchema = z.strictObject({ real: z.number().nullable(), synthetic: z.number().nullable() });

export type Figure = z.infer<typeof figureSchema>;
export type Sides = z.infer<typeof sidesSchema>;
