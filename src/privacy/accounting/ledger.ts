import { type SynthError, usageError } from "../../core/errors.js";
import { type LedgerEntry, ledgerEntrySchema } from "../../schema/privacy-record.js";
import { epsilonOfEntries } from "./epsilon-of-entries.js";

/** A promise: one row changes the probability of whatever is released by at most e^epsilon, but for events of probability delta. */
export interface PrivacyBudget {
  readonly epsilon: number;
  readonly delta: number;
}

/** Everything that was told about the rows, and what it cost. */
export interface PrivacyLedger {
  readonly budget: PrivacyBudget;
  readonly entries: () => readonly LedgerEntry[];
  /** Epsilon at the budget's delta, of all entries together. */
  readonly spent: () => number;
  /**
   * Writes an entry down before the data is touched; one that no row changes is none. Throws E_PRIVACY_BUDGET where the budget
   * would be passed.
   */
  readonly spend: (entry: LedgerEntry) => void;
}

export function makeLedger(budget: PrivacyBudget): PrivacyLedger {
  const entries: LedgerEntry[] = [];
  let spent = 0;
  return {
    budget,
    entries: () => entries.map((entry) => ({ ...entry })),
    spent: () => spent,
    spend(entry) {
      if (entry.changes === 0) return;
      const after = epsilonOfEntries([...entries, ledgerEntrySchema.parse(entry)], budget.delta);
      if (!(after <= budget.epsilon)) throw overspent(entry, after, budget);
      entries.push({ ...entry });
      spent = after;
    },
  };
}

function overspent({ released }: LedgerEntry, after: number, { epsilon, delta }: PrivacyBudget): SynthError {
  return usageError(
    "E_PRIVACY_BUDGET",
    `${released} would take epsilon to ${(Math.ceil(after * 1e4) / 1e4).toFixed(4)} of ${epsilon} at delta ${delta}; nothing was released`,
    { where: "epsilon", hint: "give a larger epsilon, fewer columns, or declare more as public in the schema" },
  );
}
