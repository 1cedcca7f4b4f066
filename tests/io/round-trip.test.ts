import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { fromArrow } from "../../src/io/from-arrow.js";
import { readTable } from "../../src/io/read-table.js";
import { toArrow } from "../../src/io/to-arrow.js";
import { writeTable } from "../../src/io/write-table.js";
import type { Column } from "../../src/table/column.js";
import { DATE_FORMATS, dateMeaning, formatDate, parseDate } from "../../src/table/date-format.js";
import { DURATION_FORMATS } from "../../src/table/duration-format.js";
import { BOOLEAN_SPELLINGS } from "../../src/table/infer-column.js";
import { makeTable, type Table } from "../../src/table/table.js";

const folder = mkdtempSync(join(tmpdir(), "synth-round-trip-"));

describe("writeTable and readTable", () => {
  for (const extension of [".csv", ".tsv.gz", ".arrow", ".arrows", ".parquet", ".jsonl"]) {
    it(`give the same table back through ${extension}`, async () => {
      const path = join(folder, `table${extension}`);
      await fc.assert(
        fc.asyncProperty(anyTable(), async (table) => {
          await writeTable(table, path);
          expect(await readTable(path)).toEqual(extension === ".jsonl" ? withoutSpelling(table) : table);
        }),
        { numRuns: 40 },
      );
    });
  }

  for (const extension of [".arrow", ".arrows", ".parquet"]) {
    it(`keep every format of dates, times, durations and numbers through ${extension}`, async () => {
      const path = join(folder, `formats${extension}`);
      await fc.assert(
        fc.asyncProperty(formattedTable(), async (table) => {
          await writeTable(table, path);
          expect(await readTable(path)).toEqual(table);
        }),
        { numRuns: 100 },
      );
    });
  }

  it("keep every format of dates, times, durations and numbers through Arrow in memory", () => {
    fc.assert(
      fc.property(formattedTable(), (table) => {
        expect(fromArrow(toArrow(table))).toEqual(table);
      }),
    );
  });

  it("keep what CSV cannot say through Arrow: blank texts, texts of digits, long integers", async () => {
    const path = join(folder, "odd.arrow");
    const dictionary = ["", " ", "NA", "12", "9007199254740993", "true"];
    const codes = Int32Array.of(0, 1, 2, 3, 4, 5, -1);
    const table = makeTable([{ kind: "text", name: "__proto__", missingText: "?", codes, dictionary }]);
    await writeTable(table, path);
    expect(await readTable(path)).toEqual(table);
  });

  it("write the same bytes twice", async () => {
    const { readFileSync } = await import("node:fs");
    const table = makeTable([
      { kind: "number", name: "a", missingText: "", values: Float64Array.of(1, Number.NaN), format: { decimals: 0 } },
      { kind: "text", name: "b", missingText: "", codes: Int32Array.of(0, 1), dictionary: ["x", "y"] },
    ]);
    for (const extension of [".csv", ".arrow"]) {
      await writeTable(table, join(folder, `one${extension}`));
      await writeTable(table, join(folder, `two${extension}`));
      expect(readFileSync(join(folder, `one${extension}`))).toEqual(readFileSync(join(folder, `two${extension}`)));
    }
  });
});

/** JSON has one spelling of what is missing. */
function withoutSpelling(table: Table): Table {
  return makeTable(table.columns.map((column) => ({ ...column, missingText: "" })));
}

const MISSING = ["", "NA", "?", "null"];

const OFFSETS = ["", "+00:00", "+02:00", "-0530", "+1245"];

/** A column of each kind of format, every format with every offset that may follow it; not the form that CSV would say. */
function formattedTable(): fc.Arbitrary<Table> {
  const date = fc
    .tuple(fc.constantFrom(...DATE_FORMATS), fc.constantFrom(...OFFSETS))
    .map(([format, offset]) => (/:mm(:ss(\.S+)?)?$/.test(format) ? format + offset : format));
  const time = fc.constantFrom(...DATE_FORMATS.filter((format) => dateMeaning(format) === "time"));
  const duration = fc.constantFrom(...DURATION_FORMATS);
  return fc
    .integer({ min: 2, max: 6 })
    .chain((rowCount) =>
      fc
        .tuple(
          formattedDates("date", date, rowCount),
          formattedDates("time", time, rowCount),
          formattedDates("duration", duration, rowCount),
          styledNumbers(rowCount),
        )
        .map((columns) => makeTable(columns)),
    );
}

function formattedDates(name: string, format: fc.Arbitrary<string>, rowCount: number): fc.Arbitrary<Column> {
  const time = fc.double({ min: Date.UTC(1970, 0, 1), max: Date.UTC(2068, 0, 1), noNaN: true });
  const shortened = (value: number, form: string) => parseDate(formatDate(value, form), form);
  return fc.tuple(format, cells(time, rowCount), fc.constantFrom(...MISSING)).map(([form, times, missingText]) => {
    const values = Float64Array.from(times, (value) => (value === null ? Number.NaN : shortened(value, form)));
    return { kind: "date", name, missingText, values, format: form } as const;
  });
}

function styledNumbers(rowCount: number): fc.Arbitrary<Column> {
  const format = fc.record(
    {
      decimals: fc.integer({ min: 2, max: 4 }),
      minDecimals: fc.integer({ min: 1, max: 2 }),
      prefix: fc.constantFrom("$", "EUR ", "€"),
      suffix: fc.constantFrom("%", " €"),
      thousands: fc.constantFrom(",", ".", "'", "\u202f"),
      decimalMark: fc.constant("," as const),
      negative: fc.constantFrom("parentheses" as const, "after-prefix" as const),
    },
    { requiredKeys: ["decimals"] },
  );
  const value = fc.integer({ min: -1e9, max: 1e9 }).map((number) => (number === 0 ? 0 : number / 100));
  return fc.tuple(format, cells(value, rowCount), fc.constantFrom(...MISSING)).map(([form, numbers, missingText]) => {
    const values = Float64Array.from(numbers, (number) => number ?? Number.NaN);
    return { kind: "number", name: "number", missingText, values, format: form } as const;
  });
}

/** Tables of every kind of column, in the form that typing would give them. */
function anyTable(): fc.Arbitrary<Table> {
  return fc
    .tuple(fc.integer({ min: 2, max: 12 }), fc.uniqueArray(columnName(), { minLength: 1, maxLength: 5 }))
    .chain(([rowCount, names]) => fc.tuple(...names.map((name) => anyColumn(name, rowCount))))
    .map((columns) => makeTable(columns));
}

function columnName(): fc.Arbitrary<string> {
  const odd = fc.constantFrom("__proto__", "constructor", "<script>", 'a "b"', "a,b", "línea\n2", "名前", "toString");
  return fc.oneof(odd, fc.string({ unit: "grapheme", minLength: 1, maxLength: 8 }).filter(isPlain));
}

/** White space at the ends is kept, but a name or text of nothing else is blank; lone surrogates are no UTF-8. */
function isPlain(text: string): boolean {
  return text.trim() !== "" && !/[\ud800-\udfff]/u.test(text) && !text.startsWith("\ufeff");
}

function anyColumn(name: string, rowCount: number): fc.Arbitrary<Column> {
  return fc.oneof(
    numberColumn(name, rowCount),
    dateColumn(name, rowCount),
    textColumn(name, rowCount),
    booleanColumn(name, rowCount),
  );
}

function base(name: string, hasMissing: boolean, missingText: string) {
  return { name, missingText: hasMissing ? missingText : "" };
}

function cells<T>(value: fc.Arbitrary<T>, rowCount: number): fc.Arbitrary<readonly (T | null)[]> {
  return fc
    .array(fc.option(value, { freq: 4 }), { minLength: rowCount, maxLength: rowCount })
    .filter((array) => array.some((cell) => cell !== null));
}

function numberColumn(name: string, rowCount: number): fc.Arbitrary<Column> {
  const decimals = fc.integer({ min: 0, max: 6 });
  const small = decimals.chain((digits) =>
    cells(
      fc.integer({ min: -1e9, max: 1e9 }).map((value) => Number(`${value}e-${digits}`)),
      rowCount,
    ).map((values) => ({ values, digits })),
  );
  const anyDouble = cells(fc.double({ noDefaultInfinity: true, noNaN: true }), rowCount).map((values) => ({
    values,
    digits: 100,
  }));
  return fc
    .tuple(fc.oneof(small, anyDouble), fc.boolean(), fc.constantFrom(...MISSING))
    .map(([drawn, isFixed, spelling]) => {
      const values = Float64Array.from(drawn.values, (value) =>
        value === null ? Number.NaN : value === 0 ? 0 : value,
      );
      const format = typedFormat(values, drawn.digits, isFixed);
      return { kind: "number", ...base(name, values.some(Number.isNaN), spelling), values, format } as const;
    });
}

/** The digits that typing finds in the numbers as they are written. */
function typedFormat(values: Float64Array, digits: number, isFixed: boolean) {
  const present = values.filter((value) => !Number.isNaN(value));
  if (isFixed && digits > 0 && digits < 100) return { decimals: digits, minDecimals: digits };
  const counts = Array.from(present, (value) => {
    const [mantissa, exponent] = (
      Number.isInteger(value) && !Number.isSafeInteger(value) ? value.toExponential() : String(value)
    ).split("e");
    const own = mantissa!.split(".")[1]?.length ?? 0;
    return Math.min(100, Math.max(0, own - Number(exponent ?? 0)));
  });
  const decimals = Math.max(...counts);
  const minDecimals = Math.min(...counts);
  return minDecimals === 0 ? { decimals } : { decimals, minDecimals };
}

function dateColumn(name: string, rowCount: number): fc.Arbitrary<Column> {
  // padded forms that start with the year: any other could be read as a second format of the list
  const formats = DATE_FORMATS.filter((format) => /^YYYY.MM.DD/.test(format) && !/(?<![hH])[hH]:/.test(format));
  const from = Date.UTC(1583, 0, 1);
  const to = Date.UTC(9999, 11, 31);
  return fc
    .tuple(
      fc.constantFrom(...formats),
      cells(fc.integer({ min: from, max: to }), rowCount),
      fc.constantFrom(...MISSING),
    )
    .map(([format, times, spelling]) => {
      const values = Float64Array.from(times, (time) =>
        time === null ? Number.NaN : parseDate(formatDate(time, format), format),
      );
      return { kind: "date", ...base(name, values.some(Number.isNaN), spelling), values, format } as const;
    });
}

function textColumn(name: string, rowCount: number): fc.Arbitrary<Column> {
  const text = fc
    .oneof(
      fc.string({ unit: "grapheme", maxLength: 12 }),
      fc.constantFrom("a,b", 'say "x"', "1;2", "tab\there", "x\r\ny", "x\r", "|", "007"),
    )
    .filter(isPlain);
  // one cell that is surely a text, so that typing finds a text column
  return fc.tuple(cells(text, rowCount), fc.constantFrom(...MISSING)).map(([drawn, spelling]) => {
    const texts = drawn.map((cell, row) =>
      row === 0 ? "text" : cell !== null && MISSING_LIKE.test(cell.trim()) ? "x" : cell,
    );
    const dictionary = [...new Set(texts.filter((cell) => cell !== null))];
    const codes = Int32Array.from(texts, (cell) => (cell === null ? -1 : dictionary.indexOf(cell)));
    return { kind: "text", ...base(name, codes.includes(-1), spelling), codes, dictionary } as const;
  });
}

const MISSING_LIKE = /^(NA|N\/A|n\/a|NaN|nan|null|NULL|\?|<NA>|#N\/A)$/;

function booleanColumn(name: string, rowCount: number): fc.Arbitrary<Column> {
  return fc
    .tuple(fc.constantFrom(...BOOLEAN_SPELLINGS), cells(fc.boolean(), rowCount), fc.constantFrom(...MISSING))
    .map(([pair, drawn, spelling]) => {
      const truths = drawn.map((cell, row) => (row < 2 ? row === 1 : cell));
      const codes = Int32Array.from(truths, (truth) => (truth === null ? -1 : Number(truth)));
      const dictionary: readonly [string, string] = [pair[0], pair[1]];
      return { kind: "boolean", ...base(name, codes.includes(-1), spelling), codes, dictionary } as const;
    });
}
