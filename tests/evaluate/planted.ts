import { makeRandom, type RandomStream } from "../../src/core/random.js";
import { makeScoredTables } from "../../src/evaluate/make-scored-tables.js";
import type { ScoredTables } from "../../src/evaluate/scored-table.js";
import { inferSchema } from "../../src/schema/infer-schema.js";
import type { ColumnType } from "../../src/schema/table-schema.js";
import type { Column, NumberColumn, TextColumn } from "../../src/table/column.js";
import { makeTable, type Table, takeRows } from "../../src/table/table.js";

/** A number column; null is missing. */
export function numbers(name: string, values: Iterable<number | null>, decimals = 0): NumberColumn {
  const list = Float64Array.from(values, (value) => value ?? Number.NaN);
  return { kind: "number", name, missingText: "", values: list, format: { decimals } };
}

/** A text column; null is missing. */
export function texts(name: string, values: Iterable<string | null>): TextColumn {
  const dictionary: string[] = [];
  const codes = Int32Array.from(values, (value) => {
    if (value === null) return -1;
    const known = dictionary.indexOf(value);
    return known >= 0 ? known : dictionary.push(value) - 1;
  });
  return { kind: "text", name, missingText: "", codes, dictionary };
}

/**
 * People whose columns hang together: income follows age and job, `buys` follows both; some incomes and jobs are missing,
 * more often those of the old.
 */
export function people(rows: number, label: string): Table {
  const random = makeRandom(77).fork(label);
  const age = new Array<number>(rows);
  const income = new Array<number | null>(rows);
  const job = new Array<string | null>(rows);
  const buys = new Array<string>(rows);
  for (let row = 0; row < rows; row++) {
    const years = Math.round(18 + 60 * random.uniform() ** 1.5);
    const work = ["cook", "clerk", "judge"][Math.min(2, Math.floor((years / 78) * 2 + random.uniform() * 1.5))]!;
    const pay = Math.round(1000 * Math.exp(0.5 * random.normal() + years / 50 + (work === "judge" ? 1 : 0))) / 10;
    age[row] = years;
    job[row] = random.uniform() < years / 1000 ? null : work;
    income[row] = random.uniform() < 0.1 ? null : pay;
    buys[row] = random.uniform() < 1 / (1 + Math.exp((300 - pay) / 60)) ? "yes" : "no";
  }
  return makeTable([numbers("age", age), numbers("income", income, 1), texts("job", job), texts("buys", buys)]);
}

/** The table with one column changed. */
export function withColumn(table: Table, name: string, change: (column: Column) => Column): Table {
  return makeTable(table.columns.map((column) => (column.name === name ? change(column) : column)));
}

/** The table with one column's rows in random order: its distribution stays, its relations go. */
export function withShuffled(table: Table, name: string): Table {
  const shuffled = takeRows(table, makeRandom(3).fork(name).permutation(table.rowCount));
  return withColumn(table, name, () => shuffled.columns.find((column) => column.name === name)!);
}

/** Every column shuffled by itself: all distributions right, no relation left. */
export function withAllShuffled(table: Table): Table {
  return table.columns.reduce((left, column) => withShuffled(left, column.name), table);
}

/** The tables made comparable, schema inferred from the first but for the overrides. */
export function scored(
  train: Table,
  synthetic: Table,
  holdout?: Table,
  overrides: Readonly<Record<string, ColumnType>> = {},
): ScoredTables {
  const sides = holdout === undefined ? { train, synthetic } : { train, synthetic, holdout };
  return makeScoredTables(sides, inferSchema(train, { overrides })).tables;
}

export function stream(label: string): RandomStream {
  return makeRandom(1).fork(label);
}
