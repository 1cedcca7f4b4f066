import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { evaluateCondition, evaluateExpression } from "../../src/expressions/evaluate-expression.js";
import { columnsIn } from "../../src/expressions/expression.js";
import { columnsOfTable } from "../../src/expressions/expression-column.js";
import { parseCondition, parseExpression } from "../../src/expressions/parse-expression.js";
import type { Column } from "../../src/table/column.js";
import { makeTable, type Table } from "../../src/table/table.js";

const DAY = 86_400_000;
const base = { missingText: "" };
const numbers = (name: string, values: readonly (number | null)[]): Column => ({
  ...base,
  kind: "number",
  name,
  format: { decimals: 2 },
  values: Float64Array.from(values, (value) => value ?? Number.NaN),
});
const dates = (name: string, days: readonly (number | null)[], format = "DD.MM.YYYY"): Column => ({
  ...base,
  kind: "date",
  name,
  format,
  values: Float64Array.from(days, (day) => (day === null ? Number.NaN : day * DAY)),
});
const texts = (name: string, values: readonly (string | null)[]): Column => {
  const dictionary = [...new Set(values.filter((value) => value !== null))];
  const codes = Int32Array.from(values, (value) => (value === null ? -1 : dictionary.indexOf(value)));
  return { ...base, kind: "text", name, dictionary, codes };
};

/** Four rows; day 0 is 1970-01-01. */
const table: Table = makeTable([
  numbers("age", [20, 40, null, 61]),
  numbers("age-limit", [30, 40, 50, null]),
  texts("native-country", ["Peru", "Côte d'Ivoire", null, "Peru"]),
  texts("native", ["a", "Peru", "c", "d"]),
  texts("in (%)", ["x", "y", "x", "y"]),
  dates("born", [0, 31, null, -1]),
  dates("died", [10, 30, 5, null]),
  { ...base, kind: "boolean", name: "smoker", dictionary: ["no", "yes"], codes: Int32Array.of(1, 0, -1, 1) },
  numbers("1stFlr", [1, 2, 3, 4]),
]);
const columns = columnsOfTable(table);
const rowsWhere = (text: string) => [...evaluateCondition(parseCondition(text, columns), table)].join("");
const valuesOf = (text: string) => {
  const values = evaluateExpression(parseExpression(text, columns), table);
  if (values.kind === "numbers") return Array.from(values.values, (value) => (Number.isNaN(value) ? null : value));
  return Array.from(values.codes, (code) => values.dictionary[code] ?? null);
};
const errorOf = (text: string) => {
  try {
    parseCondition(text, columns);
  } catch (error) {
    return error as { code: string; where: string; hint: string; message: string };
  }
  throw new Error("nothing was thrown");
};

describe("conditions", () => {
  it.each([
    ["age = 40", "0100"],
    ["age != 40", "1001"],
    ["age <> 40", "1001"],
    ["age < 40", "1000"],
    ["age<=4e1", "1100"],
    ["40 < age", "0001"],
    ["age in (20, 61)", "1001"],
    ["age not in (20, 61)", "0100"],
    ["age between 20 and 40 and smoker = 'yes'", "1000"],
    ["age not between 20 and 40", "0001"],
    ["age is null", "0010"],
    ["age is not null", "1101"],
    ["age >= -20", "1101"],
    ['age = "age-limit"', "0100"],
    ["age - 10 >= age-limit", "0000"],
    ["age-limit - 10 >= age", "1000"],
    ["native-country = 'Côte d''Ivoire'", "0100"],
    ["native-country = native", "0000"],
    ["native = 'Peru' or native-country = 'Peru'", "1101"],
    ["`in (%)` = 'x' and in (%) = 'x'", "1010"],
    ["born = '01.02.1970'", "0100"],
    ["born >= '1970-01-01'", "1100"],
    ["born > died", "0100"],
    ["died - born >= 10", "1000"],
    ["smoker", "1001"],
    ["not smoker", "0100"],
    ["smoker = true", "1001"],
    ["smoker != 'yes'", "0100"],
    ["1stFlr > 2", "0011"],
    ["not (age = 20 or age = 40)", "0001"],
    ["age = 20 or age = 40 and smoker", "1000"],
    ["AGE is null OR age IS NULL".replace("AGE", "age"), "0010"],
    ["age > 30 or smoker", "1101"],
    ["not (age > 30 and smoker)", "1100"],
    ["(age) > (age-limit)", "0000"],
  ])("%s", (text, rows) => {
    expect(rowsWhere(text)).toBe(rows);
  });

  it("know three truths: what is unknown is neither true nor, denied, true", () => {
    expect(rowsWhere("age = 1 or age != 1")).toBe("1101");
    expect(rowsWhere("age > 0 or born is null")).toBe("1111");
    expect(rowsWhere("not (age > 1000 and died is not null)")).toBe("1101");
    expect(rowsWhere("age not in (1, age-limit)")).toBe("1000");
  });

  it("agree with JavaScript on any three numbers", () => {
    const small = fc.integer({ min: -3, max: 3 });
    fc.assert(
      fc.property(small, small, small, (a, b, c) => {
        const one = makeTable([numbers("a", [a]), numbers("b", [b])]);
        const text = `(a < b or a = ${c}) and not a + b * 2 > ${c} - b`;
        const truth = evaluateCondition(parseCondition(text, columnsOfTable(one)), one)[0];
        expect(truth).toBe(+((a < b || a === c) && !(a + b * 2 > c - b)));
      }),
    );
  });
});

describe("formulas", () => {
  it.each([
    ["age * 2 + 1", [41, 81, null, 123]],
    ["-age", [-20, -40, null, -61]],
    ["(age + age-limit) / 2", [25, 40, null, null]],
    ["age / (age - 20)", [null, 2, null, 61 / 41]],
    ["round(age / 7, 2)", [2.86, 5.71, null, 8.71]],
    ["round(-2.5)", [-3, -3, -3, -3]],
    ["round(1.005, 2)", [1.01, 1.01, 1.01, 1.01]],
    ["round(1234, -2)", [1200, 1200, 1200, 1200]],
    ["abs(age - 40)", [20, 0, null, 21]],
    ["min(age, age-limit, 35)", [20, 35, null, null]],
    ["max(age, 35)", [35, 40, null, 61]],
    ["coalesce(age, age-limit)", [20, 40, 50, 61]],
    ["coalesce(native-country, 'none')", ["Peru", "Côte d'Ivoire", "none", "Peru"]],
    ["died - born", [10, -1, null, null]],
    ["born + 1", [DAY, 32 * DAY, null, 0]],
  ])("%s", (text, values) => {
    expect(valuesOf(text)).toEqual(values);
  });

  it("say which columns they read", () => {
    expect(columnsIn(parseExpression("age + 1 > 2 and age < max(1stFlr, 3)", columns))).toEqual(["age", "1stFlr"]);
  });
});

describe("faults", () => {
  it.each([
    ["agee = 3", "E_EXPRESSION_COLUMN", 1, 'did you mean "age"?'],
    ["age > 1 and nativ-country = 'Peru'", "E_EXPRESSION_COLUMN", 13, 'did you mean "native-country"?'],
    ["native-country = Peru", "E_EXPRESSION_COLUMN", 18, "'Peru'"],
    ['native-country = "Peru"', "E_EXPRESSION_COLUMN", 18, "single quotes"],
    ["age = 'x'", "E_EXPRESSION_TYPE", 7, "quotes"],
    ["age > native", "E_EXPRESSION_TYPE", 7, ""],
    ["native > 'a'", "E_EXPRESSION_TYPE", 8, "in (...)"],
    ["age", "E_EXPRESSION_TYPE", 1, "compare"],
    ["age and smoker", "E_EXPRESSION_TYPE", 1, "compare"],
    ["born = '1970-02-30'", "E_EXPRESSION_DATE", 8, "DD.MM.YYYY"],
    ["born = 1970", "E_EXPRESSION_DATE", 8, "quotes"],
    ["smoker = 'yse'", "E_EXPRESSION_LEVEL", 10, '"yes"'],
    ["age >", "E_EXPRESSION_SYNTAX", 6, undefined],
    ["age > > 3", "E_EXPRESSION_SYNTAX", 7, undefined],
    ["(age > 3", "E_EXPRESSION_SYNTAX", 9, undefined],
    ["age > 3)", "E_EXPRESSION_SYNTAX", 8, "and"],
    ["age > 3 native = 'x'", "E_EXPRESSION_SYNTAX", 9, "and"],
    ["native = 'x", "E_EXPRESSION_SYNTAX", 10, "'"],
    ["age ; 3", "E_EXPRESSION_SYNTAX", 5, "double quotes"],
    ["age between 1 or 2", "E_EXPRESSION_SYNTAX", 15, undefined],
    ["age is 3", "E_EXPRESSION_SYNTAX", 8, undefined],
    ["age not 3", "E_EXPRESSION_SYNTAX", 9, undefined],
    ["round(age, 1, 2) > 1", "E_EXPRESSION_SYNTAX", 1, undefined],
    ["round(native) > 1", "E_EXPRESSION_TYPE", 1, undefined],
    [`${"(".repeat(300)}age`, "E_EXPRESSION_SYNTAX", 201, undefined],
    ["", "E_EXPRESSION_SYNTAX", 1, undefined],
  ])("%s: %s at character %d", (text, code, character, hint) => {
    const error = errorOf(text);
    expect(error).toMatchObject({ code, where: `character ${character}` });
    if (hint !== undefined && hint !== "") expect(error.hint).toContain(hint);
  });

  it("tell a value that may not be named from a misspelling, and suggest what is published", () => {
    const open = [{ name: "kind", type: "text" as const, levels: ["Masters", "Bachelors"] }];
    const folded = [{ ...open[0]!, unpublishedBelow: 5 }];
    const fault = (given: typeof open) => {
      try {
        parseCondition("kind in ('Masters', 'Mosters')", given);
      } catch (error) {
        return error;
      }
    };
    expect(fault(open)).toMatchObject({ code: "E_EXPRESSION_LEVEL", hint: 'did you mean "Masters"?' });
    expect(fault(folded)).toMatchObject({
      code: "E_SAMPLE_CONDITION_RARE_LEVEL",
      message: expect.stringContaining("fewer than 5 rows"),
      hint: 'did you mean "Masters"?',
    });
  });

  it("are errors of ours whatever is typed", () => {
    const words = fc.constantFrom(
      "age",
      "native",
      "(",
      ")",
      "and",
      "or",
      "not",
      "in",
      "between",
      "=",
      "<",
      "'x'",
      "3",
      "-",
      ",",
      "is",
      "null",
      "round",
      "born",
      '"',
      "é",
    );
    fc.assert(
      fc.property(fc.array(words, { maxLength: 12 }), (tokens) => {
        try {
          parseCondition(tokens.join(" "), columns);
        } catch (error) {
          expect(error).toMatchObject({ code: expect.stringMatching(/^E_EXPRESSION_/) });
        }
      }),
      { numRuns: 500 },
    );
  });
});
