import { existsSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DuckDBInstance } from "@duckdb/node-api";
import { describe, expect, it } from "vitest";
import { readTable } from "../../src/io/read-table.js";
import { writeTable } from "../../src/io/write-table.js";
import { makeCellFormatter } from "../../src/table/format-cell.js";
import { makeTable, type Table } from "../../src/table/table.js";
import { readsOrRefusesChanged } from "./reads-or-refuses.js";

/** Files of Impala, Spark, arrow-rs and others (apache/parquet-testing, Apache-2.0). */
const FOLDER = join(import.meta.dirname, "../../../shared/formats/parquet");
const folder = mkdtempSync(join(tmpdir(), "synth-parquet-"));

const READABLE = [
  "alltypes_dictionary",
  "alltypes_plain",
  "alltypes_plain.snappy",
  "binary",
  "byte_stream_split.zstd",
  "delta_encoding_required_column",
  "delta_length_byte_array",
  "fixed_length_decimal",
  "int32_decimal",
  "int32_with_null_pages",
  "lz4_raw_compressed",
  "single_nan",
];

/** [file, error's code, where] */
const REFUSED = [
  ["datapage_v2.snappy", "E_DATA_PARQUET_TYPE", 'column "e"'],
  ["list_columns", "E_DATA_PARQUET_TYPE", 'column "int64_list"'],
  ["nested_lists.snappy", "E_DATA_PARQUET_TYPE", 'column "a"'],
  // its last time is in the year -290307 or, where readers overflow, in another
  ["int96_from_spark", "E_DATA_DATE_RANGE", 'column "a", row 6'],
  ["nation.dict-malformed", "E_FILE_CORRUPT", undefined],
  ["bad/ARROW-GH-41317", "E_DATA_PARQUET_TYPE", 'column "fixed_size_binary"'],
  ["bad/ARROW-RS-GH-6229-DICTHEADER", "E_FILE_CORRUPT", undefined],
  ["bad/PARQUET-1481", "E_FILE_CORRUPT", undefined],
] as const;

describe.skipIf(!existsSync(FOLDER))("readTable on Parquet of others (skipped: ../shared/formats is missing)", () => {
  for (const name of READABLE) {
    it(`reads every value of ${name} as DuckDB does`, async () => {
      const path = join(FOLDER, `${name}.parquet`);
      expect(spellOurs(await readTable(path))).toEqual(await readByDuckDb(path));
    });
  }

  for (const [name, code, where] of REFUSED) {
    it(`refuses ${name}: ${code}`, { timeout: 5000 }, async () => {
      const error = await readTable(join(FOLDER, `${name}.parquet`)).catch((cause: unknown) => cause);
      expect(error).toMatchObject({ code });
      if (where !== undefined) expect(error).toMatchObject({ where });
    });
  }

  it("knows all files of the collection", () => {
    const files = readdirSync(FOLDER, { recursive: true }).map(String);
    const known = [...READABLE, ...REFUSED.map(([name]) => name)].map((name) => `${name}.parquet`);
    expect(files.filter((name) => name.endsWith(".parquet")).sort()).toEqual(known.sort());
  });
});

describe("readTable on Parquet that DuckDB writes", () => {
  it("reads every compression and type, nulls included", async () => {
    const select =
      "select (i*3)::int a, (i*5000000000)::bigint b, (i%256)::utinyint c, (i/3)::double d, (i/7)::float e, " +
      "(i*1.25)::decimal(9,2) f, (i*1.5)::decimal(38,10) g, 'text é ' || (i%7) h, i%2=0 i, date '1890-03-01' + i::int j, " +
      "timestamp '1950-01-01 10:00:00.123456' + interval (i) hour k, timestamptz '2020-01-01 00:00:00+00' l, " +
      "case when i%3=0 then null else i end m, uuid '12345678-9abc-def0-1234-56789abcdef0' n, time '10:20:30' o, " +
      "null::int p, timestamp_ns '2020-01-01 00:00:00.123456789' q from range(2000) t(i)";
    for (const codec of ["uncompressed", "snappy", "gzip", "zstd", "brotli", "lz4_raw"]) {
      const path = join(folder, `${codec}.parquet`);
      await runDuckDb(`copy (${select}) to '${path}' (format parquet, compression ${codec}, row_group_size 2048)`);
      const table = await readTable(path);
      expect(table.columns.map(({ kind }) => kind[0]).join("")).toBe("nnnnnnntbddd" + "ntdnd");
      const ours = spellOurs(table);
      const theirs = await readByDuckDb(path);
      expect(ours.slice(0, 50)).toEqual(theirs.slice(0, 50));
      expect(ours.at(-1)).toEqual(theirs.at(-1));
    }
  });

  it("keeps 64-bit integers beyond 2^53 and long decimals as texts", async () => {
    const path = join(folder, "long.parquet");
    const select = "select 9007199254740993::bigint a, -9007199254740993::bigint b, 18446744073709551615::ubigint c";
    await runDuckDb(
      `copy (${select}, 12345678901234567890.5::decimal(38,1) d union all select 1, 2, 3::ubigint, 4) to '${path}'`,
    );
    const { columns } = await readTable(path);
    expect(columns.map((column) => column.kind === "text" && column.dictionary)).toEqual([
      ["9007199254740993", "1"],
      ["-9007199254740993", "2"],
      ["18446744073709551615", "3"],
      ["12345678901234567890.5", "4.0"],
    ]);
  });

  it("draws the rows that are kept alike from one file and from its parts", async () => {
    const table = numbersTable(5000);
    await writeTable(table, join(folder, "numbers.parquet"));
    const [drawn, again] = [
      await readTable(join(folder, "numbers.parquet"), { maxRows: 100, seed: 3 }),
      await readTable(join(folder, "numbers.parquet"), { maxRows: 100, seed: 3 }),
    ];
    expect(drawn).toEqual(again);
    const values = drawn.columns[0]!.kind === "number" ? [...drawn.columns[0]!.values] : [];
    expect(values).toHaveLength(100);
    expect(values).toEqual([...new Set(values)].sort((a, b) => a - b));
  });
});

describe("readTable on damaged Parquet", () => {
  it("reads or refuses a file with any byte changed, and what it reads is a whole table", {
    timeout: 60_000,
  }, async () => {
    const whole = join(folder, "whole.parquet");
    await writeTable(mixedTable(), whole);
    await readsOrRefusesChanged(whole);
  });

  it("refuses a file cut anywhere", async () => {
    await writeTable(mixedTable(), join(folder, "whole.parquet"));
    const bytes = readFileSync(join(folder, "whole.parquet"));
    for (let length = 0; length < bytes.length; length += 13) {
      writeFileSync(join(folder, "cut.parquet"), bytes.subarray(0, length));
      await expect(readTable(join(folder, "cut.parquet")), `${length}`).rejects.toMatchObject({
        code: "E_FILE_CORRUPT",
      });
    }
  });
});

function numbersTable(rowCount: number): Table {
  const values = Float64Array.from({ length: rowCount }, (_, row) => row);
  return makeTable([{ kind: "number", name: "n", missingText: "", values, format: { decimals: 0 } }]);
}

function mixedTable(): Table {
  const missingText = "";
  return makeTable([
    { kind: "number", name: "n", missingText, values: Float64Array.of(1, 2.5, Number.NaN), format: { decimals: 1 } },
    { kind: "number", name: "i", missingText, values: Float64Array.of(1, 2, 3), format: { decimals: 0 } },
    { kind: "text", name: "t", missingText, codes: Int32Array.of(0, -1, 1), dictionary: ["x", "yz"] },
    { kind: "boolean", name: "b", missingText, codes: Int32Array.of(0, 1, -1), dictionary: ["no", "yes"] },
    { kind: "date", name: "d", missingText, values: Float64Array.of(0, 86_400_000, 0), format: "YYYY-MM-DD" },
  ]);
}

/** Cells by row; numbers and times in one spelling, which both sides are brought to. */
function spellOurs(table: Table): Record<string, string | null>[] {
  const formatters = table.columns.map((column) => [column, makeCellFormatter(column)] as const);
  return Array.from({ length: table.rowCount }, (_, row) =>
    Object.fromEntries(
      formatters.map(([column, format]) => [
        column.name,
        format(row) === "" && !isBlankText(column, row) ? null : spell(format(row)),
      ]),
    ),
  );
}

function isBlankText(column: Table["columns"][number], row: number): boolean {
  return column.kind === "text" && column.codes[row]! >= 0;
}

async function readByDuckDb(path: string): Promise<Record<string, string | null>[]> {
  const rows = await runDuckDb(`set timezone = 'UTC'; select * from read_parquet('${path}', binary_as_string = true)`);
  return rows.map((row) =>
    Object.fromEntries(
      Object.entries(row).map(([name, value]) => [
        name,
        value === null || /^nan$/i.test(String(value)) ? null : spell(String(value)),
      ]),
    ),
  );
}

/** Floats in single precision; times without trailing zeros, without a zone of UTC, to the microsecond. */
function spell(cell: string): string {
  if (/^-?\d+\.\d+(e-?\d+)?$/.test(cell)) return String(Math.fround(Number(cell)));
  if (!/^\d{4}-\d\d-\d\d \d|^\d\d:\d\d:/.test(cell)) return cell;
  const time = cell.replace(/(Z|\+00(:00)?)$/, "").replace(/(\.\d{6})\d+$/, "$1");
  return time
    .replace(/(\.\d*?)0+$/, "$1")
    .replace(/\.$/, "")
    .replace(/^(\d{4}-\d\d-\d\d) 00:00:00$/, "$1");
}

async function runDuckDb(query: string): Promise<Record<string, unknown>[]> {
  const connection = await (await DuckDBInstance.create()).connect();
  try {
    return (await connection.runAndReadAll(query)).getRowObjectsJson();
  } finally {
    connection.closeSync();
  }
}
