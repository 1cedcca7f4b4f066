import { describe, expect, it } from "vitest";
import { epsilonOfEntries } from "../../../src/privacy/accounting/epsilon-of-entries.js";
import { makeLedger } from "../../../src/privacy/accounting/ledger.js";
import { entryOf } from "./entry.js";

const BUDGET = { epsilon: 1, delta: 1e-5 };

describe("makeLedger", () => {
  it("writes down what is spent, and what it comes to", () => {
    const ledger = makeLedger(BUDGET);
    ledger.spend(entryOf(40, 10));
    ledger.spend(entryOf(5, 1, { mechanism: "discrete-laplace" }));
    expect(ledger.entries()).toEqual([entryOf(40, 10), entryOf(5, 1, { mechanism: "discrete-laplace" })]);
    expect(ledger.spent()).toBe(epsilonOfEntries(ledger.entries(), BUDGET.delta));
  });

  it("refuses an entry that would pass the budget, and stays as it was", () => {
    const ledger = makeLedger(BUDGET);
    ledger.spend(entryOf(4));
    const spent = ledger.spent();
    expect(() => ledger.spend(entryOf(10))).toThrow(
      expect.objectContaining({ code: "E_PRIVACY_BUDGET", where: "epsilon" }),
    );
    expect(() => ledger.spend(entryOf(1000, 1, { delta: 1e-5 }))).toThrow(
      expect.objectContaining({ code: "E_PRIVACY_BUDGET" }),
    );
    expect(ledger.entries()).toEqual([entryOf(4)]);
    expect(ledger.spent()).toBe(spent);
  });

  it.each([
    ["a scale of 0", entryOf(0)],
    ["a scale that is no number", entryOf(Number.NaN)],
    ["an endless scale", entryOf(Number.POSITIVE_INFINITY)],
    ["half a change", entryOf(4, 0.5)],
    ["a negative delta", entryOf(4, 1, { delta: -1e-6 })],
  ])("takes no entry with %s", (_, entry) => {
    const ledger = makeLedger(BUDGET);
    expect(() => ledger.spend(entry)).toThrow();
    expect(ledger.entries()).toEqual([]);
  });

  it("does not write down a question that nobody asked", () => {
    const ledger = makeLedger(BUDGET);
    ledger.spend(entryOf(4, 0));
    expect(ledger.entries()).toEqual([]);
  });

  it("cannot be rewritten afterwards", () => {
    const ledger = makeLedger(BUDGET);
    const entry = entryOf(40);
    ledger.spend(entry);
    Object.assign(entry, { scale: 1000 });
    Object.assign(ledger.entries()[0]!, { scale: 1000 });
    expect(ledger.entries()).toEqual([entryOf(40)]);
  });
});
