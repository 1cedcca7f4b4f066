import { describe, expect, it } from "vitest";
import { checkConstraints } from "../../src/constraints/check-constraints.js";
import { fitConstraints } from "../../src/constraints/fit-constraints.js";
import { toLearnable } from "../../src/constraints/learnable.js";
import { toConstrained } from "../../src/constraints/to-constrained.js";
import { fittedConstraintsSchema } from "../../src/constraints/transform.js";
import type { SynthError } from "../../src/core/errors.js";
import type { Constraint } from "../../src/schema/constraint-schema.js";
import { inferSchema } from "../../src/schema/infer-schema.js";
import { type Column, type NumberColumn, takeColumn } from "../../src/table/column.js";
import { findColumn, makeTable, type Table } from "../../src/table/table.js";
import { booleanColumn, dateColumn, numberColumn, textColumn, textsOf } from "../encode/columns.js";

const tens = Array.from({ length: 30 }, (_, row) => row);
const letters = tens.map((row) => "abc"[row % 3]!);

function fitOn(columns: readonly Column[], constraints: Constraint[], minCategoryCount = 1) {
  const table = makeTable(columns);
  const overrides: Record<string, "decimal" | "category"> = {};
  for (const { name, kind } of columns) {
    if (kind === "number") overrides[name] = "decimal";
    if (kind === "text" && name !== "id") overrides[name] = "category";
  }
  const schema = { ...inferSchema(table, { overrides }), constraints };
  return { table, fitted: fitConstraints(table, schema, { minCategoryCount })! };
}

function errorOf(columns: readonly Column[], constraints: Constraint[], minCategoryCount = 1): SynthError {
  try {
    fitOn(columns, constraints, minCategoryCount);
  } catch (error) {
    return error as SynthError;
  }
  throw new Error("nothing was thrown");
}

function valuesOf(table: Table, name: string): number[] {
  return Array.from((findColumn(table, name) as NumberColumn).values);
}

describe("constraints that share columns", () => {
  it("keeps a column below a sum that is computed", () => {
    const columns = [
      numberColumn("a", tens),
      numberColumn(
        "b",
        tens.map((row) => row % 7),
      ),
      numberColumn(
        "whole",
        tens.map((row) => row + (row % 7)),
      ),
      numberColumn(
        "paid",
        tens.map((row) => row - 1),
      ),
    ];
    const constraints: Constraint[] = [
      { kind: "sum", parts: ["a", "b"], whole: "whole" },
      { kind: "inequality", columns: ["paid", "whole"], strict: true },
    ];
    const { table, fitted } = fitOn(columns, constraints);
    expect(fitted.transforms.find(({ kind }) => kind === "difference")).toMatchObject({
      column: "paid",
      side: "below",
    });
    expect(toConstrained(fitted, toLearnable(fitted, table))).toEqual(table);
  });

  it("keeps a column that must be present above another one, though no row of the table has both", () => {
    const columns = [
      textColumn("state", [null, null, "a"]),
      numberColumn("start", [null, null, 0.01], 2),
      numberColumn("end", [0, 0, null], 2),
    ];
    const constraints: Constraint[] = [
      { kind: "conditionalNull", column: "end", when: "state = 'a'" },
      { kind: "inequality", columns: ["start", "end"] },
    ];
    const { table, fitted } = fitOn(columns, constraints);
    const [state, start, ...others] = toLearnable(fitted, table).columns;
    const drawn = toConstrained(fitted, makeTable([takeColumn(state!, [2, 0, 1]), start!, ...others]));
    expect(valuesOf(drawn, "start")).toEqual([Number.NaN, Number.NaN, 0.01]);
    expect(valuesOf(drawn, "end")).toEqual([Number.NaN, 0, 0.01]);
  });

  it("makes one category of a dependency on a column of a fixed combination", () => {
    const columns = [
      textColumn("zip", letters),
      textColumn(
        "city",
        letters.map((letter) => (letter === "a" ? "X" : "Y")),
      ),
      textColumn(
        "state",
        letters.map((letter) => (letter === "a" ? "north" : "south")),
      ),
    ];
    const { fitted } = fitOn(columns, [
      { kind: "fixedCombinations", columns: ["city", "state"] },
      { kind: "functionalDependency", determinants: ["zip"], dependent: "city" },
    ]);
    expect(fitted.transforms).toMatchObject([{ kind: "combination", columns: ["zip", "city", "state"] }]);
  });

  it("hands a range down to what must stay below", () => {
    const columns = [
      numberColumn("low", tens),
      numberColumn(
        "high",
        tens.map((row) => row + 3),
      ),
    ];
    const constraints: Constraint[] = [
      { kind: "inequality", columns: ["low", "high"], strict: true },
      { kind: "range", column: "high", low: 0, high: 40 },
    ];
    const { fitted } = fitOn(columns, constraints);
    const wild = makeTable([numberColumn("low", [100, 38, 5, -80]), numberColumn("high - low", [50, 500, 1000, 2])]);
    const rows = toConstrained(fitted, wild);
    expect(checkConstraints(rows, constraints).map(({ violations }) => violations)).toEqual([0, 0]);
    expect(valuesOf(rows, "low")[0]).toBe(39);
  });

  it("says of two that cannot both be kept which column they want", () => {
    const columns = [
      numberColumn("a", tens),
      numberColumn("b", tens),
      numberColumn(
        "c",
        tens.map((row) => 2 * row),
      ),
    ];
    const error = errorOf(columns, [
      { kind: "sum", parts: ["a", "b"], whole: "c" },
      { kind: "derived", column: "c", expression: "2 * a" },
    ]);
    expect(error).toMatchObject({ kind: "usage", code: "E_CONSTRAINT_CONFLICT" });
    expect(error.message).toContain('"c"');
  });

  it("refuses a circle", () => {
    const error = errorOf(
      [numberColumn("a", tens), numberColumn("b", tens)],
      [
        { kind: "derived", column: "a", expression: "b" },
        { kind: "derived", column: "b", expression: "a" },
      ],
    );
    expect(error).toMatchObject({ code: "E_CONSTRAINT_CONFLICT", message: expect.stringContaining("circle") });
  });
});

describe("what is drawn beyond the data", () => {
  it("draws rare combinations as the commonest one with the same first column", () => {
    const city = ["Vienna", "Vienna", "Vienna", "Graz", "Berlin", "Berlin", "Hamburg"];
    const state = ["AT", "AT", "AT", "AT", "DE", "DE", "DE"];
    const { table, fitted } = fitOn(
      [textColumn("state", state), textColumn("city", city)],
      [{ kind: "fixedCombinations", columns: ["state", "city"] }],
      2,
    );
    const back = toConstrained(fitted, toLearnable(fitted, table));
    expect(textsOf(findColumn(back, "city") as never)).toEqual([
      ...city.slice(0, 3),
      "Vienna",
      ...["Berlin", "Berlin", "Berlin"],
    ]);
    expect(JSON.stringify(fitted)).not.toMatch(/Graz|Hamburg/);
  });

  it("sets the commonest of the rare columns of a one-hot group for all of them", () => {
    const set = tens.map((row) => (row < 3 ? "b" : row < 4 ? "c" : "a"));
    const columns = ["a", "b", "c"].map((name) =>
      booleanColumn(
        name,
        set.map((one) => one === name),
      ),
    );
    const { fitted } = fitOn(columns, [{ kind: "oneHot", columns: ["a", "b", "c"] }], 5);
    const rows = toConstrained(fitted, makeTable([textColumn("a | b | c", ["a", "_RARE_", null])]));
    expect(rows.columns.map((column) => textsOf(column as never))).toEqual([
      ["yes", "no", null],
      ["no", "yes", null],
      ["no", "no", null],
    ]);
  });

  it("looks a number up at its nearest neighbour, a text without an entry among the rest", () => {
    const points = tens.map((row) => 10 * (row % 3));
    const { fitted } = fitOn(
      [
        numberColumn("points", points),
        textColumn(
          "tier",
          points.map((one) => `tier ${one}`),
        ),
      ],
      [{ kind: "functionalDependency", determinants: ["points"], dependent: "tier" }],
    );
    const rows = toConstrained(fitted, makeTable([numberColumn("points", [4, 6, 99, -3])]));
    expect(textsOf(findColumn(rows, "tier") as never)).toEqual(["tier 0", "tier 10", "tier 20", "tier 0"]);
    const named = fitOn(
      [
        textColumn("key", [...letters, "rare"]),
        textColumn("value", [...letters.map((letter) => letter.toUpperCase()), "secret"]),
      ],
      [{ kind: "functionalDependency", determinants: ["key"], dependent: "value" }],
      5,
    ).fitted;
    expect(JSON.stringify(named)).not.toMatch(/rare|secret/);
    const others = toConstrained(named, makeTable([textColumn("key", ["a", "_RARE_", "c"])]));
    expect(textsOf(findColumn(others, "value") as never)).toEqual(["A", "A", "C"]);
  });

  it("moves unique rows to the nearest free values, and goes on above the data where there is none", () => {
    const shop = tens.map((row) => "ab"[row % 2]!);
    const { fitted } = fitOn(
      [
        textColumn("shop", shop),
        numberColumn(
          "number",
          tens.map((row) => Math.floor(row / 2)),
        ),
      ],
      [{ kind: "unique", columns: ["shop", "number"] }],
    );
    const rows = toConstrained(
      fitted,
      makeTable([textColumn("shop", ["a", "a", "b", "a"]), numberColumn("number", [5, 5, 5, null])]),
    );
    expect(valuesOf(rows, "number")).toEqual([5, 6, 5, Number.NaN]);
    const many = toConstrained(
      fitted,
      makeTable([textColumn("shop", Array(40).fill("a")), numberColumn("number", Array(40).fill(7))]),
    );
    expect(valuesOf(many, "number").sort((a, b) => a - b)).toEqual(Array.from({ length: 40 }, (_, index) => index));
  });

  it("says when unique values within a declared range are used up", () => {
    const columns = [
      textColumn(
        "shop",
        tens.map(() => "a"),
      ),
      numberColumn("number", tens),
    ];
    const { fitted } = fitOn(columns, [
      { kind: "unique", columns: ["shop", "number"] },
      { kind: "range", column: "number", low: 0, high: 29 },
    ]);
    const draw = (rowCount: number) =>
      toConstrained(
        fitted,
        makeTable([textColumn("shop", Array(rowCount).fill("a")), numberColumn("number", Array(rowCount).fill(7))]),
      );
    expect(draw(30).rowCount).toBe(30);
    expect(() => draw(31)).toThrow(expect.objectContaining({ code: "E_CONSTRAINT_EXHAUSTED" }));
  });

  it("reflects a date into the blurred range of the data", () => {
    const columns = [
      dateColumn("birth", ["1900-01-01", "1950-01-01", "1980-01-01"]),
      dateColumn("death", ["1960-01-01", "2000-01-01", "2010-01-01"]),
    ];
    const { fitted } = fitOn(columns, [{ kind: "inequality", columns: ["birth", "death"] }]);
    const rows = toConstrained(
      fitted,
      makeTable([
        dateColumn("birth", ["1990-01-01", "1980-01-01"]),
        numberColumn("death - birth", [365 * 90, 365 * 20]),
      ]),
    );
    const [reflected, inside] = valuesOf(rows, "death");
    expect(reflected).toBeGreaterThanOrEqual(Date.parse("1990-01-01"));
    expect(reflected).toBeLessThanOrEqual(Date.parse("2010-01-01"));
    expect(inside).toBe(Date.parse("1999-12-27"));
  });
});

describe("constraints that the data break", () => {
  it("names the rows and counts them, and quotes no cell", () => {
    const columns = [
      numberColumn("low", [1, 2, 777, 4, 888]),
      numberColumn("high", [2, null, 5, 6, 7]),
      textColumn("note", ["x", "y", "x", "y", "x"]),
    ];
    const error = errorOf(columns, [{ kind: "inequality", columns: ["low", "high"] }]);
    expect(error).toMatchObject({ kind: "data", code: "E_CONSTRAINT_BROKEN" });
    expect(error.message).toBe("schema.constraints[0] (low <= high) is broken by 2 of 4 rows (row numbers: 3, 5)");
    expect(`${error.message} ${error.hint}`).not.toMatch(/777|888/);
  });

  it("finds the broken rows of every kind", () => {
    const table = makeTable([
      numberColumn("a", [1, 2, 3, 4]),
      numberColumn("b", [1, 1, 5, 4]),
      textColumn("key", ["x", "x", "x", "y"]),
      textColumn("value", ["1", "1", "2", "2"]),
      booleanColumn("on", [true, false, true, false]),
      booleanColumn("off", [false, true, true, true]),
      dateColumn("end", ["2020-01-01", null, "2020-01-03", null]),
    ]);
    const firstRows = checkConstraints(table, [
      { kind: "inequality", columns: ["a", "b"] },
      { kind: "inequality", columns: ["a", "b"], strict: true },
      { kind: "range", column: "a", low: 2, high: 3 },
      { kind: "range", column: "end", high: "2020-01-02" },
      { kind: "functionalDependency", determinants: ["key"], dependent: "value" },
      { kind: "sum", parts: ["a"], whole: "b" },
      { kind: "oneHot", columns: ["on", "off"] },
      { kind: "unique", columns: ["key", "value"] },
      { kind: "conditionalNull", column: "end", when: "key = 'x'" },
      { kind: "conditionalNull", column: "end", when: "key = 'y'", exactly: false },
      { kind: "derived", column: "b", expression: "a / a" },
    ]).map((one) => one.firstRows);
    expect(firstRows).toEqual([[2], [1, 2, 4], [1, 4], [3], [3], [2, 3], [3], [2], [1, 3, 4], [], [3, 4]]);
  });
});

describe("constraints that make no sense", () => {
  const columns = [
    numberColumn("size", tens),
    textColumn("kind", letters),
    textColumn(
      "id",
      tens.map((row) => `K-${100 + row}`),
    ),
  ];

  it.each<[Constraint, string, RegExp]>([
    [{ kind: "inequality", columns: ["size", "sise"] }, "E_CONSTRAINT_COLUMN", /"sise"/],
    [{ kind: "inequality", columns: ["size", "kind"] }, "E_CONSTRAINT_KIND", /"kind"/],
    [{ kind: "inequality", columns: ["size", "size"] }, "E_CONSTRAINT_COLUMN", /twice/],
    [{ kind: "range", column: "kind", low: 1 }, "E_CONSTRAINT_KIND", /"kind"/],
    [{ kind: "range", column: "size", low: "one" }, "E_CONSTRAINT_BOUND", /"size"/],
    [{ kind: "oneHot", columns: ["size", "kind"] }, "E_CONSTRAINT_KIND", /0 and 1/],
    [{ kind: "fixedCombinations", columns: ["kind", "id"] }, "E_CONSTRAINT_COLUMN", /made anew/],
    [{ kind: "derived", column: "size", expression: "size + 1" }, "E_CONSTRAINT_COLUMN", /twice/],
    [{ kind: "derived", column: "size", expression: "kind" }, "E_CONSTRAINT_KIND", /"size"/],
    [{ kind: "derived", column: "size", expression: "1 +" }, "E_EXPRESSION_SYNTAX", /schema\.constraints\[0\]/],
    [{ kind: "conditionalNull", column: "size", when: "kint = 'a'" }, "E_EXPRESSION_COLUMN", /"kint"/],
  ])("%j is refused: %s", (constraint, code, message) => {
    const error = errorOf(columns, [constraint]);
    expect(error.code).toBe(code);
    expect(error.message).toMatch(message);
  });

  it("refuses combinations none of which may be published", () => {
    const error = errorOf(
      [numberColumn("size", tens), textColumn("kind", letters)],
      [{ kind: "fixedCombinations", columns: ["size", "kind"] }],
      5,
    );
    expect(error).toMatchObject({ kind: "data", code: "E_CONSTRAINT_RARE" });
  });
});

it("is plain JSON that its own schema accepts", () => {
  const { fitted } = fitOn(
    [numberColumn("low", tens), numberColumn("high", tens)],
    [{ kind: "inequality", columns: ["low", "high"] }],
  );
  expect(fittedConstraintsSchema.parse(JSON.parse(JSON.stringify(fitted)))).toEqual(fitted);
});
