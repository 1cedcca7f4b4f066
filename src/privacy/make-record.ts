import type { PrivacyRecord } from "../schema/privacy-record.js";
import type { TableSchema } from "../schema/table-schema.js";
import type { PrivacyLedger } from "./accounting/ledger.js";
import { publicFacts } from "./domains/public-facts.js";
import type { PrivateRequest } from "./private-request.js";

/** What is kept of a private run: the promise, the ledger, and what was taken as public. `found`: the schema that came out. */
export function makeRecord(
  ledger: PrivacyLedger,
  noise: "secure" | "seeded",
  { privacy, schema, target }: PrivateRequest,
  found: TableSchema,
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
      ...publicFacts(schema, found),
      ...(target === undefined ? [] : [`that "${target}" is the column to predict`]),
    ],
    ...(target === undefined ? {} : { target }),
  };
}
