import { z } from "zod";

const columnNames = () => z.array(z.string());

/** What every constraint may say besides: how often it held where it was found. Nothing reads it again. */
const support = z
  .strictObject({ holds: z.number().int().min(0), rows: z.number().int().min(0) })
  .optional()
  .describe("rows in which a proposal held, of those in which all its columns have values");

const bound = z.union([z.number(), z.string()]).optional();

/**
 * A rule that every row keeps. A missing value breaks none of them, unless a kind says otherwise: `oneHot`,
 * `fixedCombinations` and `conditionalNull` speak of missing values too.
 */
export const constraintSchema = z.discriminatedUnion("kind", [
  z.strictObject({
    kind: z.literal("inequality"),
    columns: columnNames().min(2).describe("numbers or dates, ascending: no column is above one that stands after it"),
    strict: z.boolean().optional().describe("equal values break it; default false"),
    support,
  }),
  z.strictObject({
    kind: z.literal("range"),
    column: z.string(),
    low: bound.describe("least value; a date as the column writes it, or YYYY-MM-DD"),
    high: bound.describe("greatest value"),
    support,
  }),
  z.strictObject({
    kind: z.literal("fixedCombinations"),
    columns: columnNames().min(2).describe("only combinations seen in the data occur; a missing value is a value here"),
    support,
  }),
  z.strictObject({
    kind: z.literal("functionalDependency"),
    determinants: columnNames().min(1),
    dependent: z.string().describe("has one value for each combination of the determinants"),
    support,
  }),
  z.strictObject({
    kind: z.literal("sum"),
    parts: columnNames().min(1),
    whole: z.string().describe("the sum of the parts"),
    decimals: z.number().int().min(0).max(15).optional().describe("digits it is right to; default: all that whole has"),
    support,
  }),
  z.strictObject({
    kind: z.literal("oneHot"),
    columns: columnNames().min(2).describe("0 and 1, or booleans: exactly one is set, or all are missing"),
    support,
  }),
  z.strictObject({
    kind: z.literal("unique"),
    columns: columnNames().min(1).describe("no two rows have the same values in them"),
    support,
  }),
  z.strictObject({
    kind: z.literal("conditionalNull"),
    column: z.string(),
    when: z
      .string()
      .describe("a condition on other columns, e.g. status = 'active': where it is true, column is missing"),
    exactly: z.boolean().optional().describe("column is missing nowhere else; default true"),
    support,
  }),
  z.strictObject({
    kind: z.literal("derived"),
    column: z.string(),
    expression: z.string().describe("of other columns, e.g. round(price * quantity, 2)"),
    support,
  }),
  z.strictObject({
    kind: z.literal("near"),
    column: z.string().describe("a date that is learned as its distance from the reference, before it or after it"),
    reference: z.string().describe("another date; no rule is made of it"),
    support,
  }),
]);

export type Constraint = z.infer<typeof constraintSchema>;
export type ConstraintOf<K extends Constraint["kind"]> = Extract<Constraint, { readonly kind: K }>;
