import type { Column } from "./column.js";
import type { Table } from "./table.js";

/** The table with its values in shared memory, so that sending it to a thread copies none of them. */
export function shareTable(table: Table): Table {
  return { rowCount: table.rowCount, columns: table.columns.map(shareColumn) };
}

function shareColumn(column: Column): Column {
  if ("codes" in column) {
    const codes = new Int32Array(new SharedArrayBuffer(column.codes.byteLength));
    codes.set(column.codes);
    return { ...column, codes };
  }
  const values = new Float64Array(new SharedArrayBuffer(column.values.byteLength));
  values.set(column.values);
  return { ...column, values };
}
