import { type FileHandle, open } from "node:fs/promises";
import {
  type AsyncBuffer,
  type FileMetaData,
  parquetMetadataAsync,
  parquetScan,
  parquetSchema,
  type RowGroup,
  type SchemaElement,
} from "hyparquet";
import { compressors } from "hyparquet-compressors";
import { dataError, fileError, SynthError, throwIfAborted } from "../core/errors.js";
import { makeTable, type Table } from "../table/table.js";
import { checkParquetChunk } from "./check-parquet-chunk.js";
import { isSystemError } from "./file-error.js";
import { makeParquetColumnBuilder, type ParquetColumnBuilder, type PhysicalValue } from "./parquet-column.js";
import { PARQUET_METADATA_KEY } from "./parquet-writer.js";
import type { ReadTableOptions } from "./read-options.js";
import { openSampler, type RowSampler, tellSampling } from "./row-sampler.js";
import { applyWrittenForms } from "./written-form.js";

/**
 * Reads the Parquet files of one table, one after the other, row group by row group: every compression and encoding of
 * hyparquet, columns that are not nested (makeParquetColumnBuilder says which types). All files must have the columns of the
 * first, in names, order and types.
 *
 * Errors: E_DATA_PARQUET_TYPE, E_DATA_PARTS_DIFFER, E_DATA_NO_COLUMNS, E_DATA_NO_ROWS, E_DATA_BLANK_COLUMN, E_DATA_NOT_UTF8,
 * E_DATA_NOT_FINITE, E_DATA_LONG_CELL, E_DATA_DUPLICATE_COLUMN, E_FILE_CORRUPT, E_INTERRUPTED.
 */
export async function readParquet(files: readonly ParquetFile[], options: ReadTableOptions = {}): Promise<Table> {
  const sampler = openSampler(options);
  let first: ParquetParts | undefined;
  for (const [index, { name, bytes }] of files.entries()) {
    const handle = bytes === undefined ? await open(name) : undefined;
    try {
      const buffer = handle === undefined ? bufferOf(bytes!) : await openBuffer(handle);
      const metadata = await openMetadata(buffer);
      const columns = listColumns(metadata);
      first ??= { columns, metadata, builders: columns.map(makeParquetColumnBuilder) };
      checkParts(first.columns, columns, name);
      await readGroups(buffer, metadata, first, sampler, options);
    } catch (cause) {
      throw cause instanceof SynthError || isSystemError(cause) ? cause : notReadable(name, cause);
    } finally {
      await handle?.close();
    }
    options.onProgress?.({ kind: "progress", stage: "read", done: index + 1, total: files.length, unit: "files" });
  }
  if (first === undefined || sampler.rowCount() === 0) {
    throw dataError("E_DATA_NO_ROWS", "the Parquet data has no rows", { hint: "give a file with rows" });
  }
  const order = sampler.order();
  tellSampling(sampler, options);
  const columns = first.builders.map((builder) => builder.finish(order));
  const forms = first.metadata.key_value_metadata?.find(({ key }) => key === PARQUET_METADATA_KEY);
  return makeTable(applyWrittenForms(columns, forms?.value));
}

/** A file by its path, or the bytes of one with a name for messages. */
export interface ParquetFile {
  readonly name: string;
  readonly bytes?: Uint8Array;
}

interface ParquetParts {
  readonly columns: readonly SchemaElement[];
  readonly metadata: FileMetaData;
  readonly builders: readonly ParquetColumnBuilder[];
}

async function openMetadata(buffer: AsyncBuffer): Promise<FileMetaData> {
  const metadata = await parquetMetadataAsync(buffer, { geoparquet: false });
  if (metadata.schema.length === 0) throw new Error("there is no schema");
  return metadata;
}

async function openBuffer(file: FileHandle): Promise<AsyncBuffer> {
  const { size } = await file.stat();
  return {
    byteLength: size,
    async slice(start, end = size) {
      if (!(start >= 0 && end <= size && start <= end)) throw new RangeError("a part of the file is outside of it");
      const bytes = new Uint8Array(end - start);
      const { bytesRead } = await file.read(bytes, 0, bytes.length, start);
      if (bytesRead !== bytes.length) throw new RangeError("the file is cut off");
      return bytes.buffer;
    },
  };
}

function bufferOf(bytes: Uint8Array): AsyncBuffer {
  const whole = new Uint8Array(bytes).buffer; // a copy: a Buffer is often a part of a pool
  return { byteLength: whole.byteLength, slice: (start, end) => whole.slice(start, end) };
}

/** The columns of a file, all of them flat and with names. */
function listColumns(metadata: FileMetaData): readonly SchemaElement[] {
  const { children } = parquetSchema(metadata);
  if (children.length === 0)
    throw dataError("E_DATA_NO_COLUMNS", "the Parquet data has no columns", { hint: "add columns" });
  return children.map(({ element }, index) => {
    if (element.name.trim() !== "") return element;
    throw dataError("E_DATA_BLANK_COLUMN", `column number ${index + 1} has no name`, { hint: "give it a name" });
  });
}

function checkParts(first: readonly SchemaElement[], columns: readonly SchemaElement[], path: string): void {
  const describe = ({ name, type, converted_type, logical_type, scale }: SchemaElement) =>
    JSON.stringify([name, type, converted_type, logical_type, scale]);
  const odd = first.findIndex((element, index) => !columns[index] || describe(element) !== describe(columns[index]));
  if (odd < 0 && first.length === columns.length) return;
  const name = (odd < 0 ? columns[first.length] : first[odd])!.name;
  throw dataError("E_DATA_PARTS_DIFFER", `${path} has other columns than the first file, see column "${name}"`, {
    where: `column "${name}"`,
    hint: "give files whose columns have the same names, order and types",
  });
}

async function readGroups(
  buffer: AsyncBuffer,
  metadata: FileMetaData,
  { columns, builders }: ParquetParts,
  sampler: RowSampler,
  options: ReadTableOptions,
): Promise<void> {
  const scan = await parquetScan({
    file: buffer,
    metadata: withoutLogicalTypes(metadata),
    compressors,
    utf8: false,
    parsers: { timestampFromNanoseconds: (value) => value },
    useOffsetIndex: false,
  });
  let rowStart = 0;
  for (const group of metadata.row_groups) {
    const rowEnd = rowStart + Number(group.num_rows);
    const firstRow = sampler.rowCount() + 1;
    const slots = Array.from({ length: countRows(group, columns.length) }, () => sampler.next());
    for (const [index, { name }] of columns.entries()) {
      throwIfAborted(options.signal);
      await checkChunk(buffer, group, index);
      const values = await scan.readColumn({ column: name, rowStart, rowEnd });
      if (values.length !== slots.length) throw new Error("a column has not as many values as rows");
      slots.forEach((slot, row) => {
        if (slot >= 0) builders[index]!.set(slot, values[row] as PhysicalValue, firstRow + row);
      });
    }
    rowStart = rowEnd;
  }
}

/** Rows of one row group; writers make groups of about a million. */
const MAX_GROUP_ROWS = 2 ** 26;

function countRows(group: RowGroup, columnCount: number): number {
  const rows = Number(group.num_rows);
  if (!(rows >= 0 && rows <= MAX_GROUP_ROWS)) throw new Error("a row group has an impossible number of rows");
  if (group.columns.length !== columnCount) throw new Error("a row group has not as many columns as the schema");
  return rows;
}

async function checkChunk(file: AsyncBuffer, { columns, num_rows }: RowGroup, index: number): Promise<void> {
  const metadata = columns[index]?.meta_data;
  if (metadata === undefined) throw new Error("a column has no metadata");
  const { codec } = metadata;
  if (codec !== "UNCOMPRESSED" && compressors[codec] === undefined) {
    throw fileError("E_FILE_FORMAT", `the compression ${codec} of Parquet is not supported`, {
      hint: "write the file again with Snappy, ZSTD or gzip",
    });
  }
  const start = Number(metadata.dictionary_page_offset || metadata.data_page_offset);
  const chunk = await file.slice(start, start + Number(metadata.total_compressed_size));
  checkParquetChunk(chunk, metadata, Number(num_rows));
}

/** The metadata with physical types only: hyparquet would cut times to milliseconds and decimals to what a double holds. */
function withoutLogicalTypes(metadata: FileMetaData): FileMetaData {
  const schema = metadata.schema.map(({ converted_type: _, logical_type: __, ...element }) => element);
  return { ...metadata, schema };
}

function notReadable(path: string, cause: unknown): SynthError {
  return fileError(
    "E_FILE_CORRUPT",
    `${path} is not a readable Parquet file: it is damaged, cut off or something else`,
    {
      where: path,
      hint: "write or fetch the file again; for delimited text use the extension .csv",
      cause,
    },
  );
}
