import { type ColumnOutput, makeNumericColumn } from "../encode/column-output.js";
import { type Column, columnLength, isMissing } from "../table/column.js";
import type { Cell } from "./transform.js";

/** A column's cell by row (0 = first). */
export function makeCellReader(column: Column): (row: number) => Cell {
  if ("codes" in column) {
    const { codes, dictionary } = column;
    return (row) => (codes[row]! < 0 ? null : dictionary[codes[row]!]!);
  }
  const { values } = column;
  return (row) => (Number.isNaN(values[row]!) ? null : values[row]!);
}

/** A text that rows share just where they have the same cells. */
export function keyOfCells(cells: readonly Cell[]): string {
  if (cells.length === 1) return keyOfCell(cells[0]!);
  return cells.map((cell) => `${keyOfCell(cell)}\u0001`).join("");
}

function keyOfCell(cell: Cell): string {
  return cell === null ? "\u0000" : String(cell);
}

/** True by row where one of the columns is missing. */
export function makeMissingReader(columns: readonly Column[]): (row: number) => boolean {
  return (row) => columns.some((column) => isMissing(column, row));
}

/** A column of cells, in the form of `output`. */
export function makeColumn(name: string, output: ColumnOutput, rowCount: number, read: (row: number) => Cell): Column {
  if (output.kind === "number" || output.kind === "date") {
    const values = Float64Array.from({ length: rowCount }, (_, row) => {
      const cell = read(row);
      return cell === null ? Number.NaN : Number(cell);
    });
    return makeNumericColumn(name, output, values);
  }
  const { missingText } = output;
  if (output.kind === "boolean") {
    const dictionary = [output.spellings[0], output.spellings[1]] as const;
    const codes = Int32Array.from({ length: rowCount }, (_, row) => dictionary.indexOf(String(read(row) ?? "\u0000")));
    return { kind: "boolean", name, missingText, dictionary, codes };
  }
  return { kind: "text", name, missingText, ...codeTexts(rowCount, read) };
}

function codeTexts(rowCount: number, read: (row: number) => Cell) {
  const known = new Map<Cell, number>();
  const codes = Int32Array.from({ length: rowCount }, (_, row) => {
    const cell = read(row);
    if (cell === null) return -1;
    const code = known.get(cell) ?? known.size;
    known.set(cell, code);
    return code;
  });
  return { codes, dictionary: Array.from(known.keys(), String) };
}

/** The column with the cells of `read` where `isReplaced`. */
export function replaceCells(
  column: Column,
  output: ColumnOutput,
  isReplaced: (row: number) => boolean,
  read: (row: number) => Cell,
): Column {
  const own = makeCellReader(column);
  return makeColumn(column.name, output, columnLength(column), (row) => (isReplaced(row) ? read(row) : own(row)));
}
