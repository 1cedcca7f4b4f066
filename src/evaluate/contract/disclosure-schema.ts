import { z } from "zod";
import { attackSchema } from "./attack-schema.js";
import { figureSchema } from "./figure-schema.js";

/**
 * Statistical disclosure control: what the released table gives to somebody who knows a person's quasi-identifiers. A class is
 * all rows of a table with the same values of them.
 */
export const disclosureSchema = z.strictObject({
  /** Columns that an outsider may know of a person: named by the user, or taken by their names. */
  quasiIdentifiers: z.strictObject({ columns: z.array(z.string()), chosen: z.enum(["given", "by name"]) }),
  /** Rows of the released table's smallest class (k-anonymity; Sweeney 2002). */
  kAnonymity: figureSchema,
  /** Share of released rows in classes of fewer than five; ceiling = the same share of held-out rows, `matched` of as many released rows. */
  smallClasses: figureSchema,
  /** The fewest real rows (training and held-out) that share a released row's class, of those that any share (k-map). */
  kMap: figureSchema,
  /** Share of released rows whose class one to four real rows share; ceiling = held-out rows against training rows. */
  smallMap: figureSchema,
  /** Share of released rows whose class is a training row's; ceiling = held-out rows'. */
  matches: figureSchema,
  /** Training rows alone in their class whose class exactly one released row has (replicated uniques), with control. */
  uniqueInBoth: attackSchema,
  /** By secret column, the most disclosive first. */
  secrets: z.array(
    z.strictObject({
      name: z.string(),
      /** Different values of the secret in the class that has fewest (l-diversity; Machanavajjhala et al. 2007). */
      lDiversity: figureSchema,
      /** Share of released rows in classes where all have the same secret. */
      sameSecret: figureSchema,
      /** Correct attribution probability: a target's class in the released table guesses its secret. */
      attribution: attackSchema,
      /** The same where all released rows of the target's class agree: share of targets that they tell rightly (DiSCO; Raab et al. 2024). */
      certainAttribution: attackSchema.optional(),
    }),
  ),
});
