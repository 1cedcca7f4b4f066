import type { Column } from "../table/column.js";
import { type InferColumnOptions, type InferredColumn, inferColumn, type RawColumn } from "../table/infer-column.js";
import { makeNumberSlots } from "./slots.js";
import { makeTextColumnBuilder, recode } from "./text-column-builder.js";

/** Distinct cells from which on a column of numbers keeps numbers instead of texts. */
const NUMBERS_FROM = 65_536;

/** Share of those that must be numbers for it. */
const NUMBER_SHARE = 0.95;

/** Numbers that are spelled again for typing, beside the texts that were kept. */
const SPELLED_AGAIN = 1000;

export interface CellColumnBuilder {
  /** Puts a cell as it was written into a slot; `row` is the file's row (1 = first), for errors. */
  set(slot: number, cell: string, row: number): void;
  /** The cells of the slots in the given order; without one, as they stand. */
  finish(order: Uint32Array | undefined): CollectedCells;
}

/** A column's cells, which can be typed more than once. */
export interface CollectedCells {
  infer(options: InferColumnOptions): InferredColumn;
}

/**
 * Collects the cells of a column of delimited text: distinct texts once, and numbers, once there are too many distinct ones, in
 * 13 bytes a row, if they can be spelled again from them. Throws as makeTextColumnBuilder does.
 */
export function makeCellColumnBuilder(name: string, numbersFrom = NUMBERS_FROM): CellColumnBuilder {
  const texts = makeTextColumnBuilder(name);
  const numbers = makeNumberSlots();
  const digits = makeNumberSlots(0);
  let numericTexts = 0;
  let distinct = 0;
  let mode: "texts" | "numbers" | "undecided" = "undecided";
  const decide = (cell: string) => {
    if (texts.distinctCount() === distinct) return;
    distinct = texts.distinctCount();
    if (countDigits(cell) >= 0) numericTexts++;
    if (distinct >= numbersFrom) mode = numericTexts >= NUMBER_SHARE * distinct ? "numbers" : "texts";
  };
  return {
    set(slot, cell, row) {
      if (mode === "numbers") {
        const decimals = countDigits(cell);
        numbers.set(slot, decimals < 0 ? Number.NaN : Number(cell));
        digits.set(slot, Math.max(0, decimals));
        texts.set(slot, decimals < 0 ? cell : null, row);
        return;
      }
      texts.set(slot, cell, row);
      if (mode === "undecided") decide(cell);
    },
    finish(order) {
      const raw = texts.finish(order);
      if (mode !== "numbers") return { infer: (options) => inferColumn(raw, options) };
      const stored = { values: pad(numbers.take(order), raw.codes.length), digits: digits.take(order) };
      return { infer: (options) => inferWithNumbers(raw, stored, options) };
    },
  };
}

interface StoredNumbers {
  /** [rows], NaN where the row has a text. */
  readonly values: Float64Array;
  /** [rows], digits after the point. */
  readonly digits: Float64Array;
}

/** Values of the first rows may never have been set as numbers. */
function pad(values: Float64Array, length: number): Float64Array {
  if (values.length === length) return values;
  const padded = new Float64Array(length).fill(Number.NaN);
  padded.set(values);
  return padded;
}

/** Types the texts with some of the numbers spelled again; where that gives no plain numbers, all of them are spelled. */
function inferWithNumbers(raw: RawColumn, stored: StoredNumbers, options: InferColumnOptions): InferredColumn {
  if (options.asText) return inferColumn(spellNumbers(raw, stored, Number.POSITIVE_INFINITY), options);
  const inferred = inferColumn(spellNumbers(raw, stored, SPELLED_AGAIN), options);
  const { column } = inferred;
  if (column.kind !== "number" || hasStyle(column)) {
    return inferColumn(spellNumbers(raw, stored, Number.POSITIVE_INFINITY), options);
  }
  let { decimals, minDecimals = 0 } = column.format;
  const values = column.values.map((value, row) => {
    if (Number.isNaN(stored.values[row]!)) return value;
    const count = stored.digits[row] ?? 0;
    if (count > decimals) decimals = count;
    if (count < minDecimals) minDecimals = count;
    return stored.values[row]!;
  });
  const format = minDecimals === 0 ? { decimals } : { decimals, minDecimals };
  return { ...inferred, column: { ...column, values, format } };
}

function hasStyle(column: Extract<Column, { readonly kind: "number" }>): boolean {
  return Object.keys(column.format).some((key) => key !== "decimals" && key !== "minDecimals");
}

/** The column with the rows that hold numbers spelled out: the first `limit` of them, the others as the last of those. */
function spellNumbers(raw: RawColumn, { values, digits }: StoredNumbers, limit: number): RawColumn {
  const lookup = new Map(raw.dictionary.map((text, code) => [text, code]));
  const dictionary = [...raw.dictionary];
  let spelled = 0;
  let last = 0;
  const codes = raw.codes.map((code, row) => {
    if (Number.isNaN(values[row]!)) return code;
    if (spelled++ >= limit) return last;
    const text = values[row]!.toFixed(digits[row] ?? 0);
    last = lookup.get(text) ?? dictionary.push(text) - 1;
    lookup.set(text, last);
    return last;
  });
  return { name: raw.name, ...recode(codes, dictionary) };
}

/** Digits after the point of a number that `toFixed` spells just so (`-1.50`: 2), or -1. */
function countDigits(cell: string): number {
  const first = cell.charCodeAt(0);
  if (cell.length > 20 || !(first === 45 || (first >= 48 && first <= 57))) return -1;
  const value = Number(cell);
  if (!(Math.abs(value) <= Number.MAX_SAFE_INTEGER)) return -1;
  const point = cell.indexOf(".");
  const digits = point < 0 ? 0 : cell.length - point - 1;
  return value.toFixed(digits) === cell && !Object.is(value, -0) ? digits : -1;
}
