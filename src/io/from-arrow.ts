import { type Table as ArrowTable, type Data, DataType, type Field, type RecordBatch, type Schema } from "apache-arrow";
import { dataError, fileError } from "../core/errors.js";
import type { Column } from "../table/column.js";
import { makeTable, type Table } from "../table/table.js";
import { columnFromArrow, isSupportedArrowType, unsupportedArrowType } from "./arrow-column.js";
import { checkArrowData, corrupt } from "./check-arrow-data.js";
import { ARROW_METADATA_KEY, applyWrittenForm } from "./written-form.js";

/** Rows of a table whose columns are all of Arrow's null type, which take no memory in a file. */
const MAX_NULL_ROWS = 2 ** 24;

/**
 * The table of an Arrow table of apache-arrow, see columnFromArrow for types. Throws its errors, E_DATA_NO_COLUMNS,
 * E_DATA_NO_ROWS, E_DATA_BLANK_COLUMN, E_DATA_DUPLICATE_COLUMN and E_FILE_CORRUPT.
 */
export function fromArrow(table: ArrowTable): Table {
  return fromArrowBatches(table.schema, table.batches);
}

/** The table of record batches that share a schema. */
export function fromArrowBatches(schema: Schema, batches: readonly RecordBatch[]): Table {
  const { fields } = schema;
  if (fields.length === 0)
    throw dataError("E_DATA_NO_COLUMNS", "the Arrow data has no columns", { hint: "add columns" });
  const rowCount = batches.reduce((sum, batch) => sum + batch.numRows, 0);
  if (rowCount === 0)
    throw dataError("E_DATA_NO_ROWS", "the Arrow data has no rows", { hint: "give a file with rows" });
  if (fields.every((field) => DataType.isNull(field.type)) && rowCount > MAX_NULL_ROWS) {
    throw fileError("E_FILE_CORRUPT", "the Arrow data has rows but no values", { hint: "fetch the file again" });
  }
  checkFields(fields);
  const chunks = fields.map((field, column) => batches.map((batch) => chunkOf(batch, field, column)));
  return makeTable(fields.map((field, column) => readField(field, chunks[column]!)));
}

function checkFields(fields: readonly Field[]): void {
  fields.forEach((field, index) => {
    if (typeof field.name !== "string" || field.name.trim() === "") {
      throw dataError("E_DATA_BLANK_COLUMN", `column number ${index + 1} has no name`, { hint: "give it a name" });
    }
    if (!isSupportedArrowType(field.type)) throw unsupportedArrowType(field.name, field.type);
  });
}

function chunkOf(batch: RecordBatch, field: Field, column: number): Data {
  const chunk = batch.data.children[column];
  if (chunk === undefined || chunk.length !== batch.numRows) throw corrupt(field.name, "it has too few rows");
  checkArrowData(chunk, field.name);
  return chunk;
}

function readField(field: Field, chunks: readonly Data[]): Column {
  const column = columnFromArrow(field.name, field.type, chunks);
  return applyWrittenForm(column, field.metadata.get(ARROW_METADATA_KEY));
}
