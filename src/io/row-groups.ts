import { type Column, isMissing } from "../table/column.js";
import { makeCellFormatter } from "../table/format-cell.js";
import type { Table } from "../table/table.js";
import { isStoredAsText } from "./is-stored-as-text.js";

/** Rows of a row group of Parquet and of a record batch of Arrow. */
export const GROUP_ROWS = 65_536;

/** Consecutive rows of a table, without the dictionaries of the pieces they came in. */
export interface RowGroup {
  readonly rowCount: number;
  /** One a column: numbers, timestamps and booleans (0, 1) with NaN as missing, or what isStoredAsText with null as missing; [rows]. */
  readonly columns: readonly GroupValues[];
}

export type GroupValues = Float64Array | readonly (string | null)[];

export interface RowGrouper {
  /** The groups that are full with these rows. */
  add(rows: Table): Iterable<RowGroup>;
  /** The last group, of fewer rows, where there is one. */
  rest(): Iterable<RowGroup>;
}

/** Cuts a table that comes in pieces into groups of `size` rows, whatever the pieces. */
export function makeRowGrouper(columns: readonly Column[], size = GROUP_ROWS): RowGrouper {
  const makeBuffers = () =>
    columns.map((column) =>
      isStoredAsText(column) ? new Array<string | null>(size).fill(null) : new Float64Array(size),
    );
  let buffers = makeBuffers();
  let filled = 0;
  const take = (): RowGroup => {
    const group = { rowCount: filled, columns: buffers.map((buffer) => buffer.slice(0, filled)) };
    filled = 0;
    return group;
  };
  return {
    *add(rows) {
      for (let from = 0; from < rows.rowCount; ) {
        const count = Math.min(size - filled, rows.rowCount - from);
        rows.columns.forEach((column, index) => {
          copyValues(column, from, count, buffers[index]!, filled);
        });
        from += count;
        filled += count;
        if (filled === size) yield take();
      }
    },
    *rest() {
      if (filled > 0) yield take();
      buffers = [];
    },
  };
}

function copyValues(
  column: Column,
  from: number,
  count: number,
  to: Float64Array | (string | null)[],
  at: number,
): void {
  if (isStoredAsText(column)) {
    const format = makeCellFormatter(column);
    for (let row = 0; row < count; row++) to[at + row] = isMissing(column, from + row) ? null : format(from + row);
  } else if (column.kind === "boolean") {
    for (let row = 0; row < count; row++) {
      const code = column.codes[from + row]!;
      to[at + row] = code < 0 ? Number.NaN : code;
    }
  } else if ("values" in column) (to as Float64Array).set(column.values.subarray(from, from + count), at);
}
