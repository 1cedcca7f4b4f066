import { existsSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { ProgressEvent } from "../../src/core/progress.js";
import { makeRandom } from "../../src/core/random.js";
import { loadGenerators } from "../../src/encode/load-generators.js";
import { RARE_CATEGORY } from "../../src/encode/one-hot.js";
import {
  decodeTable,
  type EncodingOptions,
  encodeTable,
  fieldsOf,
  fitTableEncoding,
  type TableEncoding,
  tableEncodingSchema,
} from "../../src/encode/table-encoding.js";
import { readTable } from "../../src/io/read-table.js";
import { inferSchema } from "../../src/schema/infer-schema.js";
import { findColumn, makeTable, type Table } from "../../src/table/table.js";
import { booleanColumn, dateColumn, numberColumn, textColumn, textsOf } from "./columns.js";
import { kolmogorovSmirnov } from "./kolmogorov-smirnov.js";

const OPTIONS: EncodingOptions = {
  numbers: "quantile-bins",
  minCategoryCount: 5,
  bins: 64,
  levelsPerNumber: 150,
  maxModes: 10,
};
const MODES = ["quantile-bins", "mode-specific"] as const;

function fitTo(table: Table, options: Partial<EncodingOptions> = {}): TableEncoding {
  return fitTableEncoding(table, inferSchema(table), { ...OPTIONS, ...options }, makeRandom(1));
}

function roundTrip(encoding: TableEncoding, table: Table): Table {
  return decodeTable(encoding, encodeTable(encoding, table, makeRandom(2)), makeRandom(3));
}

function sequence<T>(length: number, value: (i: number) => T): T[] {
  return Array.from({ length }, (_, i) => value(i));
}

/** One column of each type. */
const mixed = makeTable([
  numberColumn(
    "id",
    sequence(200, (i) => i + 1),
  ),
  textColumn(
    "job",
    sequence(200, (i) => (i % 9 === 0 ? null : "abc"[i % 3]!)),
    "?",
  ),
  numberColumn(
    "age",
    sequence(200, (i) => 20 + (i % 8)),
  ),
  {
    ...numberColumn(
      "height",
      sequence(200, (i) => 70 + (i % 5)),
      1,
    ),
    format: { decimals: 1, minDecimals: 1 },
  },
  dateColumn(
    "born",
    sequence(200, (i) => (i % 10 === 0 ? null : `19${60 + (i % 20)}-06-15`)),
  ),
  booleanColumn(
    "member",
    sequence(200, (i) => i % 3 === 0),
    ["off", "on"],
  ),
  textColumn(
    "country",
    sequence(200, () => "NZ"),
  ),
  textColumn(
    "note",
    sequence(200, (i) => `a remark, number ${i}`),
  ),
]);

describe("a table encoding", () => {
  it.each(MODES)(
    "(%s) gives back columns of the same names, kinds and written forms, free text left out",
    (numbers) => {
      const decoded = roundTrip(fitTo(mixed, { numbers }), mixed);
      expect(decoded.columns.map((column) => column.name)).toEqual(
        mixed.columns.slice(0, -1).map((column) => column.name),
      );
      for (const column of decoded.columns) {
        const original = findColumn(mixed, column.name)!;
        expect({ ...column, codes: 0, values: 0, dictionary: 0 }).toEqual({
          ...original,
          codes: 0,
          values: 0,
          dictionary: 0,
        });
      }
    },
  );

  it("gives every cell back where all values are frequent", () => {
    const table = makeTable(mixed.columns.slice(1, -1));
    const decoded = roundTrip(fitTo(table), table);
    for (const column of table.columns) {
      const copy = findColumn(decoded, column.name)!;
      if (column.kind === "text" && copy.kind === "text") expect(textsOf(copy)).toEqual(textsOf(column));
      else expect(copy).toEqual(column);
    }
  });

  it.each(MODES)("(%s) has fields in the order of the columns and data that fit them", (numbers) => {
    const encoding = fitTo(mixed, { numbers });
    const fields = fieldsOf(encoding);
    const encoded = encodeTable(encoding, mixed, makeRandom(2));
    const names = fields.filter((field) => field.kind === "discrete").map((field) => field.name);
    expect(names).toEqual(["job", "age", "height", "born", "member"]);
    expect(encoded.fields).toHaveLength(fields.length);
    for (const [i, field] of fields.entries()) {
      const data = encoded.fields[i]!;
      expect(data).toHaveLength(200);
      if (field.kind === "scalar") expect(data.every((value) => Math.abs(value) <= 1)).toBe(true);
      else expect(data.every((code) => code < field.levels)).toBe(true);
    }
    const job = fields.findIndex((field) => field.name === "job");
    expect(encoded.fields[job]![0]).toBe((fields[job] as { missingLevel: number }).missingLevel);
  });

  it("tells which columns are left out and whose rare categories are folded", () => {
    const events: ProgressEvent[] = [];
    const table = makeTable([
      ...mixed.columns,
      textColumn(
        "rank",
        sequence(200, (i) => (i < 3 ? `r${i}` : "x")),
      ),
    ]);
    fitTableEncoding(table, inferSchema(table), OPTIONS, makeRandom(1), (event) => events.push(event));
    expect(events).toMatchObject([
      { kind: "notice", code: "N_COLUMN_OMITTED", column: "note" },
      { kind: "notice", code: "N_RARE_FOLDED", column: "rank", message: expect.stringContaining("3 rare categories") },
    ]);
  });

  it("has two fields for a category of many levels, and tells how many of its rare ones are folded", () => {
    const events: ProgressEvent[] = [];
    const table = makeTable([
      textColumn(
        "product",
        sequence(7003, (i) => (i < 7000 ? `p${i % 700}` : `rare ${i}`)),
      ),
      numberColumn(
        "n",
        sequence(7003, (i) => i % 9),
      ),
    ]);
    const encoding = fitTableEncoding(table, inferSchema(table), OPTIONS, makeRandom(1), (event) => events.push(event));
    expect(events).toMatchObject([{ code: "N_RARE_FOLDED", message: expect.stringContaining("3 rare categories") }]);
    expect(fieldsOf(encoding)).toHaveLength(3);
    const [product, n] = roundTrip(encoding, table).columns;
    const texts = textsOf(table.columns[0] as ReturnType<typeof textColumn>);
    expect(textsOf(product as ReturnType<typeof textColumn>)).toEqual(
      texts.map((text) => (text!.startsWith("rare") ? RARE_CATEGORY : text)),
    );
    expect(n).toEqual(table.columns[1]);
  });

  it("leaves out a constant that holds in fewer than minCategoryCount rows", () => {
    const table = makeTable([textColumn("c", ["x", "x", "x"]), textColumn("d", ["p", "p", "q"])]);
    expect(fitTo(table).columns[0]).toMatchObject({ kind: "omitted", name: "c" });
  });

  it.each(MODES)("(%s) encodes another table: unseen categories, numbers out of range, other kinds", (numbers) => {
    const train = makeTable([
      textColumn(
        "code",
        sequence(100, (i) => (i < 4 ? `rare${i}` : `${i % 4}`)),
      ),
      numberColumn(
        "n",
        sequence(100, (i) => i % 50),
      ),
    ]);
    const encoding = fitTo(train, { numbers });
    const other = makeTable([numberColumn("code", [0, 1, 77]), numberColumn("n", [-1000, 1000, null])]);
    const decoded = roundTrip(encoding, other);
    const [code, n] = decoded.columns;
    expect(textsOf(code as ReturnType<typeof textColumn>)).toEqual(["0", "1", RARE_CATEGORY]);
    const values = (n as ReturnType<typeof numberColumn>).values;
    expect(values[0]).toBeLessThan(5);
    expect(values[1]).toBeGreaterThan(45);
    expect(values[2]).not.toBeNaN();
  });

  it("refuses a table that lacks a column, has no rows, or an infinite number", () => {
    const encoding = fitTo(mixed);
    expect(() => encodeTable(encoding, makeTable([mixed.columns[0]!]), makeRandom(1))).toThrow(
      expect.objectContaining({ code: "E_DATA_MISSING_COLUMN", where: 'column "job"' }),
    );
    expect(() => fitTo(makeTable([numberColumn("n", [])]))).toThrow(
      expect.objectContaining({ code: "E_DATA_NO_ROWS" }),
    );
    const infinite = makeTable([numberColumn("n", [1.5, Number.POSITIVE_INFINITY, 2], 1)]);
    expect(() => fitTo(infinite)).toThrow(
      expect.objectContaining({ code: "E_DATA_INFINITE", where: 'column "n", row 2' }),
    );
  });

  it("refuses fields of the wrong length", () => {
    const encoding = fitTo(mixed);
    const encoded = encodeTable(encoding, mixed, makeRandom(1));
    expect(() => decodeTable(encoding, { ...encoded, rowCount: 199 }, makeRandom(1))).toThrow(
      /does? not have 199 rows|do not have 199 rows/,
    );
  });

  it.each(MODES)("(%s) is the same for the same seed, plain JSON, and works from JSON as before", (numbers) => {
    const encoding = fitTo(mixed, { numbers });
    expect(fitTo(mixed, { numbers })).toEqual(encoding);
    const restored = tableEncodingSchema.parse(JSON.parse(JSON.stringify(encoding)));
    expect(restored).toEqual(encoding);
    expect(roundTrip(restored, mixed)).toEqual(roundTrip(encoding, mixed));
  });

  it("decodes in parts with identifiers that go on", () => {
    const encoding = fitTo(mixed);
    const encoded = encodeTable(encoding, mixed, makeRandom(2));
    const tail = { rowCount: 50, fields: encoded.fields.map((field) => field.subarray(150)) };
    const ids = decodeTable(encoding, tail, makeRandom(3), 150).columns[0];
    expect([...(ids as ReturnType<typeof numberColumn>).values]).toEqual(sequence(50, (i) => 151 + i));
  });

  it.each(MODES)(
    "(%s) keeps no planted value of an identifier, a rare category, a rare number or a text",
    (numbers) => {
      const random = makeRandom(99);
      const markers = sequence(50, () => 1e8 + random.integer(9e8));
      const plant = <T>(rows: number, common: (i: number) => T, marker: (value: number) => T) =>
        sequence(rows, (i) => (i % 20 === 0 && i / 20 < 50 ? marker(markers[i / 20]!) : common(i)));
      const table = makeTable([
        textColumn(
          "id",
          plant(
            2000,
            (i) => `K${100_000_000 + i}`,
            (value) => `K${value}`,
          ),
        ),
        textColumn(
          "town",
          plant(
            2000,
            (i) => `town ${i % 12}`,
            (value) => `town ${value}`,
          ),
        ),
        numberColumn(
          "few",
          plant(
            2000,
            (i) => i % 9,
            (value) => value,
          ),
        ),
        numberColumn(
          "many",
          plant(
            2000,
            (i) => i * 7,
            (value) => value,
          ),
        ),
        numberColumn(
          "fraction",
          plant(
            2000,
            (i) => (i * 7) / 64,
            (value) => value / 1024,
          ),
          12,
        ),
        textColumn(
          "note",
          plant(
            2000,
            (i) => `remark ${i}`,
            (value) => `remark ${value}`,
          ),
        ),
      ]);
      const encoding = fitTo(table, { numbers });
      expect(encoding.columns.map((column) => column.kind)).toEqual([
        "identifier",
        "one-hot",
        numbers,
        numbers,
        numbers,
        "omitted",
      ]);
      const text = JSON.stringify(encoding);
      for (const value of markers) {
        expect(text).not.toContain(String(value));
        expect(text).not.toContain(String(value / 1024));
      }
    },
  );

  it("gives frequent categories and the pattern of missing values back, whatever the table", () => {
    const cells = fc.array(
      fc.tuple(fc.option(fc.constantFrom("a", "b", "c")), fc.option(fc.integer({ min: 0, max: 400 }))),
      {
        minLength: 30,
        maxLength: 120,
        size: "max",
      },
    );
    const property = fc.property(cells, (rows) => {
      const table = makeTable([
        textColumn(
          "c",
          rows.map(([text]) => text),
        ),
        numberColumn(
          "n",
          rows.map(([, number]) => number),
        ),
      ]);
      const decoded = roundTrip(fitTo(table, { levelsPerNumber: 20 }), table);
      const counts = new Map<string | null, number>();
      for (const [text] of rows) counts.set(text, (counts.get(text) ?? 0) + 1);
      const texts = findColumn(decoded, "c");
      if (texts?.kind === "text" && counts.size > 1) {
        const expected = rows.map(([text]) => (text === null || counts.get(text)! >= 5 ? text : RARE_CATEGORY));
        expect(textsOf(texts)).toEqual(expected);
      }
      const numbers = findColumn(decoded, "n");
      if (numbers?.kind !== "number" || rows.filter(([, number]) => number !== null).length < 5) return;
      expect([...numbers.values].map(Number.isNaN)).toEqual(rows.map(([, number]) => number === null));
    });
    fc.assert(property);
  });
});

const shared = "../shared/data";
describe.skipIf(!existsSync(shared))(`coding alone on shared tables (skipped: ${shared} is missing)`, () => {
  it.each(["adult", "bank", "players"])("%s: costs a KS distance of at most .003 a numeric column", async (name) => {
    const table = await readTable(`${shared}/${name}.csv`);
    const encoding = fitTo(table);
    await loadGenerators(encoding);
    const decoded = roundTrip(encoding, table);
    let compared = 0;
    for (const column of decoded.columns) {
      const original = findColumn(table, column.name)!;
      if (!("values" in column && "values" in original) || name === "id") continue;
      expect(kolmogorovSmirnov(original.values, column.values), column.name).toBeLessThanOrEqual(0.003);
      compared++;
    }
    expect(compared).toBeGreaterThanOrEqual(4);
  });
});
