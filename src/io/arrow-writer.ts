import { tableToIPC } from "apache-arrow";
import type { Table } from "../table/table.js";
import { toArrow } from "./to-arrow.js";

/** The bytes of the table as an Arrow IPC file or stream, uncompressed. */
export function* writeArrow(table: Table, form: "file" | "stream"): Generator<Uint8Array> {
  yield tableToIPC(toArrow(table), form);
}
