import type { ColumnOutput } from "../encode/column-output.js";
import { evaluateCondition, evaluateExpression } from "../expressions/evaluate-expression.js";
import { columnsOfTable } from "../expressions/expression-column.js";
import { parseCondition, parseExpression } from "../expressions/parse-expression.js";
import type { Table } from "../table/table.js";
import { gridOf, roundToGrid } from "./grid.js";
import type { Cell } from "./transform.js";

/** A column's name as expressions quote it. */
export function quoteName(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}

/** The value of an expression by row, numbers on `grid`; null where it is missing. A truth is spelled as `output` spells it. */
export function makeFormula(
  expression: string,
  table: Table,
  output: ColumnOutput,
  grid = gridOf(output),
): (row: number) => Cell {
  const values = evaluateExpression(parseExpression(expression, columnsOfTable(table)), table);
  if (values.kind === "texts") {
    const { codes, dictionary } = values;
    return (row) => (codes[row]! < 0 ? null : dictionary[codes[row]!]!);
  }
  const numbers = values.values;
  if (output.kind === "boolean") {
    return (row) => (Number.isNaN(numbers[row]!) ? null : output.spellings[numbers[row] === 1 ? 1 : 0]);
  }
  return (row) => (Number.isNaN(numbers[row]!) ? null : roundToGrid(grid, numbers[row]!));
}

/** 1 for the rows in which a condition is true. [rows] */
export function makeCondition(condition: string, table: Table): Uint8Array {
  return evaluateCondition(parseCondition(condition, columnsOfTable(table)), table);
}
