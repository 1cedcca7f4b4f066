import type { ColumnMetaData, PageHeader } from "hyparquet";
import { parquetHeader } from "hyparquet/src/column.js";

/** Rows of one page; a page of nothing but nulls takes no bytes, whatever it claims. */
const MAX_PAGE_VALUES = 2 ** 24;

/** Bytes of one page, uncompressed. */
const MAX_PAGE_BYTES = 2 ** 30;

/** Bytes that a compressed byte may stand for in a page of more than 64 MiB. */
const MAX_RATIO = 2000;

/**
 * Checks the page headers of a flat column's chunk before hyparquet reads it: that reader trusts their counts and sizes, and
 * one damaged byte makes it allocate or loop for minutes. The pages together must hold `rowCount` values. Throws an Error of
 * plain words, or a RangeError of a read past the end.
 *
 * Format: https://github.com/apache/parquet-format/blob/master/src/main/thrift/parquet.thrift
 */
export function checkParquetChunk(chunk: ArrayBuffer, metadata: ColumnMetaData, rowCount: number): void {
  const reader = { view: new DataView(chunk), offset: 0 };
  let values = 0;
  while (values < rowCount) {
    const header = parquetHeader(reader);
    const size = header.compressed_page_size;
    checkSize(size, chunk.byteLength - reader.offset, "a page is cut off");
    checkSize(header.uncompressed_page_size, MAX_PAGE_BYTES, "a page is too large");
    const isCompressed = metadata.codec !== "UNCOMPRESSED";
    const limit = isCompressed ? Math.max(2 ** 26, size * MAX_RATIO) : size;
    checkSize(header.uncompressed_page_size, limit, "a page is larger than its bytes can be");
    const page = header.data_page_header ?? header.data_page_header_v2;
    const count = page?.num_values ?? header.dictionary_page_header?.num_values ?? 0;
    checkSize(count, MAX_PAGE_VALUES, "a page has too many values");
    if (page !== undefined) values += count;
    if (header.data_page_header_v2 !== undefined)
      checkLevels(new Uint8Array(chunk, reader.offset, size), header.data_page_header_v2);
    reader.offset += size;
  }
  if (values !== rowCount) throw new Error("a column has not as many values as rows");
}

function checkSize(size: number, limit: number, message: string): void {
  if (!(Number.isInteger(size) && size >= 0 && size <= limit)) throw new Error(message);
}

/** Checks the definition levels (one bit each) of a page of version 2, which are not compressed: their runs must fill the page. */
function checkLevels(page: Uint8Array, header: NonNullable<PageHeader["data_page_header_v2"]>): void {
  const { num_values, num_nulls, definition_levels_byte_length: length, repetition_levels_byte_length } = header;
  if (repetition_levels_byte_length !== 0) throw new Error("a flat column has repetition levels");
  checkSize(num_nulls, num_values, "a page has more nulls than values");
  checkSize(length, page.length, "levels are cut off");
  let at = 0;
  let seen = 0;
  while (at < length && seen < num_values) {
    let run = 0;
    let shift = 0;
    for (; at < length && page[at]! >= 0x80; shift += 7) run += (page[at++]! & 0x7f) * 2 ** shift;
    run += (page[at++] ?? 0) * 2 ** shift;
    const isPacked = run % 2 === 1;
    const count = isPacked ? ((run - 1) / 2) * 8 : run / 2;
    at += isPacked ? count / 8 : 1;
    seen += count;
    checkSize(seen, num_values + 7, "a page has more levels than values");
  }
  if (length > 0 && seen < num_values) throw new Error("a page has fewer levels than values");
}
