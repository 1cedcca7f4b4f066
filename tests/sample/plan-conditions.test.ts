import { describe, expect, it } from "vitest";
import type { ColumnEncoding } from "../../src/encode/column-encoding.js";
import type { TableEncoding } from "../../src/encode/table-encoding.js";
import type { ExpressionColumn } from "../../src/expressions/expression-column.js";
import { parseCondition } from "../../src/expressions/parse-expression.js";
import { planConditions } from "../../src/sample/plan-conditions.js";
import { planMix } from "../../src/sample/plan-mix.js";

const text = { kind: "text", missingText: "" } as const;
const categories = Array.from({ length: 8 }, (_, at) => `c${at}`);
/** Two groups of three and two: the fields of "town" are 0..1 + groups, rare, missing and positions. */
const columns: readonly ColumnEncoding[] = [
  { kind: "one-hot", name: "sex", output: text, categories: ["f", "m"], rare: true, missing: true },
  {
    ...{ kind: "grouped-categories", name: "town", output: text, direct: categories.slice(0, 3) },
    ...{ grouped: categories.slice(3), groupSize: 3, rare: false, missing: true },
  },
  {
    ...{ kind: "quantile-bins", name: "age", output: { kind: "number", missingText: "", decimals: 0 } },
    ...{ lattice: { step: 1, divisor: 1 }, levels: [7, [9.5, 19.5], [19.5, 39.5]], missing: true, fallback: 0 },
  },
  { kind: "constant", name: "land", output: text, value: "here" },
  { kind: "identifier", name: "id", output: { kind: "number", missingText: "", decimals: 0 }, templates: [] },
  { kind: "omitted", name: "note", reason: "free text is not learned" },
  { kind: "generated", name: "mail", output: text, generator: "internet.email", unique: true, missing: true },
  { kind: "generated", name: "phone", output: text, generator: "phone.number", unique: false, missing: false },
];
const encoding: TableEncoding = { version: 1, columns };
const known: readonly ExpressionColumn[] = [
  { name: "sex", type: "text" },
  { name: "town", type: "text" },
  { name: "age", type: "number" },
  { name: "land", type: "text" },
  { name: "id", type: "number" },
  { name: "note", type: "text" },
  { name: "mail", type: "text" },
  { name: "phone", type: "text" },
];
const plan = (condition: string, remade?: ReadonlySet<string>) =>
  planConditions(parseCondition(condition, known), encoding, remade);
const weightsOf = (condition: string) => {
  const planned = plan(condition);
  expect(planned.residual).toBeUndefined();
  return planned.conditions.map((steps) => steps.map(({ field, weights }) => [field, weights.map((own) => [...own!])]));
};

describe("conditions become weights of levels", () => {
  it("of a category: the rare level has no name, the missing one is asked for", () => {
    expect(weightsOf("sex = 'm'")).toEqual([[[0, [[0, 1, 0, 0]]]]]);
    expect(weightsOf("sex != 'm'")).toEqual([[[0, [[1, 0, 1, 0]]]]]);
    expect(weightsOf("not (sex = 'm' or sex is null)")).toEqual([[[0, [[1, 0, 1, 0]]]]]);
    expect(weightsOf("sex is null")).toEqual([[[0, [[0, 0, 0, 1]]]]]);
    expect(weightsOf("sex is null or sex is not null")).toEqual([]);
  });

  it("of a category in two fields: the second's by the level of the first", () => {
    const [[outer, inner]] = weightsOf("town in ('c1', 'c4', 'c7')") as [[[number, number[][]], [number, number[][]]]];
    expect(outer).toEqual([1, [[0, 1, 0, 1, 1, 0]]]);
    expect(inner[0]).toBe(2);
    // The second group has two members: its third position, and the one of no group, begin it anew.
    expect(inner[1].slice(3, 5)).toEqual([
      [0, 1, 0, 0],
      [0, 1, 0, 1],
    ]);
    expect(plan("town in ('c1', 'c4')").conditions[0]![1]).toMatchObject({ given: 1 });
  });

  it("of a number: wholly, in part, missing, several parts at once", () => {
    const [[[field, [weights]]]] = weightsOf("age >= 15 and age < 30 or age = 7 or age is null") as [
      [[number, number[][]]],
    ];
    expect(field).toBe(3);
    expect(weights!.map((weight) => Math.round(weight * 10) / 10)).toEqual([1, 0.5, 0.5, 1]);
    expect(weightsOf("age is not null")).toEqual([[[3, [[1, 1, 1, 0]]]]]);
    expect(plan("age > 11 and age != 15").ranged[0]?.ranges).toEqual([
      [11.000000000000002, 14.999999999999998],
      [15.000000000000002, Number.POSITIVE_INFINITY],
    ]);
    expect(weightsOf("age between 20 and 39 and sex = 'f'")).toEqual([[[3, [[0, 0, 1, 0]]]], [[0, [[1, 0, 0, 0]]]]]);
  });

  it("or are left to rejection: columns with each other, or over columns, sums, what constraints remake", () => {
    expect(plan("sex = town and age > 10").conditions).toHaveLength(1);
    for (const condition of ["sex = town", "sex = 'm' or age > 10", "age * 2 > 30", "1 = 1"]) {
      expect(plan(condition).residual, condition).toBeDefined();
      expect(plan(condition).conditions).toEqual([]);
    }
    expect(plan("age > 10", new Set(["age"]))).toMatchObject({ conditions: [], residual: { kind: "compare" } });
  });

  it("know what cannot be asked for", () => {
    expect(plan("land = 'here'")).toEqual({ conditions: [], ranged: [], residual: undefined });
    expect(() => plan("land = 'there'")).toThrow(expect.objectContaining({ code: "E_SAMPLE_CONDITION_EMPTY" }));
    expect(() => plan("id = 3 or age = 1")).toThrow(expect.objectContaining({ code: "E_SAMPLE_CONDITION_COLUMN" }));
    expect(() => plan("note is null")).toThrow(/free text is not learned/);
  });
});

describe("conditions on columns that a generator makes", () => {
  it("ask whether there is a value, where that is learned", () => {
    expect(weightsOf("mail is null")).toEqual([[[4, [[0, 1]]]]]);
    expect(weightsOf("mail is not null")).toEqual([[[4, [[1, 0]]]]]);
    expect(plan("mail is null or age > 10").residual).toBeDefined();
  });

  it.each(["mail = 'a@b.c'", "mail is null or mail = 'a@b.c'", "mail != sex", "phone = '1'", "phone is null"])(
    "are refused where they ask for values: %s",
    (condition) => {
      expect(() => plan(condition)).toThrow(
        expect.objectContaining({
          code: "E_SAMPLE_CONDITION_GENERATED",
          message: expect.stringMatching(/^values of column "(mail|phone)" are made by a generator, not learned$/),
        }),
      );
    },
  );
});

describe("mixes", () => {
  const none = planConditions(undefined, encoding);
  const shares = (...given: [string, number][]) => given.map(([level, share]) => ({ level, share }));

  it("give each level its rows, the largest remainders rounded up", () => {
    const mix = { column: "sex", shares: shares(["f", 0.335], ["m", 0.665]) };
    expect(planMix(mix, none, encoding, 10).map(({ rows }) => rows)).toEqual([3, 7]);
    expect(planMix({ column: "sex", shares: "equal" }, none, encoding, 7).map(({ rows }) => rows)).toEqual([4, 3]);
    expect(planMix({ column: "town", shares: "equal" }, none, encoding, 800).map(({ rows }) => rows)).toEqual(
      Array(8).fill(100),
    );
    expect(planMix({ column: "sex", shares: shares(["m", 1], ["f", 0]) }, none, encoding, 5)).toHaveLength(1);
  });

  it("keep the conditions of other columns", () => {
    const strata = planMix({ column: "sex", shares: "equal" }, plan("age = 7"), encoding, 4);
    expect(strata.map(({ conditions }) => conditions.length)).toEqual([2, 2]);
  });

  it.each([
    ["nosuch", "equal", "E_SAMPLE_MIX_COLUMN"],
    ["age", "equal", "E_SAMPLE_MIX_COLUMN"],
    ["sex", shares(["x", 1]), "E_SAMPLE_MIX_LEVEL"],
    ["sex", shares(["f", 0.5], ["m", 0.4]), "E_SAMPLE_MIX_SHARES"],
    ["sex", shares(["f", 1.5], ["m", -0.5]), "E_SAMPLE_MIX_SHARES"],
    ["sex", shares(["f", 0.5], ["f", 0.5]), "E_SAMPLE_MIX_SHARES"],
  ] as const)("refuse %s %j", (column, given, code) => {
    expect(() => planMix({ column, shares: given }, none, encoding, 10)).toThrow(expect.objectContaining({ code }));
  });

  it("refuse conditions on the mixed column, and those met by rejection", () => {
    for (const condition of ["sex = 'm'", "sex = town"]) {
      const mixed = () => planMix({ column: "sex", shares: "equal" }, plan(condition), encoding, 10);
      expect(mixed).toThrow(expect.objectContaining({ code: "E_SAMPLE_MIX_CONDITION" }));
    }
  });
});
