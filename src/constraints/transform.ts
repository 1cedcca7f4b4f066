import { z } from "zod";
import { columnOutputSchema } from "../encode/column-output.js";

const cell = z.union([z.string(), z.number()]).nullable().describe("a value; dates in ms since 1970, null is missing");

/** A column as its distance from others: `column` = the greatest (or least) of its references plus (or minus) it. */
export const differenceSchema = z.strictObject({
  kind: z.literal("difference"),
  column: z.string(),
  output: columnOutputSchema,
  side: z.enum(["above", "below", "near"]).describe("of its references; near: on either side of the one it has"),
  references: z.array(z.strictObject({ column: z.string(), strict: z.boolean() })),
  unit: z.number().positive().describe("of the distance: 1, or milliseconds"),
  decimals: z.number().int().min(0).describe("of the distance"),
  limits: z.tuple([z.number(), z.number()]).describe("blurred extremes of the column; what leaves them is reflected"),
  learnable: z.string().describe("the column that holds the distance"),
  rest: z.string().optional().describe("the column that holds the value where every reference is missing"),
  otherwise: z
    .number()
    .optional()
    .describe("the value where neither tells it, of a column that is missing only by a condition: the blurred median"),
});

/** A column that is computed from others: by an expression, or looked up. */
export const computedSchema = z.strictObject({
  kind: z.literal("computed"),
  column: z.string(),
  output: columnOutputSchema,
  inputs: z.array(z.string()),
  formula: z.discriminatedUnion("kind", [
    z.strictObject({ kind: z.literal("expression"), expression: z.string() }),
    z.strictObject({
      kind: z.literal("lookup"),
      entries: z
        .array(z.strictObject({ when: z.array(cell), value: cell }))
        .describe("determinants that enough rows have, the most frequent first"),
      otherwise: cell.describe("the value for all other texts"),
    }),
  ]),
  rest: z.string().optional().describe("the column that holds the value where it cannot be computed"),
  gap: z.string().optional().describe("the column that says where it is missing though it can be computed"),
});

/** Columns that become one category of their combinations. */
export const combinationSchema = z.strictObject({
  kind: z.literal("combination"),
  columns: z.array(z.string()),
  outputs: z.array(columnOutputSchema),
  learnable: z.string(),
  combinations: z.array(z.array(cell)).min(1).describe("those that enough rows have, the most frequent first"),
});

/** Columns of which one is set, as one category of their names. */
export const oneHotGroupSchema = z.strictObject({
  kind: z.literal("one-hot"),
  columns: z.array(z.string()),
  outputs: z.array(columnOutputSchema),
  learnable: z.string(),
  rare: z.string().describe("the column that is set where a rare one was"),
});

/** A column that is missing where a condition is true; learned with values in those places. */
export const nulledSchema = z.strictObject({
  kind: z.literal("nulled"),
  column: z.string(),
  output: columnOutputSchema,
  when: z.string(),
  inputs: z.array(z.string()),
  exactly: z.boolean(),
  replacement: cell.describe("where the condition is not true and no value was drawn: the median, or the commonest"),
});

/** A number or date that never leaves its bounds. */
export const boundedSchema = z.strictObject({
  kind: z.literal("bounded"),
  column: z.string(),
  low: z.number().optional(),
  high: z.number().optional(),
});

/** Columns in which no two rows agree. */
export const distinctSchema = z.strictObject({
  kind: z.literal("distinct"),
  columns: z.array(z.string()),
  nudged: z
    .array(
      z.strictObject({
        column: z.string(),
        limits: z.tuple([z.number(), z.number()]).optional().describe("blurred extremes of a number or date"),
        open: z.boolean().describe("may go on above its limits where there is no other value left"),
      }),
    )
    .describe("what may be changed where rows agree, the first before the others; none: made anew as an identifier"),
});

export const transformSchema = z.discriminatedUnion("kind", [
  differenceSchema,
  computedSchema,
  combinationSchema,
  oneHotGroupSchema,
  nulledSchema,
  boundedSchema,
  distinctSchema,
]);

/** What constraints were turned into. Plain JSON; no value seen in few rows stands in it. */
export const fittedConstraintsSchema = z.strictObject({
  version: z.literal(1),
  columns: z.array(z.string()).describe("the table's, in their order"),
  transforms: z.array(transformSchema).describe("in the order in which they are undone"),
});

export type Cell = z.infer<typeof cell>;
export type Difference = z.infer<typeof differenceSchema>;
export type Computed = z.infer<typeof computedSchema>;
export type Combination = z.infer<typeof combinationSchema>;
export type OneHotGroup = z.infer<typeof oneHotGroupSchema>;
export type Nulled = z.infer<typeof nulledSchema>;
export type Bounded = z.infer<typeof boundedSchema>;
export type Distinct = z.infer<typeof distinctSchema>;
export type Transform = z.infer<typeof transformSchema>;
export type FittedConstraints = z.infer<typeof fittedConstraintsSchema>;

/** The columns that a transform takes out of what is learned. */
export function ownedColumns(transform: Transform): readonly string[] {
  switch (transform.kind) {
    case "difference":
    case "computed":
      return [transform.column];
    case "combination":
    case "one-hot":
      return transform.columns;
    case "nulled":
    case "bounded":
    case "distinct":
      return [];
    default:
      return transform satisfies never;
  }
}

/** Columns that undoing a transform writes. */
export function writtenColumns(transform: Transform): readonly string[] {
  switch (transform.kind) {
    case "difference":
    case "computed":
    case "nulled":
    case "bounded":
      return [transform.column];
    case "combination":
    case "one-hot":
      return transform.columns;
    case "distinct":
      return transform.nudged.map(({ column }) => column);
    default:
      return transform satisfies never;
  }
}
