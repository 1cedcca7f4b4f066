import { isUtf8 } from "node:buffer";
import type { SchemaElement, TimeUnit } from "hyparquet";
import { dataError } from "../core/errors.js";
import type { Column } from "../table/column.js";
import { makeNumberSlots, type NumberSlots } from "./slots.js";
import { makeTextColumnBuilder } from "./text-column-builder.js";
import { toMilliseconds } from "./to-milliseconds.js";
import {
  dateColumn,
  decimalColumn,
  decimalFormat,
  numberColumn,
  shortestDecimal,
  spellDecimal,
  timeColumn,
} from "./typed-columns.js";

/** A value as Parquet stores it, without its logical type; of INT96 the nanoseconds since 1970. */
export type PhysicalValue = number | bigint | boolean | Uint8Array | null | undefined;

export interface ParquetColumnBuilder {
  /** Puts a value into a slot, `row` is the file's row (1 = first), for errors. */
  set(slot: number, value: PhysicalValue, row: number): void;
  /** The slots in the given order; without one, as they stand. */
  finish(order: Uint32Array | undefined): Column;
}

/**
 * Collects a column of a flat schema element: integers, floats and decimals become numbers (64-bit integers and decimals of
 * which one is beyond 2^53 - 1 texts), days, timestamps (INT96 too) and times of day dates to the microsecond,
 * strings, enums, JSON, UUIDs and byte arrays that are UTF-8 texts. NaN is a missing value.
 *
 * Errors: E_DATA_PARQUET_TYPE for nested and other types, E_DATA_NOT_FINITE, E_DATA_NOT_UTF8, E_DATA_LONG_CELL.
 */
export function makeParquetColumnBuilder(element: SchemaElement): ParquetColumnBuilder {
  const { name, type } = element;
  if (element.num_children !== undefined || element.repetition_type === "REPEATED") throw unsupported(name, "nested");
  const logical = logicalTypeOf(element);
  switch (logical) {
    case "NUMBER":
      return type === "INT64" ? makeLongs(name, false) : makeNumbers(name, numberReader(element));
    case "UNSIGNED":
      return type === "INT64" ? makeLongs(name, true) : makeNumbers(name, (value) => Number(value) >>> 0);
    case "FLOAT16":
      return makeNumbers(name, (value) => readHalf(value as Uint8Array));
    case "BOOLEAN":
      return makeBooleans(name);
    case "DECIMAL":
      return makeDecimals(element);
    case "DATE":
      return makeDates(name, "", (value) => Number(value) * 86_400_000);
    case "INT96":
      return makeDates(name, "", (value) => toMilliseconds(value as bigint, "NANOS"));
    case "TIMESTAMP":
      return makeDates(name, isInstant(element) ? "Z" : "", (value) =>
        toMilliseconds(BigInt(value as bigint), unitOf(element)),
      );
    case "TIME":
      return makeSlots(
        (value) => toMilliseconds(BigInt(value as bigint), unitOf(element)),
        (slots, order) => timeColumn(name, slots.take(order)),
      );
    case "STRING":
      return makeTexts(name, makeUtf8Reader(name));
    case "UUID":
      return makeTexts(name, (value) => spellUuid(value as Uint8Array));
    default:
      throw unsupported(name, logical);
  }
}

/** The type that decides how values are read: the logical one, the older converted one, else the physical one. */
function logicalTypeOf({ type, converted_type, logical_type }: SchemaElement): string {
  const logical = logical_type?.type;
  if (logical === "INTEGER") return logical_type!.isSigned ? "NUMBER" : "UNSIGNED";
  if (logical === "ENUM" || logical === "JSON") return "STRING";
  if (logical !== undefined && logical !== "NULL") return logical;
  const converted: string | undefined = converted_type;
  if (converted === "UTF8" || converted === "ENUM" || converted === "JSON") return "STRING";
  if (converted?.startsWith("UINT_")) return "UNSIGNED";
  if (converted?.startsWith("INT_")) return "NUMBER";
  if (converted !== undefined) return converted.split("_")[0]!;
  if (type === "BOOLEAN" || type === "INT96") return type;
  if (type === "BYTE_ARRAY") return "STRING";
  return type === "FIXED_LEN_BYTE_ARRAY" || type === undefined ? "BINARY" : "NUMBER";
}

function unitOf({ logical_type, converted_type }: SchemaElement): TimeUnit {
  if (logical_type !== undefined && "unit" in logical_type) return logical_type.unit;
  return converted_type?.endsWith("MICROS") ? "MICROS" : "MILLIS";
}

/** An instant in UTC, not a local time; of the older types this is not known. */
function isInstant({ logical_type }: SchemaElement): boolean {
  return logical_type?.type === "TIMESTAMP" && logical_type.isAdjustedToUTC;
}

function numberReader({ type }: SchemaElement): (value: PhysicalValue) => number {
  return type === "FLOAT" ? (value) => shortestDecimal(Number(value), 6, Math.fround) : (value) => Number(value);
}

function makeSlots(
  read: (value: PhysicalValue) => number,
  finish: (slots: NumberSlots, order: Uint32Array | undefined) => Column,
): ParquetColumnBuilder {
  const slots = makeNumberSlots();
  return {
    set: (slot, value) => slots.set(slot, value === null || value === undefined ? Number.NaN : read(value)),
    finish: (order) => finish(slots, order),
  };
}

function makeNumbers(name: string, read: (value: PhysicalValue) => number): ParquetColumnBuilder {
  return makeSlots(read, (slots, order) => numberColumn(name, slots.take(order)));
}

function makeBooleans(name: string): ParquetColumnBuilder {
  return makeSlots(Number, (slots, order) => {
    const codes = Int32Array.from(slots.take(order), (value) => (Number.isNaN(value) ? -1 : value));
    return { kind: "boolean", name, missingText: "", codes, dictionary: ["false", "true"] };
  });
}

function makeDates(name: string, zone: "" | "Z", read: (value: PhysicalValue) => number): ParquetColumnBuilder {
  return makeSlots(read, (slots, order) => dateColumn(name, slots.take(order), zone));
}

/** 64-bit integers: numbers, and at the first that a double may not hold, all of them texts as well. */
function makeLongs(name: string, isUnsigned: boolean): ParquetColumnBuilder {
  const high = makeNumberSlots();
  const low = makeNumberSlots(0);
  let isSafe = true;
  return {
    set(slot, value) {
      if (value === null || value === undefined) return high.set(slot, Number.NaN);
      const long = isUnsigned ? BigInt.asUintN(64, value as bigint) : (value as bigint);
      isSafe &&= Number.isSafeInteger(Number(long));
      high.set(slot, Number(long >> 32n));
      low.set(slot, Number(long & 0xffffffffn));
    },
    finish(order) {
      const [highs, lows] = [high.take(order), low.take(order)];
      if (isSafe)
        return numberColumn(
          name,
          highs.map((value, row) => value * 2 ** 32 + (lows[row] ?? 0)),
        );
      const texts = makeTextColumnBuilder(name);
      highs.forEach((value, row) => {
        texts.set(row, Number.isNaN(value) ? null : String((BigInt(value) << 32n) | BigInt(lows[row]!)), row + 1);
      });
      return { kind: "text", missingText: "", ...texts.finish(undefined) };
    },
  };
}

/** Digits that every double holds. */
const SAFE_DIGITS = 15;

function makeDecimals(element: SchemaElement): ParquetColumnBuilder {
  const { name, scale = 0, precision = 0 } = element;
  const spell = (value: PhysicalValue) => spellDecimal(unscaled(value), scale);
  if (precision > SAFE_DIGITS || precision === 0) return makeTexts(name, spell, (texts) => decimalColumn(texts, scale));
  return makeSlots(
    (value) => Number(spell(value)),
    (slots, order) => ({
      kind: "number",
      name,
      missingText: "",
      values: slots.take(order),
      format: decimalFormat(scale),
    }),
  );
}

/** The whole number of a decimal's digits: an integer, or big-endian two's complement. */
function unscaled(value: PhysicalValue): bigint {
  if (!(value instanceof Uint8Array)) return BigInt(value as number | bigint);
  let whole = 0n;
  for (const byte of value) whole = (whole << 8n) | BigInt(byte);
  return BigInt.asIntN(value.length * 8, whole);
}

type TextOnly = Extract<Column, { readonly kind: "text" }>;

function makeTexts(
  name: string,
  read: (value: PhysicalValue) => string,
  finish: (texts: TextOnly) => Column = (texts) => texts,
): ParquetColumnBuilder {
  const texts = makeTextColumnBuilder(name);
  return {
    set: (slot, value, row) => texts.set(slot, value === null || value === undefined ? null : read(value), row),
    finish: (order) => finish({ kind: "text", missingText: "", ...texts.finish(order) }),
  };
}

/** Reads UTF-8; the values of a page's dictionary, which come as the same arrays again, only once. */
function makeUtf8Reader(name: string): (value: PhysicalValue) => string {
  const known = new WeakMap<Uint8Array, string>();
  return (value) => {
    const bytes = value as Uint8Array;
    const before = known.get(bytes);
    if (before !== undefined) return before;
    if (!isUtf8(bytes)) {
      throw dataError("E_DATA_NOT_UTF8", `column "${name}" holds bytes that are not UTF-8`, {
        where: `column "${name}"`,
        hint: "leave the column out, or write its values as texts",
      });
    }
    const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString("utf8");
    known.set(bytes, text);
    return text;
  };
}

function spellUuid(bytes: Uint8Array): string {
  const hex = Buffer.from(bytes).toString("hex");
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join("-");
}

/** IEEE 754 half precision, little-endian. */
function readHalf([low = 0, high = 0]: Uint8Array): number {
  const sign = high & 0x80 ? -1 : 1;
  const exponent = (high >> 2) & 31;
  const fraction = (((high & 3) << 8) | low) / 1024;
  if (exponent === 31) return fraction === 0 ? sign * Number.POSITIVE_INFINITY : Number.NaN;
  const value = exponent === 0 ? fraction * 2 ** -14 : (1 + fraction) * 2 ** (exponent - 15);
  return shortestDecimal(sign * value, 4, Math.fround);
}

function unsupported(name: string, what: string): Error {
  return dataError(
    "E_DATA_PARQUET_TYPE",
    `column "${name}" is ${what === "nested" ? "nested" : `of the type ${what}`}`,
    {
      where: `column "${name}"`,
      hint: "leave the column out, or turn it into columns of numbers, texts or dates",
    },
  );
}
