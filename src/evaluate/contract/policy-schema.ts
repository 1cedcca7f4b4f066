import { z } from "zod";

const policyRuleSchema = z.strictObject({
  figure: z
    .string()
    .describe(
      "the figure's path in report.json; [] stands for every element of a list (privacy.groups[].dcrShare), a colon and a name for one (fidelity.columns:age.score)",
    ),
  end: z
    .enum(["low", "value", "high"])
    .describe("which end of the figure's interval is held against the limit; low: only what is surely beyond it fails"),
  atMost: z.number().optional(),
  atLeast: z.number().optional(),
  notComputed: z.enum(["fails", "passes"]).describe("what a figure does that could not be computed"),
  why: z.string().min(1).describe("why the limit is what it is"),
  advice: z.string().optional().describe("what to try where the rule fails"),
  code: z
    .string()
    .regex(/^E_RELEASE_[A-Z0-9_]+$/, "a code is E_RELEASE_ and capitals")
    .optional()
    .describe("code of the failure, for programs; default E_RELEASE_LIMIT"),
  message: z
    .string()
    .optional()
    .describe("what a failure says; {value}, {low}, {high}, {limit} and {place} are filled in"),
  unit: z.enum(["share", "number"]).optional().describe("how figures are written; share (default): in percent"),
});

/** policy.json: what a report must show for a table to be shared. `version` rises when a key changes its meaning. */
export const policySchema = z.strictObject({
  $schema: z.string().optional().describe("the JSON Schema of this file, for editors"),
  version: z.literal(1),
  name: z.string().min(1).describe("stands in the report"),
  requires: z.strictObject({
    holdout: z.boolean().optional().describe("held-out rows that the synthetic ones could be compared with"),
    rows: z.number().int().min(0).optional().describe("fewest rows of each table: training, synthetic and held-out"),
    widestInterval: z
      .number()
      .min(0)
      .max(1)
      .optional()
      .describe("widest interval (high - low) of privacy.dcrShare that still tells copying from likeness"),
  }),
  rules: z.array(policyRuleSchema),
});

/** Rules that a report is held against before its table is called shareable. */
export type ReleasePolicy = z.infer<typeof policySchema>;
export type PolicyRule = z.infer<typeof policyRuleSchema>;
