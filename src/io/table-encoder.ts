import type { Table } from "../table/table.js";

/**
 * Turns the rows of one table, given in pieces, into the bytes of a file. The bytes do not depend on where the pieces were
 * cut. Texts stand for their UTF-8.
 */
export interface TableEncoder {
  encode(rows: Table): Iterable<Uint8Array | string>;
  /** The end of the file; once. */
  finish(): Iterable<Uint8Array | string>;
}
