import { describe, expect, it } from "vitest";
import { applySchema } from "../../src/schema/apply-schema.js";
import { describeDrift } from "../../src/schema/describe-drift.js";
import { inferSchema } from "../../src/schema/infer-schema.js";
import { refreshSchema } from "../../src/schema/refresh-schema.js";
import type { ColumnSchema, TableSchema } from "../../src/schema/table-schema.js";
import type { Column } from "../../src/table/column.js";
import { makeTable, type Table } from "../../src/table/table.js";
import { dateColumn, numberColumn, textColumn } from "../encode/columns.js";

function repeat<T>(count: number, value: (i: number) => T): T[] {
  return Array.from({ length: count }, (_, i) => value(i));
}

function edited(table: Table, edits: Readonly<Record<string, Partial<ColumnSchema>>>): TableSchema {
  const schema = inferSchema(table);
  return { ...schema, columns: schema.columns.map((column) => ({ ...column, ...edits[column.name] })) };
}

const base = (): Column[] => [
  numberColumn(
    "age",
    repeat(60, (i) => 20 + i),
  ),
  dateColumn(
    "born",
    repeat(60, (i) => `19${60 + (i % 30)}-05-17`),
  ),
  textColumn(
    "size",
    repeat(60, (i) => ["small", "medium", "large"][i % 3]!),
  ),
];

describe("bounds of a schema", () => {
  it("let pass what lies within, the bounds included", () => {
    const table = makeTable(base());
    const bounds = {
      age: { bounds: { min: 20, max: 79 } },
      born: { bounds: { min: "1960-05-17", max: "1990-01-01" } },
    };
    expect(applySchema(table, edited(table, bounds)).rowCount).toBe(60);
  });

  it("name the column and the first row beyond them, and how many more, but no value", () => {
    const table = makeTable(base());
    const schema = edited(table, { age: { bounds: { max: 70 } } });
    expect(() => applySchema(table, schema)).toThrow(
      expect.objectContaining({
        code: "E_SCHEMA_OUT_OF_BOUNDS",
        where: 'column "age", row 52',
        message: 'column "age", row 52: the value is beyond the schema\'s bounds, and 8 more rows',
      }),
    );
  });

  it("must be numbers or dates as the column has them, the least first", () => {
    const table = makeTable(base());
    for (const edit of [
      { born: { bounds: { min: "17.05.1960" } } },
      { age: { bounds: { min: "old" } } },
      { age: { bounds: { min: 5, max: 4 } } },
    ]) {
      expect(() => applySchema(table, edited(table, edit))).toThrow(
        expect.objectContaining({ code: "E_SCHEMA_BOUNDS" }),
      );
    }
  });
});

describe("a table that has changed since its schema was written", () => {
  const messages = (schema: TableSchema, table: Table): string[] =>
    describeDrift(schema, table).map((event) => (event.kind === "notice" ? event.message : ""));

  it("is told column by column", () => {
    const before = makeTable([
      ...base(),
      textColumn(
        "city",
        repeat(60, (i) => `c${i % 4}`),
      ),
    ]);
    const schema = edited(before, { age: { bounds: { max: 79 } } });
    const [age, , size] = base();
    const after = makeTable([
      numberColumn(
        "age",
        repeat(60, (i) => 25 + i),
      ),
      dateColumn(
        "born",
        repeat(60, (i) => (i % 4 === 0 ? null : `19${60 + (i % 30)}-05-17`)),
      ),
      textColumn(
        "size",
        repeat(60, (i) => ["small", "tiny", "large"][i % 3]!),
      ),
      textColumn(
        "zone",
        repeat(60, () => "z"),
      ),
    ]);
    expect(age).toBeDefined();
    expect(size).toBeDefined();
    expect(messages(schema, after)).toEqual([
      'column "age" has 5 values beyond the schema\'s bounds, first in row 56',
      'column "born" is missing in 25.0 % of the rows; it was in 0.0 %',
      'column "size" has levels that the schema does not list: "tiny"',
      'column "city" is gone',
      'column "zone" is new',
    ]);
  });

  it("is told of categories that moved, another format and what is no number any more", () => {
    const before = makeTable([
      textColumn(
        "city",
        repeat(90, (i) => `c${i % 4}`),
      ),
      numberColumn(
        "age",
        repeat(90, (i) => i % 45),
      ),
      dateColumn(
        "born",
        repeat(90, (i) => `19${60 + (i % 30)}-05-17`),
      ),
    ]);
    const after = makeTable([
      textColumn(
        "city",
        repeat(90, (i) => `c${i % 18}`),
      ),
      textColumn(
        "age",
        repeat(90, (i) => `${i} years`),
      ),
      dateColumn(
        "born",
        repeat(90, (i) => `19${60 + (i % 30)}-05-17`),
        "DD.MM.YYYY",
      ),
    ]);
    expect(messages(inferSchema(before), after)).toEqual([
      'column "city" has 18 different values; it had 4',
      'column "age" no longer holds a number in every row',
      'column "born" is written DD.MM.YYYY; the schema says YYYY-MM-DD',
    ]);
  });

  it("is told nothing where nothing changed, and names no level of fewer than five rows", () => {
    const table = makeTable(base());
    expect(describeDrift(inferSchema(table), table)).toEqual([]);
    const rare = makeTable([
      ...base().slice(0, 2),
      textColumn(
        "size",
        repeat(60, (i) => (i < 4 ? "secret" : ["small", "medium", "large"][i % 3]!)),
      ),
    ]);
    expect(JSON.stringify(describeDrift(inferSchema(table), rare))).not.toContain("secret");
  });

  it("keeps in a refreshed schema what was edited, and takes new counts and columns", () => {
    const schema = edited(makeTable(base()), { age: { type: "decimal", reason: "by hand" } });
    const after = makeTable([numberColumn("age", [1, null]), textColumn("zone", ["a", "b"])]);
    const refreshed = refreshSchema(schema, inferSchema(after));
    expect(refreshed.rowCount).toBe(2);
    expect(refreshed.columns.map(({ name }) => name)).toEqual(["age", "zone"]);
    expect(refreshed.columns[0]).toMatchObject({
      type: "decimal",
      reason: "by hand",
      missingShare: 0.5,
      distinctCount: 1,
    });
  });
});

describe("a schema's wishes", () => {
  it("leave out what is dropped or private, and generate what has a generator", async () => {
    const { fitTableEncoding } = await import("../../src/encode/table-encoding.js");
    const { makeRandom } = await import("../../src/core/random.js");
    const table = makeTable([
      ...base(),
      textColumn(
        "city",
        repeat(60, (i) => `c${i % 4}`),
      ),
    ]);
    const schema = edited(table, {
      age: { drop: true },
      born: { private: true },
      size: { private: true, generator: "person.sex" },
      city: { levels: ["c1", "c3"] },
    });
    const options = {
      numbers: "quantile-bins",
      minCategoryCount: 5,
      bins: 20,
      levelsPerNumber: 20,
      maxModes: 5,
    } as const;
    const encoding = fitTableEncoding(applySchema(table, schema), schema, options, makeRandom(1));
    expect(encoding.columns.map(({ kind }) => kind)).toEqual(["omitted", "omitted", "generated", "one-hot"]);
    expect(encoding.columns[3]).toMatchObject({ categories: ["c1", "c3"], rare: true });
  });
});
