import { z } from "zod";

/** One touch of the data that was paid for. */
export const ledgerEntrySchema = z.strictObject({
  released: z.string().describe("what was released, in words: `counts of pairs of columns`"),
  mechanism: z
    .enum(["discrete-gaussian", "discrete-laplace"])
    .describe("noise on whole numbers (Canonne, Kamath and Steinke 2020, arXiv:2004.00010)"),
  changes: z.number().int().min(1).describe("numbers that adding or removing one row changes, each by 1 at most"),
  scale: z.number().positive().describe("of the noise: sigma of the Gaussian, t of the Laplace"),
  delta: z
    .number()
    .min(0)
    .max(1)
    .describe("probability paid outright: that a value which one row alone has is published"),
});

/** What differential privacy was promised for a model, and everything that was told of the rows for it. */
export const privacyRecordSchema = z.strictObject({
  epsilon: z.number().positive().describe("promised"),
  delta: z.number().positive().max(1).describe("promised"),
  spent: z.number().min(0).describe("epsilon of all entries together at delta, never below the true one"),
  neighbours: z.literal("add-or-remove-one-row"),
  noise: z
    .enum(["secure", "seeded"])
    .describe(
      "secure: from a cryptographic generator; seeded: NOT PRIVATE, for tests, whoever knows the seed knows the noise",
    ),
  ledger: z.array(ledgerEntrySchema).describe("in the order of the touches"),
  assumptions: z.array(z.string()).describe("what is taken as public and was not paid for, one sentence each"),
  target: z.string().optional().describe("the column whose joint counts with pairs of others were measured"),
});

export type LedgerEntry = z.infer<typeof ledgerEntrySchema>;
export type PrivacyRecord = z.infer<typeof privacyRecordSchema>;
