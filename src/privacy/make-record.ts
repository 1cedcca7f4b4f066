import type { PrivacyRecord } from "../schema/privacy-record.js";
import type { PrivacyLedger } from "./accounting/ledger.js";
import type { PrivateRequest } from "./private-request.js";

/** What is kept of a private run: the promise, the ledger, and what was taken as public. */
export function makeRecord(
  ledger: PrivacyLedger,
  noise: "secure" | "seeded",
  { privacy, schema, target }: PrivateRequest,
): PrivacyRecord {
  return {
    epsilon: privacy.epsilon,
    delta: privacy.delta,
    spent: ledger.spent(),
    neighbours: "add-or-remove-one-row",
    noise,
    ledger: [...ledger.entries()],
    assumptions: [
      "the names of the columns and how the file stores them",
      "the number of rows, rounded up to a power of two",
      ...(schema === undefined ? [] : ["what the schema declares: types, formats, levels, bounds"]),
      ...(target === undefined ? [] : [`that "${target}" is the column to predict`]),
    ],
    ...(target === undefined ? {} : { target }),
  };
}
