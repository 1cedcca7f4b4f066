import { existsSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { makeRandom } from "../../src/core/random.js";
import { readTable } from "../../src/io/read-table.js";
import { inferSchema } from "../../src/schema/infer-schema.js";
import { tableSchema } from "../../src/schema/table-schema.js";
import type { Column } from "../../src/table/column.js";
import { inferColumn } from "../../src/table/infer-column.js";
import { makeTable } from "../../src/table/table.js";
import { booleanColumn, dateColumn, numberColumn, textColumn } from "../encode/columns.js";

function typeOf(column: Column): string {
  return inferSchema(makeTable([column])).columns[0]!.type;
}

function typesOf(columns: readonly { name: string; type: string }[]): Record<string, string> {
  return Object.fromEntries(columns.map(({ name, type }) => [name, type]));
}

function sequence<T>(length: number, value: (i: number) => T): T[] {
  return Array.from({ length }, (_, i) => value(i));
}

describe("a column's inferred type", () => {
  it.each<[string, string, Column]>([
    [
      "constant",
      "one value in every row",
      textColumn(
        "c",
        sequence(9, () => "x"),
      ),
    ],
    [
      "constant",
      "wholly missing",
      numberColumn(
        "c",
        sequence(9, () => null),
      ),
    ],
    [
      "category",
      "one value or missing",
      textColumn(
        "c",
        sequence(9, (i) => (i % 2 ? "x" : null)),
      ),
    ],
    [
      "boolean",
      "no and yes",
      booleanColumn(
        "c",
        sequence(9, (i) => i % 2 === 0),
      ),
    ],
    [
      "date",
      "dates",
      dateColumn(
        "c",
        sequence(40, (i) => `2020-01-${String(1 + (i % 28)).padStart(2, "0")}`),
      ),
    ],
    [
      "integer",
      "whole numbers of few values",
      numberColumn(
        "c",
        sequence(90, (i) => i % 2),
      ),
    ],
    [
      "integer",
      "whole numbers written with decimals",
      numberColumn(
        "c",
        sequence(90, (i) => i % 7),
        1,
      ),
    ],
    [
      "decimal",
      "fractions",
      numberColumn(
        "c",
        sequence(90, (i) => i / 4),
        2,
      ),
    ],
    [
      "integer",
      "a year a row",
      numberColumn(
        "year",
        sequence(120, (i) => 1900 + i),
      ),
    ],
    [
      "integer",
      "unique numbers far apart",
      numberColumn(
        "c",
        sequence(90, (i) => 1000 * i + (i % 7)),
      ),
    ],
    [
      "integer",
      "a short sequence",
      numberColumn(
        "c",
        sequence(9, (i) => i),
      ),
    ],
    [
      "identifier",
      "a long sequence",
      numberColumn(
        "c",
        sequence(90, (i) => i + 1),
      ),
    ],
    [
      "identifier",
      "unique whole numbers named like a key",
      numberColumn(
        "customer_id",
        sequence(9, (i) => 1000 * i),
      ),
    ],
    [
      "integer",
      "a foreign key that repeats",
      numberColumn(
        "customer_id",
        sequence(90, (i) => i % 9),
      ),
    ],
    [
      "identifier",
      "unique codes",
      textColumn(
        "c",
        sequence(40, (i) => `AB-${i}`),
      ),
    ],
    [
      "identifier",
      "codes that repeat a little, named like a key",
      textColumn(
        "userId",
        sequence(60, (i) => `u${i % 40}`),
      ),
    ],
    [
      "text",
      "unique texts with spaces",
      textColumn(
        "c",
        sequence(40, (i) => `the ${i}th comment`),
      ),
    ],
    [
      "text",
      "names of which many are seen once or twice",
      textColumn(
        "c",
        sequence(900, (i) => `Name${i % 400}`),
      ),
    ],
    [
      "category",
      "few values",
      textColumn(
        "c",
        sequence(8, (i) => "abc"[i % 3]!),
      ),
    ],
    [
      "category",
      "3,000 values, 12 rows each: their number alone makes no free text",
      textColumn(
        "c",
        sequence(36_000, (i) => `value ${i % 3000}`),
      ),
    ],
    [
      "category",
      "200 values, 20 rows each",
      textColumn(
        "c",
        sequence(4000, (i) => `value ${i % 200}`),
      ),
    ],
  ])("is %s: %s", (type, _, column) => {
    expect(typeOf(column)).toBe(type);
  });

  it("says why in plain words, without a cell's value", () => {
    const columns = [
      textColumn(
        "c",
        sequence(40, (i) => `secret ${i}`),
      ),
      numberColumn(
        "n",
        sequence(40, (i) => 777_000 + i * i),
      ),
    ];
    const schema = inferSchema(makeTable(columns));
    for (const column of schema.columns) expect(column.reason.length).toBeGreaterThan(8);
    expect(JSON.stringify(schema)).not.toMatch(/secret|777/);
  });

  it("can be overridden, and a misspelled override gets a suggestion", () => {
    const table = makeTable([numberColumn("rating", [1, 2, 3])]);
    const schema = inferSchema(table, { overrides: { rating: "category" } });
    expect(schema.columns[0]).toMatchObject({ type: "category", reason: "set by the user" });
    expect(() => inferSchema(table, { overrides: { ratign: "category" } })).toThrow(
      expect.objectContaining({ code: "E_SCHEMA_UNKNOWN_COLUMN", hint: 'did you mean "rating"?' }),
    );
  });
});

describe("an inferred schema", () => {
  it("counts missing and distinct values and keeps written forms", () => {
    const table = makeTable([
      numberColumn("price", [1.25, null, 1.25, 3], 2),
      { ...booleanColumn("member", [true, false, null, null], ["off", "on"]), missingText: "NA" },
      dateColumn("day", ["2020-01-01", "2020-01-02", "2020-01-01", null]),
    ]);
    const schema = inferSchema(table);
    expect(schema).toMatchObject({
      version: 1,
      rowCount: 4,
      columns: [
        { name: "price", missingShare: 0.25, distinctCount: 2, decimals: 2, missingText: "" },
        { name: "member", missingShare: 0.5, distinctCount: 2, spellings: ["off", "on"], missingText: "NA" },
        { name: "day", missingShare: 0.25, distinctCount: 2, dateFormat: "YYYY-MM-DD" },
      ],
    });
    expect(tableSchema.parse(JSON.parse(JSON.stringify(schema)))).toEqual(schema);
  });

  it("of a table without rows has constants only", () => {
    expect(inferSchema(makeTable([textColumn("c", [])])).columns[0]).toMatchObject({
      type: "constant",
      missingShare: 0,
    });
  });
});

describe("well-known tables", () => {
  it("birdstrikes (vega-datasets): airports, aircraft and species are categories", async () => {
    const table = await readTable("node_modules/vega-datasets/data/birdstrikes.csv");
    expect(typesOf(inferSchema(table).columns)).toEqual({
      "Airport Name": "category",
      "Aircraft Make Model": "category",
      "Effect Amount of damage": "category",
      "Flight Date": "date",
      "Aircraft Airline Operator": "category",
      "Origin State": "category",
      "Phase of flight": "category",
      "Wildlife Size": "ordinal",
      "Wildlife Species": "category",
      "Time of day": "category",
      "Cost Other": "integer",
      "Cost Repair": "integer",
      "Cost Total $": "integer",
      "Speed IAS in knots": "integer",
    });
  });

  it("penguins (vega-datasets): species, island and sex are categories, measures are numbers", () => {
    const rows: readonly Record<string, unknown>[] = JSON.parse(
      readFileSync("node_modules/vega-datasets/data/penguins.json", "utf8"),
    );
    const columns = Object.keys(rows[0]!).map((name) => {
      const { codes, dictionary } = textColumn(
        name,
        rows.map((row) => String(row[name] ?? "")),
      );
      return inferColumn({ name, codes, dictionary }).column;
    });
    expect(typesOf(inferSchema(makeTable(columns)).columns)).toEqual({
      Species: "category",
      Island: "category",
      "Beak Length (mm)": "decimal",
      "Beak Depth (mm)": "decimal",
      "Flipper Length (mm)": "integer",
      "Body Mass (g)": "integer",
      Sex: "category",
    });
  });

  const shared = "../shared/data";
  describe.skipIf(!existsSync(shared))(`shared tables (skipped: ${shared} is missing)`, () => {
    it("adult: six whole numbers, the rest categories", async () => {
      const schema = inferSchema(await readTable(`${shared}/adult.csv`));
      const integers = ["age", "fnlwgt", "education-num", "capital-gain", "capital-loss", "hours-per-week"];
      for (const { name, type } of schema.columns)
        expect([name, type]).toEqual([name, integers.includes(name) ? "integer" : "category"]);
    });

    it("bank: seven whole numbers, four booleans, months, the rest categories", async () => {
      const schema = inferSchema(await readTable(`${shared}/bank.csv`));
      const integers = ["age", "balance", "day", "duration", "campaign", "pdays", "previous"];
      const booleans = ["default", "housing", "loan", "y"];
      for (const { name, type } of schema.columns) {
        const other = name === "month" ? "ordinal" : "category";
        const expected = integers.includes(name) ? "integer" : booleans.includes(name) ? "boolean" : other;
        expect([name, type]).toEqual([name, expected]);
      }
    });

    it("players: an identifier, dates, names of people", async () => {
      const schema = inferSchema(await readTable(`${shared}/players.csv`));
      expect(typesOf(schema.columns)).toEqual({
        id: "identifier",
        country: "category",
        birthDate: "date",
        deathDate: "date",
        nameFirst: "name",
        nameLast: "name",
        weight: "integer",
        height: "integer",
        bats: "category",
        throws: "category",
      });
    });
  });
});

describe("inference at size", () => {
  it("does not mind 200,000 rows of unique numbers", () => {
    const random = makeRandom(1);
    expect(
      typeOf(
        numberColumn(
          "x",
          sequence(200_000, () => random.uniform()),
          17,
        ),
      ),
    ).toBe("decimal");
  });
});
