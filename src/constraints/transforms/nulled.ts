import { type Column, columnLength, isMissing, takeColumn } from "../../table/column.js";
import type { Table } from "../../table/table.js";
import { replaceCells } from "../cells.js";
import { makeCondition } from "../formula.js";
import { columnOf } from "../numeric-column.js";
import type { Nulled } from "../transform.js";

/** 1 where the condition explains that the column is missing. [rows] */
export function explainedRows({ when }: Nulled, table: Table): Uint8Array {
  return makeCondition(when, table);
}

/**
 * What is learned in place of a column: missing cells that are explained (or, `all` of them) hold the values of the rows that
 * have one, in turn. That keeps the distribution of the column, and its relations to others where the condition is not true.
 */
export function fillExplained(column: Column, isExplained: Uint8Array, all: boolean): Column {
  const donors: number[] = [];
  for (let row = 0; row < columnLength(column); row++) if (!isMissing(column, row)) donors.push(row);
  if (donors.length === 0) return column;
  let turn = 0;
  const sources = Uint32Array.from(isExplained, (explained, row) => {
    const isFilled = isMissing(column, row) && (all || explained === 1);
    return isFilled ? donors[turn++ % donors.length]! : row;
  });
  return takeColumn(column, sources);
}

/** The column, missing where the condition is true and, if `exactly`, nowhere else. */
export function restoreNulled(transform: Nulled, table: Table): Column {
  const { exactly, output, replacement } = transform;
  const column = columnOf(table, transform.column);
  const isExplained = makeCondition(transform.when, table);
  const isReplaced = (row: number): boolean => isExplained[row] === 1 || (exactly && isMissing(column, row));
  return replaceCells(column, output, isReplaced, (row) => (isExplained[row] === 1 ? null : replacement));
}
