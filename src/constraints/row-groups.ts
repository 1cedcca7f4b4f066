import { type Column, columnLength } from "../table/column.js";

/** Rows by what they have in some columns. */
export interface RowGroups {
  /** [rows], the group of each row; groups count from 0 in order of first appearance. */
  readonly groups: Int32Array;
  /** By group, its first row. */
  readonly firstRows: readonly number[];
}

/** The groups of rows that have the same cells in all the columns; a missing cell is a value like others. */
export function groupRows(columns: readonly Column[]): RowGroups {
  const [first, ...others] = columns.map(denseCodes);
  let joined = first!;
  for (const { groups, firstRows } of others) {
    const before = joined.groups;
    const keys = Float64Array.from(groups, (group, row) => before[row]! * firstRows.length + group);
    joined = numberKeys(keys);
  }
  return joined;
}

function denseCodes(column: Column): RowGroups {
  if (!("codes" in column)) return numberKeys(column.values);
  const known = new Int32Array(column.dictionary.length + 1).fill(-1);
  const groups = new Int32Array(columnLength(column));
  const firstRows: number[] = [];
  for (let row = 0; row < groups.length; row++) {
    const place = column.codes[row]! + 1;
    if (known[place]! < 0) known[place] = firstRows.push(row) - 1;
    groups[row] = known[place]!;
  }
  return { groups, firstRows };
}

/** NaN is one key; so are 0 and -0. */
function numberKeys(keys: Float64Array): RowGroups {
  const known = new Map<number, number>();
  const groups = new Int32Array(keys.length);
  const firstRows: number[] = [];
  for (let row = 0; row < keys.length; row++) {
    let group = known.get(keys[row]!);
    if (group === undefined) {
      group = firstRows.push(row) - 1;
      known.set(keys[row]!, group);
    }
    groups[row] = group;
  }
  return { groups, firstRows };
}
