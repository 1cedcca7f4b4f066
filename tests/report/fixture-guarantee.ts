import { type Guarantee, makeGuarantee } from "../../src/evaluate/contract/guarantee-schema.js";
import type { PrivacyRecord } from "../../src/schema/privacy-record.js";

/** A record as a run at epsilon 1 with private bounds leaves it; the figures are made up. */
export function makePrivacyRecord(changes: Partial<PrivacyRecord> = {}): PrivacyRecord {
  const gaussian = (released: string, changes: number, scale: number, delta = 0) =>
    ({ released, mechanism: "discrete-gaussian", changes, scale, delta }) as const;
  return {
    epsilon: 1,
    delta: 1e-5,
    spent: 0.99873,
    neighbours: "add-or-remove-one-row",
    noise: "secure",
    ledger: [
      gaussian("number of rows", 1, 53),
      gaussian("texts that are categories", 9, 105.25, 1e-6),
      gaussian("bins of numbers", 96, 163),
      gaussian("counts of single columns", 15, 45.7),
      gaussian("counts of pairs of columns with “income”", 91, 38.6),
    ],
    assumptions: [
      "The names of the columns and the order they stand in are public.",
      "The schema declares the levels of “income”; they are public.",
      "That the table has between 32,768 and 65,536 rows is public.",
    ],
    target: "income",
    ...changes,
  };
}

/** What a report says of it. */
export function makeReportGuarantee(changes: Partial<PrivacyRecord> = {}): Guarantee {
  return makeGuarantee(makePrivacyRecord(changes));
}
