import { dataError } from "../core/errors.js";
import type { RawColumn } from "../table/infer-column.js";

/** Cells longer than this are refused: they are documents or a quote that is not closed, not values of a table. */
export const MAX_CELL_CHARACTERS = 100_000;

/** A JavaScript Map holds no more keys. */
const MAX_DISTINCT_VALUES = 2 ** 24 - 1;

/** Distinct values from which on those that no slot has any more are dropped. */
const FIRST_SWEEP = 65_536;

export interface TextColumnBuilder {
  /** Puts a cell as it was written, or null for none, into a slot; `row` is the file's row (1 = first), for errors. */
  set(slot: number, cell: string | null, row: number): void;
  /** The number of distinct values held. */
  distinctCount(): number;
  /** The slots in the given order (without one, as they stand), values by first appearance; none is -1. */
  finish(order: Uint32Array | undefined): RawColumn;
}

/**
 * Collects a column's cells, dictionary-coded as they come: memory grows by four bytes a slot and by the distinct values
 * that slots hold. Throws E_DATA_LONG_CELL for a cell of more than MAX_CELL_CHARACTERS and E_DATA_DISTINCT_VALUES past 2^24.
 */
export function makeTextColumnBuilder(name: string): TextColumnBuilder {
  let lookup = new Map<string, number>();
  let dictionary: string[] = [];
  let codes = new Int32Array(1024);
  let length = 0;
  let sweepAt = FIRST_SWEEP;
  let isReplacing = false;
  const sweep = () => {
    const kept = recode(codes.subarray(0, length), dictionary);
    dictionary = kept.dictionary;
    codes.set(kept.codes);
    lookup = new Map(dictionary.map((text, code) => [text, code]));
    sweepAt = Math.max(FIRST_SWEEP, 2 * dictionary.length);
  };
  const addValue = (cell: string, row: number): number => {
    if (cell.length > MAX_CELL_CHARACTERS) throw longCell(name, row);
    if (isReplacing && dictionary.length >= sweepAt) sweep();
    if (dictionary.length === MAX_DISTINCT_VALUES) throw tooManyValues(name);
    const value = detach(cell);
    lookup.set(value, dictionary.length);
    return dictionary.push(value) - 1;
  };
  return {
    set(slot, cell, row) {
      if (slot < length) isReplacing = true;
      else length = slot + 1;
      if (slot >= codes.length) {
        const longer = new Int32Array(codes.length * 2);
        longer.set(codes);
        codes = longer;
      }
      if (isReplacing) codes[slot] = -1;
      codes[slot] = cell === null ? -1 : (lookup.get(cell) ?? addValue(cell, row));
    },
    distinctCount: () => dictionary.length,
    finish(order) {
      lookup = new Map();
      if (order === undefined) return { name, codes: codes.slice(0, length), dictionary };
      return {
        name,
        ...recode(
          Int32Array.from(order, (slot) => codes[slot]!),
          dictionary,
        ),
      };
    },
  };
}

/** Codes by first appearance, and the values that they have. */
export function recode(codes: Int32Array, dictionary: readonly string[]): { codes: Int32Array; dictionary: string[] } {
  const newCodes = new Int32Array(dictionary.length).fill(-1);
  const kept: string[] = [];
  const recoded = codes.map((code) => {
    if (code < 0) return -1;
    if (newCodes[code]! < 0) newCodes[code] = kept.push(dictionary[code]!) - 1;
    return newCodes[code]!;
  });
  return { codes: recoded, dictionary: kept };
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
