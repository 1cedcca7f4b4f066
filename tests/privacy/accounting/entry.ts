import type { LedgerEntry } from "../../../src/schema/privacy-record.js";

/** A ledger's entry of numbers that one row changes, with noise of a scale. */
export function entryOf(
  scale: number,
  changes = 1,
  { mechanism = "discrete-gaussian", delta = 0 }: Partial<Pick<LedgerEntry, "mechanism" | "delta">> = {},
): LedgerEntry {
  return { released: "counts", mechanism, changes, scale, delta };
}
