import type { Column } from "../../table/column.js";
import { isMissing } from "../../table/column.js";
import type { Table } from "../../table/table.js";
import { makeCellReader, makeColumn } from "../cells.js";
import { columnOf } from "../numeric-column.js";
import type { OneHotGroup } from "../transform.js";

/** The name of the column that is set, as one category. */
export function learnOneHotGroup({ columns, learnable }: OneHotGroup, table: Table): Column[] {
  const members = columns.map((name) => columnOf(table, name));
  const codes = Int32Array.from({ length: table.rowCount }, (_, row) =>
    members.findIndex((column) => !isMissing(column, row) && isSet(column, row)),
  );
  return [{ kind: "text", name: learnable, missingText: "", dictionary: columns, codes }];
}

/** The group's columns: one is set in each row that is not missing. */
export function restoreOneHotGroup({ columns, outputs, learnable, rare }: OneHotGroup, table: Table): Column[] {
  const read = makeCellReader(columnOf(table, learnable));
  const others = columns.indexOf(rare);
  const indices = Int32Array.from({ length: table.rowCount }, (_, row) => {
    const name = read(row);
    if (name === null) return -1;
    const index = columns.indexOf(String(name));
    return index < 0 ? others : index;
  });
  return columns.map((name, at) => {
    const output = outputs[at]!;
    const [no, yes] = output.kind === "boolean" ? output.spellings : [0, 1];
    return makeColumn(name, output, table.rowCount, (row) => {
      if (indices[row]! < 0) return null;
      return indices[row] === at ? yes : no;
    });
  });
}

/** True where a 0-1 or boolean column is set. */
export function isSet(column: Column, row: number): boolean {
  return "codes" in column ? column.codes[row] === 1 : column.values[row] === 1;
}
