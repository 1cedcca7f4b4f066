import { type Data, DataType } from "apache-arrow";
import { fileError } from "../core/errors.js";

/**
 * Holds a chunk of a column against its buffers before anything is allocated for it: lengths, null bitmap, offsets and
 * dictionary indices of a damaged file may say anything. Throws E_FILE_CORRUPT naming the column.
 */
export function checkArrowData(data: Data, column: string): void {
  const { length, type } = data;
  if (!Number.isSafeInteger(length) || length < 0) throw corrupt(column, "its length is wrong");
  if (data.nullCount < 0 || data.nullCount > length) throw corrupt(column, "its count of nulls is wrong");
  if (DataType.isNull(type)) return;
  const bits = data.offset + length;
  if (data.nullCount > 0 && data.nullBitmap.length * 8 < bits) throw corrupt(column, "its null bitmap is too short");
  if (DataType.isUtf8View(type)) return;
  if (DataType.isUtf8(type) || DataType.isLargeUtf8(type)) {
    checkOffsets(data, column);
    return;
  }
  const held = DataType.isBool(type) ? data.values.length * 8 - data.offset : data.values.length / data.stride;
  if (held < length) throw corrupt(column, "its values are cut off");
  if (DataType.isDictionary(type)) checkIndices(data, column);
}

/** The error of an Arrow file that contradicts itself, E_FILE_CORRUPT. */
export function corrupt(column: string, what: string): Error {
  return fileError("E_FILE_CORRUPT", `the Arrow data is damaged: column "${column}": ${what}`, {
    where: `column "${column}"`,
    hint: "write or fetch the file again",
  });
}

function checkOffsets(data: Data, column: string): void {
  const offsets = data.valueOffsets as Int32Array | BigInt64Array;
  if (data.length === 0) return;
  if (offsets.length < data.length + 1) throw corrupt(column, "its offsets are cut off");
  let before = Number(offsets[0]);
  for (let index = 1; index <= data.length; index++) {
    const offset = Number(offsets[index]);
    if (before < 0 || offset < before) throw corrupt(column, "its offsets are out of order");
    before = offset;
  }
  if (before > data.values.length) throw corrupt(column, "its texts are cut off");
}

function checkIndices(data: Data, column: string): void {
  const dictionary = data.dictionary;
  if (dictionary === undefined) {
    if (data.length === data.nullCount) return;
    throw corrupt(column, "its dictionary is missing");
  }
  for (const chunk of dictionary.data) checkArrowData(chunk, column);
  const indices = data.values as Int32Array | BigInt64Array;
  for (let index = 0; index < data.length; index++) {
    if (!data.getValid(index)) continue;
    const level = Number(indices[index]);
    if (level < 0 || level >= dictionary.length) throw corrupt(column, "an index is outside its dictionary");
  }
}
