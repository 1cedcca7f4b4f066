import type { RandomStream } from "../core/random.js";
import { type ColumnEncoding, encodeColumn, fieldsOfColumn, numericColumn } from "../encode/column-encoding.js";
import type { FieldData } from "../encode/field.js";
import type { TableEncoding } from "../encode/table-encoding.js";
import { type Column, columnLength, isMissing } from "../table/column.js";
import { findColumn, type Table } from "../table/table.js";
import { CHUNK_ROWS, type GivenRows } from "./draw-chunk.js";

/** Partial rows in chunks of rows with the same columns given. */
export interface GroupedRows {
  readonly chunks: readonly GivenRows[];
  /** The rows' numbers in `table`, in the order of the chunks. */
  readonly order: readonly number[];
}

/**
 * Groups the rows of a table by what is given in them. A value that the encoding cannot say (a category that is not published
 * where there is no rare level) tells nothing. Columns that the table lacks are given in no row.
 */
export function groupGiven(table: Table, encoding: TableEncoding, random: RandomStream): GroupedRows {
  const columns = givenColumns(table, encoding, random);
  const groups = new Map<string, number[]>();
  for (let row = 0; row < table.rowCount; row++) {
    const key = columns.map(({ isGiven }) => isGiven[row]).join("");
    const own = groups.get(key);
    if (own === undefined) groups.set(key, [row]);
    else own.push(row);
  }
  const chunks: GivenRows[] = [];
  for (const rows of groups.values()) {
    const given = columns.filter(({ isGiven }) => isGiven[rows[0]!] === 1);
    for (let from = 0; from < rows.length; from += CHUNK_ROWS)
      chunks.push(takeGiven(given, rows.slice(from, from + CHUNK_ROWS)));
  }
  return { chunks, order: [...groups.values()].flat() };
}

interface GivenColumn {
  readonly field: number;
  readonly data: readonly FieldData[];
  /** The numbers behind the codes, where there are some. */
  readonly numbers: Float64Array | undefined;
  /** [rows] */
  readonly isGiven: Uint8Array;
}

function givenColumns(table: Table, encoding: TableEncoding, random: RandomStream): GivenColumn[] {
  let next = 0;
  return encoding.columns.flatMap((one): GivenColumn[] => {
    const field = next;
    next += fieldsOfColumn(one).length;
    const column = findColumn(table, one.name);
    if (column === undefined || next === field) return [];
    const data = encodeColumn(one, column, random.fork(one.name));
    const numbers = one.kind === "quantile-bins" ? numericColumn(column, one.output).values : undefined;
    return [{ field, data, numbers, isGiven: tellsSomething(one, column) }];
  });
}

/** 1 where a row's value is neither missing nor beyond what the encoding can say. [rows] */
function tellsSomething(encoding: ColumnEncoding, column: Column): Uint8Array {
  const published = publishedTexts(encoding);
  const says =
    column.kind === "text" && published !== undefined
      ? column.dictionary.map((text) => published.has(text))
      : undefined;
  return Uint8Array.from({ length: columnLength(column) }, (_, row) => {
    if (isMissing(column, row)) return 0;
    return says === undefined || ("codes" in column && says[column.codes[row]!]) ? 1 : 0;
  });
}

function publishedTexts(encoding: ColumnEncoding): ReadonlySet<string> | undefined {
  if (encoding.kind === "one-hot") return encoding.rare ? undefined : new Set(encoding.categories);
  if (encoding.kind !== "grouped-categories" || encoding.rare) return undefined;
  return new Set([...encoding.direct, ...encoding.grouped]);
}

function takeGiven(given: readonly GivenColumn[], rows: readonly number[]): GivenRows {
  const numbers: (Float64Array | undefined)[] = [];
  for (const { field, numbers: own } of given) {
    if (own !== undefined) numbers[field] = Float64Array.from(rows, (row) => own[row]!);
  }
  const codes = given.flatMap(({ data }) => data.map((own) => Int32Array.from(rows, (row) => own[row]!)));
  const fields = given.flatMap(({ field, data }) => data.map((_, index) => field + index));
  return { rows: rows.length, fields, codes, numbers };
}
