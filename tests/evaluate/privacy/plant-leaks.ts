import type { RandomStream } from "../../../src/core/random.js";
import { joinRows } from "../../../src/table/join-rows.js";
import { makeTable, type Table, takeRows } from "../../../src/table/table.js";

/** `share` of the rows from the first table, the rest from the second; as many as the second has. */
export function mixRows(some: Table, others: Table, share: number, random: RandomStream): Table {
  const count = Math.round(share * others.rowCount);
  const chosen = random.permutation(some.rowCount).slice(0, count);
  const rest = random.permutation(others.rowCount).slice(count);
  return joinRows([takeRows(some, chosen), takeRows(others, rest)]);
}

/** The first table's rows with the cells of some columns from rows of the second, drawn at random. */
export function replaceColumns(table: Table, others: Table, names: readonly string[], random: RandomStream): Table {
  const cells = takeRows(others, random.permutation(others.rowCount).slice(0, table.rowCount));
  return makeTable(table.columns.map((column, at) => (names.includes(column.name) ? cells.columns[at]! : column)));
}

/** The rows for which the test holds. */
export function rowsWhere(table: Table, test: (row: number) => boolean): Table {
  return takeRows(
    table,
    Array.from({ length: table.rowCount }, (_, row) => row).filter((row) => test(row)),
  );
}

/** As many rows, drawn with replacement. */
export function bootstrap(table: Table, random: RandomStream): Table {
  return takeRows(
    table,
    Array.from({ length: table.rowCount }, () => random.integer(table.rowCount)),
  );
}
