import { describe, expect, it } from "vitest";
import { applySchema } from "../../src/schema/apply-schema.js";
import { inferSchema } from "../../src/schema/infer-schema.js";
import type { ColumnSchema, ColumnType } from "../../src/schema/table-schema.js";
import type { BooleanColumn, Column, DateColumn, NumberColumn, TextColumn } from "../../src/table/column.js";
import { makeTable } from "../../src/table/table.js";
import { booleanColumn, dateColumn, numberColumn, textColumn, textsOf } from "../encode/columns.js";

/** The column after a schema whose type (and more) was edited. */
function edited(column: Column, type: ColumnType, changes: Partial<ColumnSchema> = {}): Column {
  const table = makeTable([column]);
  const schema = inferSchema(table);
  return applySchema(table, { ...schema, columns: [{ ...schema.columns[0]!, type, ...changes }] }).columns[0]!;
}

describe("an edited schema", () => {
  it("leaves a table as it is where nothing was edited", () => {
    const table = makeTable([
      numberColumn("a", [1, 2]),
      textColumn("b", ["x", null]),
      booleanColumn("c", [true, false]),
    ]);
    expect(applySchema(table, inferSchema(table))).toEqual(table);
  });

  it("orders the columns", () => {
    const table = makeTable([numberColumn("a", [1]), numberColumn("b", [2])]);
    const schema = inferSchema(table);
    const applied = applySchema(table, { ...schema, columns: [...schema.columns].reverse() });
    expect(applied.columns.map((column) => column.name)).toEqual(["b", "a"]);
  });

  it("names the nearest column for one that the table does not have", () => {
    const table = makeTable([numberColumn("age", [1]), numberColumn("wage", [2])]);
    const schema = inferSchema(table);
    const columns = [{ ...schema.columns[0]!, name: "aeg" }, schema.columns[1]!];
    expect(() => applySchema(table, { ...schema, columns })).toThrow(
      expect.objectContaining({ code: "E_SCHEMA_UNKNOWN_COLUMN", where: 'column "aeg"', hint: 'did you mean "age"?' }),
    );
  });

  it("must describe every column of the table", () => {
    const table = makeTable([numberColumn("age", [1]), numberColumn("wage", [2])]);
    const schema = inferSchema(table);
    expect(() => applySchema(table, { ...schema, columns: [schema.columns[0]!] })).toThrow(
      expect.objectContaining({ code: "E_SCHEMA_MISSING_COLUMN", where: 'column "wage"' }),
    );
  });

  it("turns numbers into categories as they are written", () => {
    const column = edited(numberColumn("n", [1.5, 2, null, 1.5], 1), "category") as TextColumn;
    expect(textsOf(column)).toEqual(["1.5", "2", null, "1.5"]);
    expect(column.dictionary).toEqual(["1.5", "2"]);
  });

  it("turns dates and booleans into categories as they are written", () => {
    expect(textsOf(edited(dateColumn("d", ["2020-02-29", null]), "category") as TextColumn)).toEqual([
      "2020-02-29",
      null,
    ]);
    expect(textsOf(edited(booleanColumn("b", [true, false]), "category") as TextColumn)).toEqual(["yes", "no"]);
  });

  it("reads texts as numbers, dates and booleans", () => {
    const numbers = edited(textColumn("n", ["1.25", "-3", null]), "decimal") as NumberColumn;
    expect([...numbers.values]).toEqual([1.25, -3, Number.NaN]);
    expect(numbers.format).toEqual({ decimals: 2, minDecimals: 0 });
    const dates = edited(textColumn("d", ["29.02.2020", "01.03.2021"]), "date", {
      dateFormat: "DD.MM.YYYY",
    }) as DateColumn;
    expect([...dates.values]).toEqual([Date.UTC(2020, 1, 29), Date.UTC(2021, 2, 1)]);
    const found = edited(textColumn("d", ["2020-02-29", "2021-03-31"]), "date") as DateColumn;
    expect(found.format).toBe("YYYY-MM-DD");
    const flags = edited(textColumn("b", ["dead", "alive", null]), "boolean", {
      spellings: ["dead", "alive"],
    }) as BooleanColumn;
    expect([...flags.codes]).toEqual([0, 1, -1]);
    expect([...(edited(numberColumn("b", [0, 1, 1]), "boolean") as BooleanColumn).codes]).toEqual([0, 1, 1]);
  });

  it("exchanges the spellings of a boolean that the schema spells otherwise", () => {
    const column = edited(booleanColumn("b", [true, false]), "boolean", { spellings: ["yes", "no"] }) as BooleanColumn;
    expect([...column.codes]).toEqual([0, 1]);
    expect(column.dictionary).toEqual(["yes", "no"]);
  });

  it.each<[string, Column, ColumnType, string, string]>([
    [
      "a text is no number",
      textColumn("c", ["7", "secret", "8"]),
      "decimal",
      "E_SCHEMA_CONVERSION",
      'column "c", row 2',
    ],
    ["a text is no date", textColumn("c", ["2020-01-01", "2020-02-30"]), "date", "E_SCHEMA_DATE_FORMAT", 'column "c"'],
    [
      "a fraction is not whole",
      numberColumn("c", [1, null, 2.5], 1),
      "integer",
      "E_SCHEMA_NOT_WHOLE",
      'column "c", row 3',
    ],
    [
      "a constant differs",
      numberColumn("c", [null, 4, 4, 5]),
      "constant",
      "E_SCHEMA_NOT_CONSTANT",
      'column "c", row 4',
    ],
    ["booleans are spelled unknown", textColumn("c", ["a", "b"]), "boolean", "E_SCHEMA_SPELLINGS", 'column "c"'],
  ])("is refused where %s, naming column and row, never the value", (_, column, type, code, where) => {
    expect(() => edited(column, type)).toThrow(expect.objectContaining({ code, where }));
    expect(() => edited(column, type)).not.toThrow(/secret|2\.5|02-30/);
  });

  it("keeps an identifier of numbers a number and makes any other a text", () => {
    expect(edited(numberColumn("c", [1, 2]), "identifier").kind).toBe("number");
    expect(edited(dateColumn("c", ["2020-01-01"]), "identifier").kind).toBe("text");
  });
});
