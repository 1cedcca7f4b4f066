import {
  Table as ArrowTable,
  Bool,
  type Data,
  type DataType,
  DateDay,
  Dictionary,
  Field,
  Float64,
  Int32,
  Int64,
  makeData,
  RecordBatch,
  Schema,
  Struct,
  TimestampMicrosecond,
  TimestampMillisecond,
  Utf8,
  vectorFromArray,
} from "apache-arrow";
import {
  type Column,
  columnLength,
  type DateColumn,
  isMissing,
  type NumberColumn,
  type TextColumn,
} from "../table/column.js";
import type { Table } from "../table/table.js";
import { writtenTexts } from "../table/written-texts.js";
import { isStoredAsText } from "./is-stored-as-text.js";
import { storageTypeOf } from "./storage-type.js";
import { toDays, toLongs, toMicroseconds, zeroIfMissing } from "./stored-values.js";
import { ARROW_METADATA_KEY, describeWrittenForm } from "./written-form.js";

/**
 * The table as an Arrow table of one record batch. Numbers become Int32 or Int64 where all are integers written
 * without decimals, else Float64; dates Date32, or timestamps (milliseconds; microseconds where the format shows them);
 * texts, times of day and durations a dictionary of Utf8. Written forms go into the fields' metadata (written-form.ts),
 * so fromArrow gives the same table back.
 */
export function toArrow(table: Table): ArrowTable {
  const children = table.columns.map((column, index) =>
    toArrowData(isStoredAsText(column) ? writtenTexts(column) : column, index),
  );
  const fields = table.columns.map((column, index) => {
    const metadata = new Map([[ARROW_METADATA_KEY, describeWrittenForm(column)]]);
    return new Field(column.name, children[index]!.type, true, metadata);
  });
  const data = makeData({ type: new Struct(fields), length: table.rowCount, nullCount: 0, children });
  const schema = new Schema(fields);
  return new ArrowTable([new RecordBatch(schema, data)]);
}

/** `dictionaryId` is the column's number: apache-arrow would count on through the whole process, and bytes would differ. */
function toArrowData(column: Column, dictionaryId: number): Data {
  const length = columnLength(column);
  const nullBitmap = new Uint8Array(Math.ceil(length / 8));
  let nullCount = 0;
  for (let row = 0; row < length; row++) {
    if (isMissing(column, row)) nullCount++;
    else nullBitmap[row >> 3]! |= 1 << (row & 7);
  }
  const common = { length, nullCount, nullBitmap: nullCount === 0 ? undefined : nullBitmap };
  switch (column.kind) {
    case "number":
      return numberData(column, common);
    case "date":
      return dateData(column, common);
    case "text":
      return textData(column, common, dictionaryId);
    case "boolean": {
      const bits = new Uint8Array(Math.ceil(length / 8));
      column.codes.forEach((code, row) => {
        if (code === 1) bits[row >> 3]! |= 1 << (row & 7);
      });
      return makeData({ type: new Bool(), ...common, data: bits });
    }
    default:
      throw column satisfies never;
  }
}

interface CommonData {
  readonly length: number;
  readonly nullCount: number;
  readonly nullBitmap: Uint8Array | undefined;
}

function numberData(column: NumberColumn, common: CommonData): Data {
  const { values, format } = column;
  const isWhole = format.decimals === 0 && values.every((value) => Number.isNaN(value) || Number.isSafeInteger(value));
  if (!isWhole) return makeData({ type: new Float64(), ...common, data: values });
  const isShort = values.every((value) => Number.isNaN(value) || value === (value | 0));
  if (isShort) return makeData({ type: new Int32(), ...common, data: Int32Array.from(values, zeroIfMissing) });
  return makeData({ type: new Int64(), ...common, data: toLongs(values) });
}

function dateData(column: DateColumn, common: CommonData): Data<DataType> {
  const { values } = column;
  const type = storageTypeOf(column, values);
  if (type.kind !== "timestamp") return makeData({ type: new DateDay(), ...common, data: toDays(values) });
  const zone = type.isUtc ? "UTC" : null;
  return type.unit === "milliseconds"
    ? makeData({ type: new TimestampMillisecond(zone), ...common, data: toLongs(values) })
    : makeData({ type: new TimestampMicrosecond(zone), ...common, data: toMicroseconds(values) });
}

function textData(column: TextColumn, common: CommonData, dictionaryId: number): Data {
  return makeData({
    type: new Dictionary(new Utf8(), new Int32(), dictionaryId),
    ...common,
    data: column.codes.map((code) => Math.max(0, code)),
    dictionary: vectorFromArray([...column.dictionary], new Utf8()),
  });
}
