import { isUtf8 } from "node:buffer";
import { type Data, DataType, TimeUnit, Vector } from "apache-arrow";
import { dataError } from "../core/errors.js";
import type { Column, NumberColumn, TextColumn } from "../table/column.js";
import { type StoredTimeUnit, toMilliseconds } from "./to-milliseconds.js";
import { dateColumn, decimalColumn, numberColumn, shortestDecimal, spellDecimal, timeColumn } from "./typed-columns.js";

/**
 * A column from the chunks of an Arrow column, checked before (checkArrowData).
 *
 * Integers and floats become numbers (64-bit integers beyond 2^53 - 1, and decimals with such an integer part: texts),
 * dates, timestamps and times of day dates (to the microsecond), dictionaries what they hold.
 * NaN is a missing value. Errors: E_DATA_ARROW_TYPE for nested, binary and other types, E_DATA_NOT_FINITE,
 * E_DATA_NOT_UTF8; each names the column.
 */
export function columnFromArrow(name: string, type: DataType, chunks: readonly Data[]): Column {
  if (DataType.isNull(type)) return readTexts(name, chunks, () => () => "");
  if (DataType.isBool(type)) return readBooleans(name, chunks);
  if (DataType.isInt(type)) return type.bitWidth === 64 ? readLongs(name, chunks) : readFloats(name, chunks);
  if (DataType.isFloat(type)) return readFloats(name, chunks);
  if (DataType.isDecimal(type)) return readDecimals(name, chunks, type.scale, type.bitWidth / 32);
  if (DataType.isUtf8(type) || DataType.isLargeUtf8(type) || DataType.isUtf8View(type))
    return readStrings(name, chunks);
  if (DataType.isDate(type)) return readDates(name, chunks, type.unit === 0 ? 86_400_000 : 1, "");
  if (DataType.isTimestamp(type)) return readTimestamps(name, chunks, type.unit, type.timezone ? "Z" : "");
  if (DataType.isTime(type)) return readTimes(name, chunks, type.unit);
  if (DataType.isDictionary(type)) return readDictionary(name, type.dictionary as DataType, chunks);
  throw unsupportedArrowType(name, type);
}

/** The error of an Arrow type that a table cannot hold, E_DATA_ARROW_TYPE. */
export function unsupportedArrowType(name: string, type: DataType): Error {
  const what = type.children?.length > 0 ? "nested" : "not a number, text, boolean or date";
  return dataError("E_DATA_ARROW_TYPE", `column "${name}" has the Arrow type ${type}, which is ${what}`, {
    where: `column "${name}"`,
    hint: "leave the column out, or turn it into columns of numbers, texts or dates",
  });
}

/** True for the types that columnFromArrow reads. */
export function isSupportedArrowType(type: DataType): boolean {
  if (DataType.isDictionary(type)) return isSupportedArrowType(type.dictionary as DataType);
  return [
    DataType.isNull,
    DataType.isBool,
    DataType.isInt,
    DataType.isFloat,
    DataType.isDecimal,
    DataType.isUtf8,
    DataType.isLargeUtf8,
    DataType.isUtf8View,
    DataType.isDate,
    DataType.isTimestamp,
    DataType.isTime,
  ].some((isType) => isType(type));
}

function rowCountOf(chunks: readonly Data[]): number {
  return chunks.reduce((sum, chunk) => sum + chunk.length, 0);
}

/** Collects numbers; a null is NaN. */
function readValues(chunks: readonly Data[], reader: (chunk: Data) => (index: number) => number): Float64Array {
  const values = new Float64Array(rowCountOf(chunks)).fill(Number.NaN);
  let row = 0;
  for (const chunk of chunks) {
    const read = reader(chunk);
    for (let index = 0; index < chunk.length; index++, row++) if (chunk.getValid(index)) values[row] = read(index);
  }
  return values;
}

/** Collects texts, dictionary-coded in order of first appearance; a null (or one in a dictionary) is -1. */
function readTexts(
  name: string,
  chunks: readonly Data[],
  reader: (chunk: Data) => (index: number) => string | null,
): TextColumn {
  const codes = new Int32Array(rowCountOf(chunks)).fill(-1);
  const lookup = new Map<string, number>();
  let row = 0;
  for (const chunk of chunks) {
    const read = reader(chunk);
    for (let index = 0; index < chunk.length; index++, row++) {
      if (DataType.isNull(chunk.type) || !chunk.getValid(index)) continue;
      const text = read(index);
      if (text === null) continue;
      const code = lookup.get(text) ?? lookup.size;
      if (code === lookup.size) lookup.set(text, code);
      codes[row] = code;
    }
  }
  return { kind: "text", name, missingText: "", codes, dictionary: [...lookup.keys()] };
}

function readBooleans(name: string, chunks: readonly Data[]): Column {
  const values = readValues(chunks, (chunk) => {
    const vector = new Vector([chunk]);
    return (index) => (vector.get(index) === true ? 1 : 0);
  });
  const codes = Int32Array.from(values, (value) => (Number.isNaN(value) ? -1 : value));
  return { kind: "boolean", name, missingText: "", codes, dictionary: ["false", "true"] };
}

function readFloats(name: string, chunks: readonly Data[]): NumberColumn {
  const values = readValues(chunks, (chunk) => {
    if (chunk.values instanceof Uint16Array && DataType.isFloat(chunk.type)) {
      const vector = new Vector([chunk]);
      return (index) => shortestDecimal(vector.get(index) as number, 4, (value) => Math.fround(value));
    }
    const numbers = chunk.values as Float64Array;
    if (!(chunk.values instanceof Float32Array)) return (index) => numbers[index]!;
    return (index) => shortestDecimal(numbers[index]!, 6, Math.fround);
  });
  return numberColumn(name, values);
}

function readLongs(name: string, chunks: readonly Data[]): Column {
  const values = readValues(chunks, (chunk) => {
    const longs = chunk.values as BigInt64Array;
    return (index) => Number(longs[index]);
  });
  if (values.every((value) => Number.isNaN(value) || Number.isSafeInteger(value))) return numberColumn(name, values);
  return readTexts(name, chunks, (chunk) => {
    const longs = chunk.values as BigInt64Array;
    return (index) => String(longs[index]);
  });
}

function readDecimals(name: string, chunks: readonly Data[], scale: number, wordCount: number): Column {
  const spell = (chunk: Data) => {
    const words = chunk.values as Uint32Array;
    return (index: number) => spellWords(words.subarray(index * wordCount, (index + 1) * wordCount), scale);
  };
  const texts = readTexts(name, chunks, spell);
  return decimalColumn(texts, scale);
}

/** A decimal of 32-bit words (two's complement, lowest first) and its scale, written out. */
function spellWords(words: Uint32Array, scale: number): string {
  let whole = 0n;
  for (let word = words.length - 1; word >= 0; word--) whole = (whole << 32n) | BigInt(words[word]!);
  return spellDecimal(BigInt.asIntN(words.length * 32, whole), scale);
}

function readStrings(name: string, chunks: readonly Data[]): TextColumn {
  return readTexts(name, chunks, (chunk) => {
    if (chunk.valueOffsets !== undefined && !isUtf8(chunk.values as Uint8Array)) {
      throw dataError("E_DATA_NOT_UTF8", `column "${name}" holds bytes that are not UTF-8`, {
        where: `column "${name}"`,
        hint: "write the file again with texts in UTF-8",
      });
    }
    const vector = new Vector([chunk]);
    return (index) => vector.get(index) as string;
  });
}

function readDates(name: string, chunks: readonly Data[], factor: number, zone: "" | "Z"): Column {
  const values = readValues(chunks, (chunk) => {
    const times = chunk.values as Int32Array | BigInt64Array;
    return (index) => Number(times[index]) * factor;
  });
  return dateColumn(name, values, zone);
}

function readTimestamps(name: string, chunks: readonly Data[], unit: TimeUnit, zone: "" | "Z"): Column {
  const values = readValues(chunks, (chunk) => {
    const times = chunk.values as BigInt64Array;
    return (index) => toMilliseconds(times[index]!, STORED_UNITS[unit]);
  });
  return dateColumn(name, values, zone);
}

function readTimes(name: string, chunks: readonly Data[], unit: TimeUnit): Column {
  const values = readValues(chunks, (chunk) => {
    const times = chunk.values as Int32Array | BigInt64Array;
    return (index) => toMilliseconds(BigInt(times[index]!), STORED_UNITS[unit]);
  });
  return timeColumn(name, values);
}

const STORED_UNITS: Readonly<Record<TimeUnit, StoredTimeUnit>> = {
  [TimeUnit.SECOND]: "SECONDS",
  [TimeUnit.MILLISECOND]: "MILLIS",
  [TimeUnit.MICROSECOND]: "MICROS",
  [TimeUnit.NANOSECOND]: "NANOS",
};

function readDictionary(name: string, type: DataType, chunks: readonly Data[]): Column {
  if (DataType.isUtf8(type) || DataType.isLargeUtf8(type) || DataType.isUtf8View(type)) {
    for (const chunk of chunks) if (chunk.dictionary !== undefined) readStrings(name, chunk.dictionary.data);
    return readTexts(name, chunks, (chunk) => {
      const vector = new Vector([chunk]);
      return (index) => vector.get(index) as string | null;
    });
  }
  const levels = columnFromArrow(name, type, chunks[0]?.dictionary?.data ?? []);
  if (!("values" in levels)) throw unsupportedArrowType(name, type);
  const values = readValues(chunks, (chunk) => {
    const own = columnFromArrow(name, type, chunk.dictionary?.data ?? []);
    const indices = chunk.values as Int32Array;
    return (index) => ("values" in own ? own.values[Number(indices[index])]! : Number.NaN);
  });
  return levels.kind === "number" ? numberColumn(name, values) : { ...levels, values };
}
