import { dataError } from "../core/errors.js";
import { longCell, MAX_CELL_CHARACTERS } from "./text-column-builder.js";

/**
 * The column names of a header row, as they are written. Throws E_DATA_OPEN_QUOTE where the header's quoting is at
 * fault, E_DATA_BLANK_COLUMN, E_DATA_DUPLICATE_COLUMN and E_DATA_LONG_CELL.
 */
export function checkHeader(names: readonly string[], path: string, isFaulty: boolean): readonly string[] {
  if (isFaulty) {
    throw dataError("E_DATA_OPEN_QUOTE", `the header of ${path} has a quote that is not closed`, {
      where: "header",
      hint: "close the quote, or write a quote within a quoted name twice",
    });
  }
  const positions = new Map<string, number>();
  names.forEach((name, index) => {
    if (name.length > MAX_CELL_CHARACTERS) throw longCell(`number ${index + 1}`, 0);
    if (name.trim() === "") throw blankName(index + 1);
    const before = positions.get(name);
    if (before !== undefined) throw duplicateName(name, before, index + 1);
    positions.set(name, index + 1);
  });
  return names;
}

function blankName(position: number): Error {
  return dataError("E_DATA_BLANK_COLUMN", `column number ${position} has no name`, {
    where: "header",
    hint: "name it in the first line or take it out (pandas writes its row index so, unless index=False)",
  });
}

function duplicateName(name: string, first: number, second: number): Error {
  return dataError("E_DATA_DUPLICATE_COLUMN", `columns number ${first} and ${second} are both named "${name}"`, {
    where: `column "${name}"`,
    hint: "give every column a name of its own, or --no-header where the first line is no header",
  });
}
