import type { RandomStream } from "../core/random.js";
import { encodeTable, fieldsOf, type TableEncoding } from "../encode/table-encoding.js";
import type { TableSchema } from "../schema/table-schema.js";
import type { Column } from "../table/column.js";
import { findColumn, type Table } from "../table/table.js";
import type { PrivacyLedger } from "./accounting/ledger.js";
import { outputOfSchema } from "./domains/output-of-schema.js";
import { readCells } from "./domains/read-cells.js";
import type { NoiseSource } from "./noise/noise-source.js";
import { makePaidRows, type PaidRows } from "./paid-rows.js";
import { type Tally, tallyCells } from "./tally-cells.js";

/** A cell's value: text as written, a number (dates: milliseconds), undefined = missing. */
export type CellValue = string | number | undefined;

/** Counts of what the cells of a column are like: each cell belongs to one of `cells` counts, or to none (-1). */
export interface ValueQuestion {
  readonly column: string;
  readonly cells: number;
  readonly cellOf: (value: CellValue) => number;
}

/** A text that was held often enough to be published, and its noisy count. */
export interface PublishedText {
  readonly text: string;
  readonly count: number;
}

/**
 * The only reader of private rows: it answers questions, each written into the ledger and paid before the rows are looked at.
 * One row more or less changes one count of each question, by 1.
 */
export interface PaidTable {
  readonly ledger: PrivacyLedger;
  /** Names and kinds of storage: taken as public. */
  readonly columns: readonly { readonly name: string; readonly kind: Column["kind"] }[];
  readonly countRows: (sigma: number) => number;
  /** Noisy counts by question [cells]. */
  readonly countValues: (released: string, questions: readonly ValueQuestion[], sigma: number) => Int32Array[];
  /**
   * The texts of each column whose noisy count reaches `threshold`, by falling count. Texts that no row has are never counted,
   * so that `delta` (in all columns together) has to pay for a text of a single row.
   */
  readonly countTexts: (
    released: string,
    columns: readonly string[],
    price: { readonly sigma: number; readonly threshold: number; readonly delta: number },
  ) => PublishedText[][];
  /** The same rows as the schema reads them, cell by cell: what cannot be read so is missing. */
  readonly readAs: (schema: TableSchema) => PaidTable;
  /** The same rows as fields. The encoding must have been made of public or paid values only. */
  readonly encodedBy: (encoding: TableEncoding, random: RandomStream) => PaidRows;
}

/** A table behind a ledger. */
export function makePaidTable(table: Table, ledger: PrivacyLedger, noise: NoiseSource): PaidTable {
  const columns = table.columns.map(({ name, kind }) => ({ name, kind }));
  return answer({ columns, read: () => table }, ledger, noise);
}

/** Rows that are not read before a question is paid. */
interface UnreadTable {
  readonly columns: PaidTable["columns"];
  readonly read: () => Table;
}

function answer({ columns, read }: UnreadTable, ledger: PrivacyLedger, noise: NoiseSource): PaidTable {
  const pay = (released: string, changes: number, sigma: number, delta = 0) =>
    ledger.spend({ released, mechanism: "discrete-gaussian", changes, scale: sigma, delta });
  const tallies = new Map<string, Tally>();
  const tally = (name: string) => {
    const known = tallies.get(name) ?? tallyCells(findColumn(read(), name)!);
    tallies.set(name, known);
    return known;
  };
  return {
    ledger,
    columns,
    countRows(sigma) {
      pay("number of rows", 1, sigma);
      return read().rowCount + noise.gaussian(sigma);
    },
    countValues(released, questions, sigma) {
      if (questions.length === 0) return [];
      pay(released, questions.length, sigma);
      return questions.map((question) =>
        countCells(tally(question.column), question).map((n) => n + noise.gaussian(sigma)),
      );
    },
    countTexts(released, names, { sigma, threshold, delta }) {
      if (names.length === 0) return [];
      pay(released, names.length, sigma, delta);
      return names.map((name) =>
        tally(name)
          .filter(([value, count]) => value !== undefined && count > 0)
          .map(([text, count]) => ({ text: String(text), count: count + noise.gaussian(sigma) }))
          .filter(({ count }) => count >= threshold)
          .sort((a, b) => b.count - a.count || (a.text < b.text ? -1 : 1)),
      );
    },
    readAs(schema) {
      const seen = schema.columns.flatMap((declared) => {
        const kind = columns.some(({ name }) => name === declared.name) ? outputOfSchema(declared)?.kind : undefined;
        return kind === undefined ? [] : [{ name: declared.name, kind }];
      });
      return answer({ columns: seen, read: once(() => readCells(read(), schema)) }, ledger, noise);
    },
    encodedBy(encoding, random) {
      const rows = once(() => encodeTable(encoding, read(), random));
      const source = {
        fields: fieldsOf(encoding),
        get rows() {
          return rows();
        },
      };
      return makePaidRows(source, ledger, noise);
    },
  };
}

function once<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
}

function countCells(tally: Tally, { cells, cellOf }: ValueQuestion): Int32Array {
  const counts = new Int32Array(cells);
  for (const [value, count] of tally) {
    const cell = count > 0 ? cellOf(value) : -1;
    if (cell >= 0) counts[cell]! += count;
  }
  return counts;
}
