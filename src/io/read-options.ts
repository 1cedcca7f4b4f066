import type { OnProgress } from "../core/progress.js";

export interface ReadTableOptions {
  /** The file's format (TABLE_FORMATS); default: by the extension, CSV for a stream. */
  readonly format?: string | undefined;
  /** The stream that the path "-" stands for. */
  readonly input?: AsyncIterable<Uint8Array | string> | undefined;
  readonly onProgress?: OnProgress | undefined;
  readonly signal?: AbortSignal | undefined;
  /** The spellings of a missing value in text formats, in place of the built-in ones; a blank cell is always missing. */
  readonly missing?: readonly string[] | undefined;
  /** Whether the first line of delimited text names the columns; without names they are column_1, column_2, ... Default true. */
  readonly header?: boolean | undefined;
  /** Of a table of more rows a uniform sample of this many is kept, in the file's order, and said. Default: all rows. */
  readonly maxRows?: number | undefined;
  /** The seed of that sample, default 1. */
  readonly seed?: number | undefined;
  /**
   * Every column as its cells are written, where the format is text: no column's kind then depends on single cells. Default: kinds are
   * found.
   */
  readonly asText?: boolean | undefined;
}
