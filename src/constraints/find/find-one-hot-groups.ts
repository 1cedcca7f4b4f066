import type { ConstraintOf } from "../../schema/constraint-schema.js";
import { isMissing } from "../../table/column.js";
import { isSet } from "../transforms/one-hot-group.js";
import type { SearchColumn, SearchTable } from "./search-table.js";

/** Rows in which each column of a group must be set. */
const MIN_SET = 5;

/** Groups of columns of 0 and 1, in the table's order, of which exactly one is set in every row. */
export function findOneHotGroups({ columns, rowCount }: SearchTable): ConstraintOf<"oneHot">[] {
  const open = columns.filter(isIndicator);
  const groups: ConstraintOf<"oneHot">[] = [];
  for (let first = 0; first < open.length; first++) {
    const group = growGroup(open.slice(first), rowCount);
    if (group === undefined) continue;
    groups.push({ kind: "oneHot", columns: group.map(({ name }) => name) });
    open.splice(0, open.length, ...open.filter((column) => !group.includes(column)));
    first--;
  }
  return groups;
}

function isIndicator({ column, counts, present }: SearchColumn): boolean {
  const isBinary = column.kind === "boolean" || (column.kind === "number" && column.values.every(isBit));
  return isBinary && counts.length === 2 && present === counts[0]! + counts[1]! && Math.min(...counts) >= MIN_SET;
}

function isBit(value: number): boolean {
  return Number.isNaN(value) || value === 0 || value === 1;
}

/** The first column and those after it that are never set together, until every row has one. */
function growGroup(columns: readonly SearchColumn[], rowCount: number): SearchColumn[] | undefined {
  const isTaken = new Uint8Array(rowCount);
  const group: SearchColumn[] = [];
  let taken = 0;
  for (const column of columns) {
    const rows = setRows(column);
    if (rows === undefined || rows.some((row) => isTaken[row] === 1)) continue;
    for (const row of rows) isTaken[row] = 1;
    group.push(column);
    taken += rows.length;
    if (taken === rowCount) return group.length >= 2 ? group : undefined;
  }
  return undefined;
}

/** The rows in which the column is set, undefined where one is missing. */
function setRows({ column, codes }: SearchColumn): number[] | undefined {
  const rows: number[] = [];
  for (let row = 0; row < codes.length; row++) {
    if (isMissing(column, row)) return undefined;
    if (isSet(column, row)) rows.push(row);
  }
  return rows;
}
