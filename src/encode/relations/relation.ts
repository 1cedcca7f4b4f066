import { z } from "zod";

/** Ratio classes of nearly equal numbers: x lies between `low` and `high` times the source, equality left out. Whole percents. */
export const RATIO_CLASSES: readonly (readonly [number, number])[] = [
  [0.88, 0.96],
  [0.96, 0.99],
  [0.99, 1],
  [1, 1.01],
  [1.01, 1.04],
  [1.04, 1.12],
];

/** Copies that a field may have: as many as one word has bits for, and fewer. */
export const MAX_COPIES = 24;

const base = {
  column: z.string().describe("the column that follows"),
  source: z.string().describe("the column it follows from"),
  share: z.number().min(0).max(1).describe("of the rows where it holds, rounded"),
};

/** Numbers of one column that follow from the numbers of another in a share of the rows. Holds names of columns, no value. */
export const relationSchema = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("equal"), ...base }),
  z.strictObject({
    kind: z.literal("near"),
    ...base,
    low: z.number().positive().describe("the least ratio to the source"),
    high: z.number().positive().describe("the greatest ratio to the source"),
  }),
]);

export type Relation = z.infer<typeof relationSchema>;
