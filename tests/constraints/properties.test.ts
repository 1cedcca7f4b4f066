import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { checkConstraints } from "../../src/constraints/check-constraints.js";
import { fitConstraints } from "../../src/constraints/fit-constraints.js";
import { toLearnable } from "../../src/constraints/learnable.js";
import { toConstrained } from "../../src/constraints/to-constrained.js";
import { makeRandom } from "../../src/core/random.js";
import type { Constraint } from "../../src/schema/constraint-schema.js";
import { inferSchema } from "../../src/schema/infer-schema.js";
import type { Column, NumberColumn } from "../../src/table/column.js";
import { takeColumn } from "../../src/table/column.js";
import { makeTable, type Table } from "../../src/table/table.js";
import { numberColumn, textColumn } from "../encode/columns.js";

const DECIMALS = 2;

/** Numbers of two decimals, some missing. */
const cell = fc.option(
  fc.integer({ min: -500, max: 500 }).map((value) => value / 100),
  { freq: 5, nil: null },
);
const level = fc.option(fc.constantFrom("a", "b", "c", "d"), { freq: 6, nil: null });

/** Columns by name; every one is learned, whatever a random table looks like. */
function tableOf(columns: readonly Column[]): { table: Table; schema: ReturnType<typeof inferSchema> } {
  const table = makeTable(columns);
  const overrides = Object.fromEntries(
    columns.map(({ name, kind }) => [name, kind === "number" ? ("decimal" as const) : ("category" as const)]),
  );
  return { table, schema: inferSchema(table, { overrides }) };
}

/** Checks both properties of a table that holds its constraints. */
function holdsBothWays(columns: readonly Column[], constraints: Constraint[]): void {
  const { table, schema } = tableOf(columns);
  const fitted = fitConstraints(table, { ...schema, constraints }, { minCategoryCount: 1 })!;
  const learnable = toLearnable(fitted, table);
  const back = toConstrained(fitted, learnable);
  for (const [at, column] of table.columns.entries()) {
    const restored = back.columns[at]!;
    if ("codes" in column && "codes" in restored) {
      const texts = (one: typeof column) => Array.from(one.codes, (code) => one.dictionary[code] ?? null);
      expect(texts(restored)).toEqual(texts(column));
    } else expect(restored).toEqual(column);
  }
  const random = makeRandom(table.rowCount);
  const shuffled = makeTable(
    learnable.columns.map((column) => takeColumn(column, random.fork(column.name).permutation(table.rowCount))),
  );
  const drawn = toConstrained(fitted, shuffled);
  expect(checkConstraints(drawn, constraints, table).map(({ violations }) => violations)).toEqual(
    constraints.map(() => 0),
  );
}

const number = (name: string, values: readonly (number | null)[], decimals = DECIMALS): NumberColumn =>
  numberColumn(name, values, decimals);

describe("a table that holds a constraint comes back as it was, and any learnable rows hold it", () => {
  it.each([false, true])("inequalities of three columns with missing values, strict: %s", (strict) => {
    const row = fc.tuple(cell, cell, cell).map((cells) => {
      const sorted = cells.filter((one) => one !== null).sort((a, b) => a - b);
      let next = 0;
      return cells.map((one) => (one === null ? null : sorted[next++]! + (strict ? next / 100 : 0)));
    });
    fc.assert(
      fc.property(fc.array(row, { minLength: 1, maxLength: 40 }), (rows) => {
        const columns = ["low", "middle", "high"].map((name, at) =>
          number(
            name,
            rows.map((cells) => (cells[at] === null ? null : Math.round(cells[at]! * 100) / 100)),
          ),
        );
        holdsBothWays(columns, [{ kind: "inequality", columns: ["low", "middle", "high"], strict }]);
      }),
      { numRuns: 60 },
    );
  });

  it("sums of parts with missing values on both sides", () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(cell, cell, cell, fc.boolean()), { minLength: 1, maxLength: 40 }), (rows) => {
        const whole = rows.map(([a, b, other, isMissing]) => {
          if (a === null || b === null) return other;
          return isMissing ? null : Math.round((a + b) * 100) / 100;
        });
        const parts = [0, 1].map((at) =>
          number(
            `part ${at}`,
            rows.map((cells) => cells[at] as number | null),
          ),
        );
        holdsBothWays(
          [...parts, number("whole", whole)],
          [{ kind: "sum", parts: ["part 0", "part 1"], whole: "whole" }],
        );
      }),
      { numRuns: 60 },
    );
  });

  it("functional dependencies with missing values on both sides", () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(level, level, fc.boolean()), { minLength: 1, maxLength: 40 }), (rows) => {
        const dependent = rows.map(([key, other, isMissing]) => {
          if (key === null) return other;
          return isMissing ? null : key.toUpperCase();
        });
        holdsBothWays(
          [
            textColumn(
              "key",
              rows.map(([key]) => key),
            ),
            textColumn("value", dependent),
          ],
          [{ kind: "functionalDependency", determinants: ["key"], dependent: "value" }],
        );
      }),
      { numRuns: 60 },
    );
  });

  it("fixed combinations of texts and numbers, missing values among them", () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(level, cell), { minLength: 1, maxLength: 40 }), (rows) => {
        const columns = [
          textColumn(
            "name",
            rows.map(([name]) => name),
          ),
          number(
            "size",
            rows.map(([, size]) => size),
          ),
        ];
        holdsBothWays(columns, [{ kind: "fixedCombinations", columns: ["name", "size"] }]);
      }),
      { numRuns: 60 },
    );
  });

  it("a column that is missing exactly by a condition, above another one", () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(level, cell, cell), { minLength: 1, maxLength: 40 }), (rows) => {
        const start = rows.map(([, value]) => value);
        const end = rows.map(([state, , value], row) =>
          state === "a" ? null : Math.round(((start[row] ?? 0) + Math.abs(value ?? 0)) * 100) / 100,
        );
        holdsBothWays(
          [
            textColumn(
              "state",
              rows.map(([state]) => state),
            ),
            number("start", start),
            number("end", end),
          ],
          [
            { kind: "conditionalNull", column: "end", when: "state = 'a'" },
            { kind: "inequality", columns: ["start", "end"] },
          ],
        );
      }),
      { numRuns: 60 },
    );
  });
});
