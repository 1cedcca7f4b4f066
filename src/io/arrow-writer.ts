import {
  AsyncByteQueue,
  Bool,
  type Data,
  DateDay,
  Field,
  Float64,
  Int64,
  makeData,
  RecordBatch,
  RecordBatchFileWriter,
  RecordBatchStreamWriter,
  Schema,
  Struct,
  TimestampMicrosecond,
  TimestampMillisecond,
  Utf8,
} from "apache-arrow";
import type { Column } from "../table/column.js";
import { type GroupValues, makeRowGrouper, type RowGroup } from "./row-groups.js";
import { checkStored, type StorageType, storageTypeOf } from "./storage-type.js";
import { toDays, toLongs, toMicroseconds, zeroIfMissing } from "./stored-values.js";
import type { TableEncoder } from "./table-encoder.js";
import { ARROW_METADATA_KEY, describeWrittenForm } from "./written-form.js";

/**
 * Encodes tables as an Arrow IPC file or stream, uncompressed, in record batches of GROUP_ROWS. Texts are plain Utf8: a file's
 * dictionaries cannot be replaced and would grow with the rows. Written forms go into the fields' metadata.
 */
export function makeArrowEncoder(columns: readonly Column[], form: "file" | "stream"): TableEncoder {
  const chunks: Uint8Array[] = [];
  const queue = Object.assign(new AsyncByteQueue(), { write: (chunk: Uint8Array) => void chunks.push(chunk) });
  const writer = form === "file" ? new RecordBatchFileWriter() : new RecordBatchStreamWriter();
  const grouper = makeRowGrouper(columns);
  let types: readonly StorageType[] | undefined;
  let schema = new Schema([]);
  const write = (groups: Iterable<RowGroup>): Uint8Array[] => {
    for (const group of groups) {
      types ??= columns.map((column, index) => storageTypeOf(column, group.columns[index]!));
      const children = group.columns.map((values, index) => arrowData(values, types![index]!, columns[index]!));
      if (schema.fields.length === 0) {
        schema = new Schema(columns.map((column, index) => fieldOf(column, children[index]!)));
        writer.reset(queue as unknown as AsyncByteQueue, schema);
      }
      const data = makeData({ type: new Struct(schema.fields), length: group.rowCount, nullCount: 0, children });
      writer.write(new RecordBatch(schema, data));
    }
    return chunks.splice(0);
  };
  return {
    encode: (rows) => write(grouper.add(rows)),
    finish() {
      const last = write(grouper.rest());
      writer.finish();
      return [...last, ...chunks.splice(0)];
    },
  };
}

function fieldOf(column: Column, data: Data): Field {
  return new Field(column.name, data.type, true, new Map([[ARROW_METADATA_KEY, describeWrittenForm(column)]]));
}

function arrowData(values: GroupValues, type: StorageType, column: Column): Data {
  if (!(values instanceof Float64Array)) return textData(values);
  checkStored(values, type, column);
  const common = { length: values.length, ...nullsOf(values.length, (row) => Number.isNaN(values[row]!)) };
  switch (type.kind) {
    case "integer":
      return makeData({ type: new Int64(), ...common, data: toLongs(values) });
    case "decimal":
      return makeData({ type: new Float64(), ...common, data: values.map(zeroIfMissing) });
    case "boolean":
      return makeData({ type: new Bool(), ...common, data: packBits(values.length, (row) => values[row] === 1) });
    case "day":
      return makeData({ type: new DateDay(), ...common, data: toDays(values) });
    case "timestamp": {
      const zone = type.isUtc ? "UTC" : null;
      return type.unit === "microseconds"
        ? makeData({ type: new TimestampMicrosecond(zone), ...common, data: toMicroseconds(values) })
        : makeData({ type: new TimestampMillisecond(zone), ...common, data: toLongs(values) });
    }
    case "text":
      return textData([]);
    default:
      throw type satisfies never;
  }
}

function textData(texts: readonly (string | null)[]): Data<Utf8> {
  const valueOffsets = new Int32Array(texts.length + 1);
  for (let row = 0; row < texts.length; row++) {
    valueOffsets[row + 1] = valueOffsets[row]! + Buffer.byteLength(texts[row] ?? "");
  }
  const data = Buffer.alloc(valueOffsets[texts.length]!);
  for (let row = 0; row < texts.length; row++) data.write(texts[row] ?? "", valueOffsets[row]!);
  const common = { length: texts.length, ...nullsOf(texts.length, (row) => texts[row] === null) };
  return makeData({ type: new Utf8(), ...common, valueOffsets, data: new Uint8Array(data.buffer, 0, data.length) });
}

function nullsOf(length: number, isNull: (row: number) => boolean) {
  let nullCount = 0;
  const nullBitmap = packBits(length, (row) => {
    if (!isNull(row)) return true;
    nullCount++;
    return false;
  });
  return { nullCount, nullBitmap: nullCount === 0 ? undefined : nullBitmap };
}

function packBits(length: number, isSet: (row: number) => boolean): Uint8Array {
  const bits = new Uint8Array(Math.ceil(length / 8));
  for (let row = 0; row < length; row++) if (isSet(row)) bits[row >> 3]! |= 1 << (row & 7);
  return bits;
}
