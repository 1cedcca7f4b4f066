import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { tableFromIPC } from "apache-arrow";
import { describe, expect, it } from "vitest";
import { SynthError } from "../../src/core/errors.js";
import { registerArrowCodecs } from "../../src/io/arrow-compression.js";
import { fromArrow } from "../../src/io/from-arrow.js";
import { readTable } from "../../src/io/read-table.js";
import type { Column } from "../../src/table/column.js";

/**
 * Files that Arrow C++ wrote, with the values they hold in Arrow's integration JSON (apache/arrow-testing, Apache-2.0).
 */
const FOLDER = join(import.meta.dirname, "../../../shared/formats/arrow");
const BAD = join(FOLDER, "bad");

const READABLE = [
  "compressed_generated_lz4",
  "compressed_generated_zstd",
  "compressed_generated_uncompressible_lz4",
  "compressed_generated_uncompressible_zstd",
  "v1_datetime",
  "v1_decimal",
  "v1_dictionary",
  "v1_null",
];

describe.skipIf(!existsSync(FOLDER))("readArrow on files of Arrow C++ (skipped: ../shared/formats is missing)", () => {
  for (const name of READABLE) {
    for (const extension of ["arrow_file", "stream"]) {
      it(`reads every value of ${name}.${extension}`, async () => {
        const table = await readTable(join(FOLDER, `${name}.${extension}`), { format: "arrow" });
        const expected = readExpected(name);
        expect(table.columns.map((column) => column.name)).toEqual(expected.map((column) => column.field.name));
        table.columns.forEach((column, index) => {
          expect(spell(column), column.name).toEqual(expected[index]!.values);
        });
      });
    }
  }

  it("reads every number, boolean and text of v1_primitive", () => {
    const file = tableFromIPC(readFileSync(join(FOLDER, "v1_primitive.arrow_file")));
    const names = file.schema.fields.map((field) => field.name).filter((field) => !field.includes("binary"));
    const table = fromArrow(file.select(names));
    const expected = readExpected("v1_primitive").filter((column) => names.includes(column.field.name));
    expect(table.columns).toHaveLength(24);
    table.columns.forEach((column, index) => {
      expect(spell(column), column.name).toEqual(expected[index]!.values);
    });
  });

  it("names the first column of a type that a table cannot hold", async () => {
    await expect(readTable(join(FOLDER, "v1_primitive.stream"), { format: "arrow" })).rejects.toMatchObject({
      kind: "data",
      code: "E_DATA_ARROW_TYPE",
      where: 'column "binary_nullable"',
    });
  });

  it("refuses files without rows", async () => {
    for (const name of ["v1_primitive_no_batches", "v1_primitive_zerolength"]) {
      await expect(readTable(join(FOLDER, `${name}.arrow_file`), { format: "arrow" })).rejects.toMatchObject({
        code: "E_DATA_NO_ROWS",
      });
    }
  });

  it("refuses a file cut anywhere, without reading part of it as a whole", async () => {
    registerArrowCodecs();
    const { mkdtempSync, writeFileSync } = await import("node:fs");
    const { tmpdir } = await import("node:os");
    const folder = mkdtempSync(join(tmpdir(), "synth-arrow-"));
    const bytes = readFileSync(join(FOLDER, "compressed_generated_lz4.arrow_file"));
    for (let length = 0; length < bytes.length; length += 37) {
      writeFileSync(join(folder, "cut.arrow"), bytes.subarray(0, length));
      await expect(readTable(join(folder, "cut.arrow"), { format: "arrow" }), `${length} bytes`).rejects.toBeInstanceOf(
        SynthError,
      );
    }
  });
});

describe.skipIf(!existsSync(BAD))("readArrow on a fuzzer's findings (skipped: ../shared/formats is missing)", () => {
  for (const name of existsSync(BAD) ? readdirSync(BAD) : []) {
    it(`refuses ${name}`, { timeout: 5000 }, async () => {
      await expect(readTable(join(BAD, name), { format: "arrow" })).rejects.toBeInstanceOf(SynthError);
    });
  }
});

interface JsonField {
  readonly name: string;
  readonly type: { readonly name: string; readonly unit?: string; readonly scale?: number };
  readonly dictionary?: { readonly id: number };
}

interface JsonColumn {
  readonly name: string;
  readonly count: number;
  readonly VALIDITY?: readonly number[];
  readonly DATA?: readonly (number | string)[];
}

interface JsonFile {
  readonly schema: { readonly fields: readonly JsonField[] };
  readonly batches: readonly { readonly columns: readonly JsonColumn[] }[];
  readonly dictionaries?: readonly {
    readonly id: number;
    readonly data: { readonly columns: readonly JsonColumn[] };
  }[];
}

/** The expected values, null where missing, in the shape that `spell` gives. */
function readExpected(name: string): { field: JsonField; values: (string | number | boolean | null)[] }[] {
  const file = JSON.parse(gunzipSync(readFileSync(join(FOLDER, `${name}.json.gz`))).toString()) as JsonFile;
  return file.schema.fields.map((field, index) => {
    const raw = file.batches.flatMap((batch) => expectColumn(batch.columns[index]!, file, field));
    const numbers = raw.filter((value) => typeof value === "number");
    // 64-bit integers and decimals beyond 2^53 - 1 keep the whole column in its written form
    const isExact = numbers.every((value) => Math.abs(Math.trunc(value)) <= Number.MAX_SAFE_INTEGER);
    return {
      field,
      values: isExact ? raw : file.batches.flatMap((b) => expectColumn(b.columns[index]!, file, field, true)),
    };
  });
}

function expectColumn(
  column: JsonColumn,
  file: JsonFile,
  field: JsonField,
  asText = false,
): (string | number | boolean | null)[] {
  const dictionary = file.dictionaries?.find((candidate) => candidate.id === field.dictionary?.id)?.data.columns[0];
  return Array.from({ length: column.count }, (_, row) => {
    if (field.type.name === "null" || column.VALIDITY?.[row] === 0) return null;
    const value = column.DATA![row]!;
    const plain =
      dictionary === undefined
        ? value
        : dictionary.VALIDITY?.[Number(value)] === 0
          ? null
          : dictionary.DATA![Number(value)]!;
    return plain === null ? null : expectValue(plain, field, asText);
  });
}

function expectValue(value: number | string, field: JsonField, asText: boolean): string | number | boolean {
  switch (field.type.name) {
    case "bool":
      return Boolean(value);
    case "utf8":
      return String(value);
    case "date":
      return Number(value) * (field.type.unit === "DAY" ? 86_400_000 : 1);
    case "timestamp":
      return toMilliseconds(BigInt(value), field.type.unit ?? "");
    case "time":
      return toMilliseconds(BigInt(value), field.type.unit ?? "") % 86_400_000;
    case "decimal":
      return asText ? withPoint(String(value), field.type.scale!) : Number(withPoint(String(value), field.type.scale!));
    default:
      return asText ? String(value) : Number(value);
  }
}

/** Milliseconds of a time in units of a second's fraction, nanoseconds cut off. */
function toMilliseconds(value: bigint, unit: string): number {
  const microseconds =
    { SECOND: value * 1_000_000n, MILLISECOND: value * 1000n, MICROSECOND: value }[unit] ?? value / 1000n;
  return Number(microseconds / 1000n) + Number(microseconds % 1000n) / 1000;
}

function withPoint(digits: string, scale: number): string {
  const sign = digits.startsWith("-") ? "-" : "";
  const padded = digits.replace("-", "").padStart(scale + 1, "0");
  return `${sign}${padded.slice(0, -scale)}.${padded.slice(-scale)}`;
}

function spell(column: Column): (string | number | boolean | null)[] {
  if (column.kind === "boolean") return Array.from(column.codes, (code) => (code < 0 ? null : code === 1));
  if (column.kind === "text") return Array.from(column.codes, (code) => (code < 0 ? null : column.dictionary[code]!));
  return Array.from(column.values, (value) => (Number.isNaN(value) ? null : value));
}
