import { describe, expect, it } from "vitest";
import { makeRandom } from "../../src/core/random.js";
import type { Column, DateColumn, NumberColumn, TextColumn } from "../../src/table/column.js";
import { countMissing, isMissing } from "../../src/table/column.js";
import { conformTable } from "../../src/table/conform-table.js";
import { requireLearnable } from "../../src/table/require-learnable.js";
import { splitRows } from "../../src/table/split-rows.js";
import { findColumn, makeTable, takeRows } from "../../src/table/table.js";

const numbers = (name: string, values: number[], decimals = 0): NumberColumn => ({
  kind: "number",
  name,
  missingText: "",
  values: Float64Array.from(values),
  format: { decimals },
});

const texts = (name: string, cells: (string | null)[]): TextColumn => {
  const dictionary = [...new Set(cells.filter((cell) => cell !== null))];
  const codes = Int32Array.from(cells, (cell) => (cell === null ? -1 : dictionary.indexOf(cell)));
  return { kind: "text", name, missingText: "", codes, dictionary };
};

const dates = (name: string, values: number[], format: string): DateColumn => ({
  kind: "date",
  name,
  missingText: "",
  values: Float64Array.from(values),
  format,
});

const booleans = (name: string, codes: number[], dictionary: [string, string]): Column => ({
  kind: "boolean",
  name,
  missingText: "",
  codes: Int32Array.from(codes),
  dictionary,
});

describe("makeTable", () => {
  it("refuses columns of the same name and of different lengths", () => {
    expect(() => makeTable([numbers("a", [1]), numbers("a", [2])])).toThrow(
      expect.objectContaining({ code: "E_DATA_DUPLICATE_COLUMN" }),
    );
    expect(() => makeTable([numbers("a", [1]), numbers("b", [2, 3])])).toThrow(
      expect.objectContaining({ code: "E_DATA_COLUMN_LENGTH" }),
    );
  });

  it("finds columns by name and takes rows with repeats", () => {
    const table = makeTable([numbers("__proto__", [1, Number.NaN, 3]), texts("b", ["x", null, "y"])]);
    const taken = takeRows(table, [2, 0, 2, 1]);
    expect(findColumn(taken, "__proto__")).toMatchObject({ values: Float64Array.of(3, 1, 3, Number.NaN) });
    expect(findColumn(taken, "b")).toMatchObject({ codes: Int32Array.of(1, 0, 1, -1) });
    expect(findColumn(taken, "toString")).toBeUndefined();
    expect(taken.columns.map((column) => [countMissing(column), isMissing(column, 3)])).toEqual([
      [1, true],
      [1, true],
    ]);
  });
});

describe("requireLearnable", () => {
  it("refuses one row and one column by name", () => {
    const code = (table: ReturnType<typeof makeTable>) => {
      try {
        requireLearnable(table, "data.csv");
      } catch (cause) {
        return cause;
      }
      return undefined;
    };
    expect(code(makeTable([numbers("a", [1]), numbers("b", [1])]))).toMatchObject({
      code: "E_DATA_TOO_FEW_ROWS",
      where: "data.csv",
    });
    expect(code(makeTable([numbers("a", [1, 2])]))).toMatchObject({ code: "E_DATA_TOO_FEW_COLUMNS" });
    expect(code(makeTable([numbers("a", [1, 2]), numbers("b", [1, 2])]))).toBeUndefined();
  });
});

describe("splitRows", () => {
  const table = makeTable([
    numbers(
      "id",
      Array.from({ length: 1000 }, (_, row) => row),
    ),
  ]);
  const idsOf = (part: typeof table) => Array.from((part.columns[0] as NumberColumn).values);

  it("puts every row on exactly one side, in the table's order", () => {
    const { train, holdout } = splitRows(table, 0.2, makeRandom(1));
    expect([train.rowCount, holdout.rowCount]).toEqual([800, 200]);
    expect([...idsOf(train), ...idsOf(holdout)].sort((a, b) => a - b)).toEqual(idsOf(table));
    expect(idsOf(train)).toEqual([...idsOf(train)].sort((a, b) => a - b));
    expect(idsOf(holdout)).toEqual([...idsOf(holdout)].sort((a, b) => a - b));
  });

  it("repeats by seed, and draws from the whole table", () => {
    const again = idsOf(splitRows(table, 0.2, makeRandom(1)).holdout);
    expect(again).toEqual(idsOf(splitRows(table, 0.2, makeRandom(1)).holdout));
    expect(again).not.toEqual(idsOf(splitRows(table, 0.2, makeRandom(2)).holdout));
    // mean of 200 of 0..999 without replacement: 499.5, standard error 18.3
    expect(Math.abs(again.reduce((sum, id) => sum + id, 0) / 200 - 499.5)).toBeLessThan(5 * 18.3);
  });

  it("leaves a row on either side of a small table", () => {
    const small = makeTable([numbers("id", [1, 2])]);
    for (const share of [0.01, 0.99]) {
      const { train, holdout } = splitRows(small, share, makeRandom(3));
      expect([train.rowCount, holdout.rowCount]).toEqual([1, 1]);
    }
  });

  it("refuses shares that leave a side empty", () => {
    for (const share of [0, 1, -1, Number.NaN]) {
      expect(() => splitRows(table, share, makeRandom(1))).toThrow(
        expect.objectContaining({ code: "E_USAGE_HOLDOUT_SHARE" }),
      );
    }
  });
});

describe("conformTable", () => {
  it("puts columns into the reference's order and lists those that differ", () => {
    const like = makeTable([numbers("a", [1]), numbers("b", [2])]);
    const table = makeTable([numbers("b", [5, 6]), numbers("a", [7, 8])]);
    expect(conformTable(table, like).columns.map((column) => column.name)).toEqual(["a", "b"]);
    const other = makeTable([numbers("a", [1]), numbers("c", [2])]);
    expect(() => conformTable(other, like, "vendor.csv")).toThrow(
      expect.objectContaining({
        code: "E_DATA_COLUMNS",
        message: 'vendor.csv lacks "b" and has "c" beside the reference\'s columns',
      }),
    );
  });

  it("reads texts as the reference's numbers, dates and booleans", () => {
    const like = makeTable([numbers("n", [1.5], 1), dates("d", [0], "DD/MM/YYYY"), booleans("b", [0], ["no", "yes"])]);
    const table = makeTable([
      texts("n", ["007", "None", null, "2.5"]),
      texts("d", ["25/12/2020", null, "-", "01/02/2020"]),
      texts("b", ["yes", "yes", null, "yes"]),
    ]);
    const conformed = conformTable(table, like);
    expect(conformed.columns[0]).toMatchObject({
      kind: "number",
      values: Float64Array.of(7, Number.NaN, Number.NaN, 2.5),
    });
    expect(conformed.columns[1]).toMatchObject({
      kind: "date",
      values: Float64Array.of(Date.UTC(2020, 11, 25), Number.NaN, Number.NaN, Date.UTC(2020, 1, 1)),
    });
    expect(conformed.columns[2]).toMatchObject({
      kind: "boolean",
      codes: Int32Array.of(1, 1, -1, 1),
      dictionary: ["no", "yes"],
    });
  });

  it("lets the reference settle the order of day and month", () => {
    const like = makeTable([dates("d", [0], "DD/MM/YYYY")]);
    const ambiguous = makeTable([dates("d", [Date.UTC(2020, 0, 2)], "MM/DD/YYYY")]);
    expect(conformTable(ambiguous, like).columns[0]).toMatchObject({ values: Float64Array.of(Date.UTC(2020, 1, 1)) });
    const certain = makeTable([dates("d", [Date.UTC(2020, 0, 22)], "MM/DD/YYYY")]);
    expect(conformTable(certain, like).columns[0]).toMatchObject({ values: Float64Array.of(Date.UTC(2020, 0, 22)) });
  });

  it("writes numbers and booleans as texts, and reads 0 and 1 and true and false for each other", () => {
    const like = makeTable([texts("t", ["A"]), booleans("b", [0], ["N", "Y"]), numbers("n", [0])]);
    const table = makeTable([
      numbers("t", [1, Number.NaN, 2]),
      numbers("b", [1, 0, Number.NaN]),
      booleans("n", [1, 0, -1], ["false", "true"]),
    ]);
    expect(conformTable(table, like).columns).toMatchObject([
      { kind: "text", dictionary: ["1", "2"], codes: Int32Array.of(0, -1, 1) },
      { kind: "boolean", dictionary: ["N", "Y"], codes: Int32Array.of(1, 0, -1) },
      { kind: "number", values: Float64Array.of(1, 0, Number.NaN) },
    ]);
  });

  it("names the column and row of a value that cannot be carried over, never the value", () => {
    const like = makeTable([numbers("n", [1])]);
    const table = makeTable([texts("n", ["3", "secret"])]);
    expect(() => conformTable(table, like, "vendor.csv")).toThrow(
      expect.objectContaining({
        code: "E_DATA_COLUMN_KIND",
        where: 'column "n", row 2',
        message: expect.not.stringContaining("secret"),
      }),
    );
  });
});
