import { describe, expect, it } from "vitest";
import { checkConstraints } from "../../src/constraints/check-constraints.js";
import { findConstraints } from "../../src/constraints/find/find-constraints.js";
import { fitConstraints } from "../../src/constraints/fit-constraints.js";
import { makeLearnable, toLearnable } from "../../src/constraints/learnable.js";
import { nameConstraint } from "../../src/constraints/name-constraint.js";
import { toConstrained } from "../../src/constraints/to-constrained.js";
import { fittedConstraintsSchema } from "../../src/constraints/transform.js";
import type { SynthError } from "../../src/core/errors.js";
import { makeRandom } from "../../src/core/random.js";
import { scoreConstraints } from "../../src/evaluate/score-constraints.js";
import type { Constraint } from "../../src/schema/constraint-schema.js";
import { inferSchema } from "../../src/schema/infer-schema.js";
import type { Column, DateColumn } from "../../src/table/column.js";
import { takeColumn } from "../../src/table/column.js";
import { findColumn, makeTable, type Table } from "../../src/table/table.js";
import { numberColumn } from "../encode/columns.js";
import { DAY, dates, FIRST, makeOrders, STAMP } from "./orders.js";

const orders = makeOrders(1000);
const NEAR: Constraint[] = [
  { kind: "near", column: "shipped", reference: "ordered" },
  { kind: "near", column: "delivered", reference: "shipped" },
];

function foundIn(columns: readonly Column[], constraints: Constraint[] = []): string[] {
  const table = makeTable(columns);
  const found = findConstraints(table, { ...inferSchema(table), constraints }, ["near"]);
  return [...constraints, ...found].map(nameConstraint);
}

function fitOn(table: Table, constraints: Constraint[], minCategoryCount = 1) {
  return fitConstraints(table, { ...inferSchema(table), constraints }, { minCategoryCount })!;
}

function valuesOf(table: Table, name: string): number[] {
  return Array.from((findColumn(table, name) as DateColumn).values);
}

describe("dates that follow other dates without a rule", () => {
  it("are found: each by its nearest reference, counted from the finest one", () => {
    expect(foundIn(orders.columns)).toEqual(["shipped near ordered", "delivered near shipped"]);
    expect(findConstraints(orders, inferSchema(orders), ["near"])[0]).toMatchObject({
      support: { holds: 1000, rows: 1000 },
    });
  });

  it("are found beside rules, where no rule speaks of them", () => {
    const rules = findConstraints(orders, inferSchema(orders)).map(nameConstraint);
    expect(rules).toEqual(["shipped <= delivered", "ordered <= delivered", "shipped near ordered"]);
  });

  it("are not found where an inequality has them, nor among few rows or few values", () => {
    const chain: Constraint[] = [{ kind: "inequality", columns: ["ordered", "shipped", "delivered"] }];
    expect(foundIn(orders.columns, chain)).toEqual(["ordered <= shipped <= delivered"]);
    expect(foundIn(orders.columns, [{ kind: "inequality", columns: ["shipped", "delivered"] }])).toEqual([
      "shipped <= delivered",
      "shipped near ordered",
    ]);
    expect(foundIn(makeOrders(45).columns)).toEqual([]);
    const shipped = valuesOf(orders, "shipped").map((value) => FIRST + DAY * (Math.floor((value - FIRST) / DAY) % 15));
    expect(foundIn([dates("a", shipped), dates("b", shipped)])).toEqual([]);
  });

  it("are not found where they lie as far apart as they spread, nor where the reference is mostly unknown", () => {
    const ordered = valuesOf(orders, "ordered").map((value) => Math.floor(value / DAY) * DAY);
    const later = ordered.map((value, row) => value + DAY * ((row * 37) % 200));
    expect(foundIn([dates("a", ordered), dates("b", later)])).toEqual([]);
    const known = ordered.map((value, row) => (row % 3 === 0 ? Number.NaN : value));
    const next = ordered.map((value, row) => (row % 2 === 0 ? Number.NaN : value + DAY));
    expect(foundIn([dates("a", known), dates("b", next)])).toEqual([]);
  });
});

describe("a date near another one", () => {
  it("is learned in whole days from the day of a timestamp, and comes back as it was", () => {
    const fitted = fittedConstraintsSchema.parse(JSON.parse(JSON.stringify(fitOn(orders, NEAR))));
    const learnable = toLearnable(fitted, orders);
    expect(learnable.columns.map(({ name }) => name)).toEqual(["delivered - shipped", "shipped - ordered", "ordered"]);
    expect(new Set(valuesOf(learnable, "shipped - ordered"))).toEqual(new Set([0, 1, 2, 3, 4]));
    expect(toConstrained(fitted, learnable)).toEqual(orders);
  });

  it("counts days by the clock of its own where the reference's differs", () => {
    const local = "YYYY-MM-DDTHH:mm:ss+02:00";
    const moments = Array.from({ length: 60 }, (_, row) => FIRST + row * DAY + 23 * 3_600_000);
    const table = makeTable([
      dates("moment", moments, local),
      dates(
        "day",
        moments.map((value) => Math.floor((value + 2 * 3_600_000) / DAY) * DAY),
      ),
    ]);
    const learnable = toLearnable(fitOn(table, [{ kind: "near", column: "day", reference: "moment" }]), table);
    expect(new Set(valuesOf(learnable, "day - moment"))).toEqual(new Set([0]));
  });

  it("may stand before or after its reference, and stays within its blurred extremes whatever is drawn", () => {
    const fitted = fitOn(orders, NEAR, 5);
    const { table: learnable } = makeLearnable(fitted, orders, { ...inferSchema(orders), constraints: NEAR });
    const random = makeRandom(2);
    const drawn = toConstrained(
      fitted,
      makeTable(
        learnable.columns.map((column) => {
          if (column.name === "shipped - ordered" && column.kind === "number")
            return { ...column, values: column.values.map((days) => days - 2) };
          return takeColumn(column, random.fork(column.name).permutation(1000));
        }),
      ),
    );
    const gaps = valuesOf(drawn, "shipped").map(
      (value, row) => value / DAY - Math.floor(valuesOf(drawn, "ordered")[row]! / DAY),
    );
    expect(Math.min(...gaps)).toBeLessThan(0);
    const limits = fitted.transforms.find((one) => one.kind === "difference" && one.column === "shipped");
    const [low, high] = (limits as { limits: [number, number] }).limits;
    const real = valuesOf(orders, "shipped");
    expect(low).toBeGreaterThan(Math.min(...real));
    expect(high).toBeLessThanOrEqual(Math.max(...real));
    for (const value of valuesOf(drawn, "shipped")) expect(value >= low && value <= high).toBe(true);
  });

  it("has the value itself where its reference is missing", () => {
    const ordered = valuesOf(orders, "ordered").map((value, row) => (row % 10 === 0 ? Number.NaN : value));
    const table = makeTable([dates("ordered", ordered, STAMP), findColumn(orders, "shipped")!]);
    const fitted = fitOn(table, [NEAR[0]!]);
    expect(toConstrained(fitted, toLearnable(fitted, table))).toEqual(table);
  });

  it("is no rule: nothing breaks it and no report speaks of it", () => {
    const shuffled = makeTable(
      orders.columns.map((column) => takeColumn(column, makeRandom(1).fork(column.name).permutation(1000))),
    );
    expect(checkConstraints(shuffled, NEAR).map(({ violations }) => violations)).toEqual([0, 0]);
    expect(scoreConstraints(orders, shuffled, { ...inferSchema(orders), constraints: NEAR })).toBeUndefined();
  });

  it("conflicts with a second reference and with a circle; numbers are refused", () => {
    const codeOf = (table: Table, constraints: Constraint[]): string => {
      try {
        fitOn(table, constraints);
        return "nothing";
      } catch (error) {
        return (error as SynthError).code;
      }
    };
    const [first] = NEAR;
    const back: Constraint = { kind: "near", column: "ordered", reference: "shipped" };
    expect(codeOf(orders, [first!, back])).toBe("E_CONSTRAINT_CONFLICT");
    expect(codeOf(orders, [first!, { ...back, column: "shipped", reference: "delivered" }])).toBe(
      "E_CONSTRAINT_CONFLICT",
    );
    expect(codeOf(orders, [{ ...back, column: "shipped", reference: "shipped" }])).toBe("E_CONSTRAINT_COLUMN");
    const table = makeTable([
      ...orders.columns,
      numberColumn(
        "n",
        valuesOf(orders, "shipped").map((_, row) => row % 50),
      ),
    ]);
    expect(codeOf(table, [{ ...back, reference: "n" }])).toBe("E_CONSTRAINT_KIND");
  });
});
