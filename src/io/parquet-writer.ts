import type { SchemaElement } from "hyparquet";
import { ByteWriter, ParquetWriter } from "hyparquet-writer";
import type { Column } from "../table/column.js";
import { type GroupValues, makeRowGrouper, type RowGroup } from "./row-groups.js";
import { checkStored, type StorageType, storageTypeOf } from "./storage-type.js";
import { toDays, toLongs, toMicroseconds } from "./stored-values.js";
import type { TableEncoder } from "./table-encoder.js";
import { describeWrittenForm } from "./written-form.js";

/** The key of a Parquet file's metadata: the columns' written forms as a JSON array, in the order of the columns. */
export const PARQUET_METADATA_KEY = "synth.columns";

/** Encodes tables as Parquet, compressed by Snappy, in row groups of GROUP_ROWS; every column may be null. */
export function makeParquetEncoder(columns: readonly Column[]): TableEncoder {
  const bytes = new ByteWriter();
  const grouper = makeRowGrouper(columns);
  let types: readonly StorageType[] | undefined;
  let writer: ParquetWriter | undefined;
  const write = (groups: Iterable<RowGroup>): Uint8Array[] => {
    for (const group of groups) {
      types ??= columns.map((column, index) => storageTypeOf(column, group.columns[index]!));
      writer ??= openWriter(bytes, columns, types);
      const columnData = group.columns.map((values, index) => ({
        name: columns[index]!.name,
        data: parquetValues(values, types![index]!, columns[index]!),
      }));
      writer.write({ columnData, rowGroupSize: group.rowCount });
    }
    return drain(bytes);
  };
  return {
    encode: (rows) => write(grouper.add(rows)),
    finish() {
      const last = write(grouper.rest());
      writer?.finish();
      return [...last, ...drain(bytes)];
    },
  };
}

/** What has been written since the last time; offsets count on. */
function drain(writer: ByteWriter): Uint8Array[] {
  const written = writer.getBytes().slice();
  writer.index = 0;
  return written.length === 0 ? [] : [written];
}

function openWriter(writer: ByteWriter, columns: readonly Column[], types: readonly StorageType[]): ParquetWriter {
  const elements = columns.map(({ name }, index) => ({ name, ...elementOf(types[index]!) }));
  return new ParquetWriter({
    writer,
    schema: [{ name: "root", num_children: columns.length }, ...elements],
    kvMetadata: [{ key: PARQUET_METADATA_KEY, value: `[${columns.map(describeWrittenForm).join()}]` }],
    createdBy: "synth",
  });
}

function elementOf(type: StorageType): Omit<SchemaElement, "name"> {
  const repetition_type = "OPTIONAL";
  switch (type.kind) {
    case "integer":
      return { type: "INT64", repetition_type };
    case "decimal":
      return { type: "DOUBLE", repetition_type };
    case "boolean":
      return { type: "BOOLEAN", repetition_type };
    case "text":
      return { type: "BYTE_ARRAY", converted_type: "UTF8", logical_type: { type: "STRING" }, repetition_type };
    case "day":
      return { type: "INT32", converted_type: "DATE", logical_type: { type: "DATE" }, repetition_type };
    case "timestamp": {
      const unit = type.unit === "milliseconds" ? "MILLIS" : "MICROS";
      const logical_type = { type: "TIMESTAMP", isAdjustedToUTC: type.isUtc, unit } as const;
      return { type: "INT64", logical_type, repetition_type };
    }
    default:
      throw type satisfies never;
  }
}

function parquetValues(values: GroupValues, type: StorageType, column: Column): unknown[] {
  if (!(values instanceof Float64Array)) return [...values];
  checkStored(values, type, column);
  const stored = storedValues(values, type);
  return Array.from(values, (value, row) => (Number.isNaN(value) ? null : stored[row]));
}

function storedValues(values: Float64Array, type: StorageType): ArrayLike<number | bigint | boolean> {
  switch (type.kind) {
    case "integer":
      return toLongs(values);
    case "decimal":
    case "text":
      return values;
    case "boolean":
      return Array.from(values, (value) => value === 1);
    case "day":
      return toDays(values);
    case "timestamp":
      return type.unit === "milliseconds" ? toLongs(values) : toMicroseconds(values);
    default:
      throw type satisfies never;
  }
}
