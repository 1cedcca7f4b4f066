import { describe, expect, it } from "vitest";
import { epsilonOfEntries } from "../../src/privacy/accounting/epsilon-of-entries.js";
import { makeLedger } from "../../src/privacy/accounting/ledger.js";
import { makeNoise } from "../../src/privacy/noise/noise-source.js";
import { makePaidTable } from "../../src/privacy/paid-table.js";
import { plannedSigma, planSpending, type SpendingPlan } from "../../src/privacy/plan-spending.js";
import { requireEnoughBudget } from "../../src/privacy/require-enough-budget.js";
import type { ColumnSchema, TableSchema } from "../../src/schema/table-schema.js";
import type { Table } from "../../src/table/table.js";

const described = { reason: "", missingShare: 0, distinctCount: 0, missingText: "" };

/** So many declared categories and numbers of 256 places, which take two levels of bins each. */
function declared(categories: number, numbers: number): TableSchema {
  const columns: ColumnSchema[] = [];
  for (let i = 0; i < categories; i++)
    columns.push({ ...described, name: `c${i}`, type: "category", levels: ["a", "b"] });
  for (let i = 0; i < numbers; i++)
    columns.push({ ...described, name: `n${i}`, type: "integer", bounds: { min: 0, max: 255 } });
  return { version: 1, rowCount: 0, columns };
}

function factsOf(schema: TableSchema, target?: string) {
  return { columns: schema.columns.map(({ name }) => name), size: 32768, schema, target };
}

const budget = { epsilon: 1, delta: 1e-5 };
const changesOf = ({ parts }: SpendingPlan) => Object.fromEntries(parts.map(({ kind, changes }) => [kind, changes]));
const entriesOf = ({ parts }: SpendingPlan) =>
  parts.map(({ released, changes, scale, delta }) => ({
    released,
    mechanism: "discrete-gaussian" as const,
    changes,
    scale,
    delta,
  }));

describe("planSpending", () => {
  it("counts what one row changes, and asks for nothing that is declared", () => {
    expect(changesOf(planSpending(factsOf(declared(4, 2)), budget))).toEqual({
      rows: 1,
      bins: 4,
      "one-ways": 6,
      pairs: 15,
    });
    expect(changesOf(planSpending(factsOf(declared(4, 0), "c1"), budget))).toEqual({
      rows: 1,
      "one-ways": 4,
      pairs: 3,
    });
    expect(changesOf(planSpending(factsOf(declared(1, 0)), budget))).toEqual({ rows: 1, "one-ways": 1 });
  });

  it("plans for everything that has to be found where nothing is declared", () => {
    const plan = planSpending({ columns: ["a", "b"], size: 32768 }, budget);
    expect(plan.parts.map(({ kind }) => kind)).toEqual([
      "rows",
      "types",
      "categories",
      "bounds",
      "bins",
      "one-ways",
      "pairs",
    ]);
    expect(plan.parts.filter(({ delta }) => delta > 0).map(({ kind }) => kind)).toEqual(["categories"]);
  });

  it("adds triples from epsilon 3 on, and chooses them by scores where there are many", () => {
    const plan = planSpending(factsOf(declared(10, 0)), { epsilon: 3, delta: 1e-5 });
    expect(changesOf(plan)).toMatchObject({ pairs: 45, "triple scores": 120, triples: 40 });
    const few = planSpending(factsOf(declared(4, 0)), { epsilon: 3, delta: 1e-5 });
    expect(changesOf(few)).toEqual({ rows: 1, "one-ways": 4, pairs: 6, triples: 4 });
  });

  it.each([0.1, 1, 8, 20])("spends epsilon %d, no more and hardly less", (epsilon) => {
    const plan = planSpending(factsOf(declared(5, 3), "c0"), { epsilon, delta: 1e-5 });
    expect(plan.parts.reduce((sum, { share }) => sum + share, 0)).toBeCloseTo(1, 12);
    const spent = epsilonOfEntries(entriesOf(plan), 1e-5);
    expect(spent).toBeLessThanOrEqual(epsilon);
    expect(spent).toBeGreaterThan(0.99 * epsilon);
  });

  it("has less noise where a part turns out smaller, at the same cost", () => {
    const plan = planSpending(factsOf(declared(4, 0)), budget);
    const [full, half] = [plannedSigma(plan, "one-ways", 4), plannedSigma(plan, "one-ways", 2)];
    expect(4 / full ** 2).toBeCloseTo(2 / half ** 2, 10);
  });
});

describe("a part that is not in the plan", () => {
  it("is refused by the ledger before a row is read", () => {
    const plan = planSpending(factsOf(declared(4, 0)), budget);
    const ledger = makeLedger(budget);
    for (const entry of entriesOf(plan)) ledger.spend(entry);
    const unreadable = {
      columns: [],
      get rowCount(): number {
        throw new Error("somebody counted the rows");
      },
    } satisfies Table;
    const paid = makePaidTable(unreadable, ledger, makeNoise());
    expect(() => paid.countRows(50)).toThrowError(expect.objectContaining({ code: "E_PRIVACY_BUDGET" }));
    expect(ledger.entries()).toHaveLength(plan.parts.length);
  });
});

describe("requireEnoughBudget", () => {
  const check = (columns: number, epsilon: number, size: number) => {
    const facts = { ...factsOf(declared(columns, 0)), size };
    requireEnoughBudget(planSpending(facts, { epsilon, delta: 1e-5 }), facts);
  };

  it("lets pass what leaves counts above the noise", () => {
    expect(() => check(15, 1, 32768)).not.toThrow();
    expect(() => check(4, 1, 512)).not.toThrow();
  });

  it("says which epsilon or how few columns would do, and that is true", () => {
    let hint = "";
    try {
      check(15, 0.1, 2048);
    } catch (error) {
      expect(error).toMatchObject({ code: "E_PRIVACY_BUDGET_SMALL", where: "privacy.epsilon" });
      hint = (error as { hint: string }).hint;
    }
    const [, epsilon] = /give epsilon ([\d.]+) or more/.exec(hint)!;
    expect(() => check(15, Number(epsilon), 2048)).not.toThrow();
    expect(Number(epsilon)).toBeLessThan(0.6);
    const [, kept] = /of the 15 columns and keep the (\d+) most useful/.exec(hint) ?? [];
    if (kept !== undefined) expect(() => check(Number(kept), 0.1, 2048)).not.toThrow();
  });

  it("names the columns that cost most to find, and what that takes of the budget", () => {
    const open: ColumnSchema[] = ["town", "height", "b3", "b4", "b5", "b6"].map((name, i) =>
      i === 0
        ? { ...described, name, type: "category" }
        : i === 1
          ? { ...described, name, type: "decimal" } // its decimals and its bounds
          : { ...described, name, type: "integer" },
    );
    const hintOf = (size: number, ...columns: ColumnSchema[]) => {
      const schema = { ...declared(15, 0), columns: [...declared(15, 0).columns, ...columns] };
      const facts = { ...factsOf(schema), size };
      try {
        requireEnoughBudget(planSpending(facts, budget), facts);
      } catch (error) {
        return (error as { hint: string }).hint;
      }
      return undefined;
    };
    expect(hintOf(512)).not.toContain("declare");
    expect(hintOf(512, open[0]!)).toContain(
      'declare levels or bounds of "town" (finding them takes 2 % of the budget)',
    );
    // height: all of the types' 1.5 % and a fifth of the bounds' 1.5 %; town: all of the categories' 2 %; the others .3 % each.
    expect(hintOf(512, ...open)).toContain(
      'declare levels or bounds of "town", "height", "b3", "b4", "b5" first, the dearest to find of 6 (finding them takes 5 % of the budget)',
    );
    expect(hintOf(512, ...open)).toMatch(/drop \d+ of the 21 columns and keep the \d+ most useful/);
    expect(hintOf(512, ...open)).not.toMatch(/\d\.\d{3}/);
  });
});
