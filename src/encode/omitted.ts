import { z } from "zod";

/** A column that is left out of synthetic tables, and why. */
export const omittedSchema = z.strictObject({
  kind: z.literal("omitted"),
  name: z.string(),
  reason: z.string(),
});

export type OmittedEncoding = z.infer<typeof omittedSchema>;

/** Leaves a column out. `reason` is a plain sentence for the user. */
export function makeOmitted(name: string, reason: string): OmittedEncoding {
  return { kind: "omitted", name, reason };
}
