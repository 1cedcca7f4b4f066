import { z } from "zod";
import { type PrivacyRecord, privacyRecordSchema } from "../../schema/privacy-record.js";
import { figureSchema } from "./figure-schema.js";

/**
 * The differential privacy that was promised for synthetic rows: the record of the model they were drawn from. Epsilon is a
 * figure, unavailable where the promise does not hold, so that no limit on it is kept then.
 */
export const guaranteeSchema = z.strictObject({
  covers: z.literal(
    "the synthetic rows and the model they were drawn from; no figure that is computed on real rows, as those of a report are",
  ),
  ...privacyRecordSchema.shape,
  epsilon: figureSchema,
  spent: figureSchema,
});

export type Guarantee = z.infer<typeof guaranteeSchema>;

/** What is said of a model's record. */
export function makeGuarantee(record: PrivacyRecord): Guarantee {
  const figure = (value: number) =>
    record.noise === "secure" ? { value } : { status: "unavailable" as const, reason: SEEDED_NOISE };
  const { covers } = guaranteeSchema.shape;
  return { covers: covers.value, ...record, epsilon: figure(record.epsilon), spent: figure(record.spent) };
}

const SEEDED_NOISE = "the noise came from a seed, and whoever knows the seed can take it away";

/**
 * What part of the whole each entry of a ledger took, in the order of the entries; sum 1. An entry counts by changes / scale^2, a
 * Gaussian's squared mu (Dong, Roth and Su 2022, doi:10.1111/rssb.12454); for a Laplace's that is near enough to compare it by.
 */
export function spendingShares(ledger: PrivacyRecord["ledger"]): number[] {
  const costs = ledger.map(({ changes, scale }) => changes / scale ** 2);
  const total = costs.reduce((sum, cost) => sum + cost, 0);
  return costs.map((cost) => cost / total);
}
