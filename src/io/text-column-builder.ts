import { dataError } from "../core/errors.js";
import type { RawColumn } from "../table/infer-column.js";

/** Cells longer than this are refused: they are documents or a quote that is not closed, not values of a table. */
export const MAX_CELL_CHARACTERS = 100_000;

/** A JavaScript Map holds no more keys. */
const MAX_DISTINCT_VALUES = 2 ** 24 - 1;

export interface TextColumnBuilder {
  /** Appends a cell as it was written. */
  add(cell: string): void;
  finish(): RawColumn;
}

/**
 * Collects a column's cells, dictionary-coded as they come: memory grows by four bytes a row and by the distinct
 * values. Throws E_DATA_LONG_CELL for a cell of more than MAX_CELL_CHARACTERS and E_DATA_DISTINCT_VALUES past 2^24.
 */
export function makeTextColumnBuilder(name: string): TextColumnBuilder {
  const lookup = new Map<string, number>();
  const dictionary: string[] = [];
  let codes = new Int32Array(1024);
  let length = 0;
  const addValue = (cell: string): number => {
    if (cell.length > MAX_CELL_CHARACTERS) throw longCell(name, length + 1);
    if (dictionary.length === MAX_DISTINCT_VALUES) throw tooManyValues(name);
    const value = detach(cell);
    lookup.set(value, dictionary.length);
    return dictionary.push(value) - 1;
  };
  return {
    add(cell) {
      if (length === codes.length) {
        const longer = new Int32Array(length * 2);
        longer.set(codes);
        codes = longer;
      }
      codes[length] = lookup.get(cell) ?? addValue(cell);
      length++;
    },
    finish: () => ({ name, codes: codes.slice(0, length), dictionary }),
  };
}

/** The error of a cell that is too long, E_DATA_LONG_CELL. */
export function longCell(column: string, row: number): Error {
  const message = `column "${column}", row ${row}: the cell is longer than ${MAX_CELL_CHARACTERS} characters`;
  return dataError("E_DATA_LONG_CELL", message, {
    where: `column "${column}", row ${row}`,
    hint: "look for a quote that is never closed, or leave the column of long texts out",
  });
}

function tooManyValues(column: string): Error {
  const message = `column "${column}" has more than ${MAX_DISTINCT_VALUES} distinct values`;
  return dataError("E_DATA_DISTINCT_VALUES", message, {
    where: `column "${column}"`,
    hint: "leave the column out or take a sample of the rows",
  });
}

/** A copy that does not keep the piece of the file alive that the cell was cut from (V8 slices from 13 characters). */
function detach(cell: string): string {
  return cell.length < 13 ? cell : Buffer.from(cell, "utf8").toString("utf8");
}
