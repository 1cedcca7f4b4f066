import type { RandomStream } from "../../../src/core/random.js";
import type { Column } from "../../../src/table/column.js";
import { makeTable, type Table } from "../../../src/table/table.js";

/** A number column; null is a missing value. */
export function numbers(name: string, values: readonly (number | null)[]): Column {
  const cells = Float64Array.from(values, (value) => value ?? Number.NaN);
  return { kind: "number", name, missingText: "", format: { decimals: 2 }, values: cells };
}

/** A text column; null is a missing value. */
export function texts(name: string, values: readonly (string | null)[]): Column {
  const dictionary = [...new Set(values.filter((value) => value !== null))];
  const codes = Int32Array.from(values, (value) => (value === null ? -1 : dictionary.indexOf(value)));
  return { kind: "text", name, missingText: "", codes, dictionary };
}

/** A boolean column; null is a missing value. */
export function booleans(name: string, values: readonly (boolean | null)[]): Column {
  const codes = Int32Array.from(values, (value) => (value === null ? -1 : value ? 1 : 0));
  return { kind: "boolean", name, missingText: "", codes, dictionary: ["no", "yes"] };
}

/** A date column of epoch milliseconds. */
export function dates(name: string, values: readonly (number | null)[]): Column {
  const cells = Float64Array.from(values, (value) => value ?? Number.NaN);
  return { kind: "date", name, missingText: "", format: "YYYY-MM-DD", values: cells };
}

export const PEOPLE_COLUMNS = ["age", "income", "height", "city", "job", "married", "joined"];

/** People whose columns hang together: three numbers, two categories, a boolean and a date, with missing values. */
export function drawPeople(count: number, random: RandomStream): Table {
  const people = Array.from({ length: count }, () => drawPerson(random));
  return makeTable([
    numbers(
      "age",
      people.map((p) => p.age),
    ),
    numbers(
      "income",
      people.map((p) => p.income),
    ),
    numbers(
      "height",
      people.map((p) => p.height),
    ),
    texts(
      "city",
      people.map((p) => p.city),
    ),
    texts(
      "job",
      people.map((p) => p.job),
    ),
    booleans(
      "married",
      people.map((p) => p.married),
    ),
    dates(
      "joined",
      people.map((p) => p.joined),
    ),
  ]);
}

function drawPerson(random: RandomStream) {
  const trade = random.integer(4);
  const age = Math.round(30 + 8 * trade + 9 * random.normal());
  return {
    age,
    income: random.uniform() < 0.1 ? null : Math.round(100 * (200 + 5 * age + 40 * trade + 60 * random.normal())) / 100,
    height: Math.round(10 * (172 + 9 * random.normal())) / 10,
    city: random.uniform() < 0.05 ? null : `city ${Math.floor(12 * random.uniform() ** 2)}`,
    job: `job ${trade}`,
    married: random.uniform() < age / 90,
    joined: Date.UTC(2000, 0, 1) + 86_400_000 * Math.floor(4000 * random.uniform() ** 1.5),
  };
}

/** The table with every number moved by a normal share `noise` of its spread: lightly perturbed rows. */
export function perturb(table: Table, noise: number, random: RandomStream): Table {
  return makeTable(
    table.columns.map((column) => {
      if (column.kind !== "number") return column;
      const present = column.values.filter((value) => !Number.isNaN(value));
      const spread = noise * (present.reduce((a, b) => Math.max(a, b)) - present.reduce((a, b) => Math.min(a, b)));
      return { ...column, values: column.values.map((value) => value + spread * random.normal()) };
    }),
  );
}

/** The first table's rows, then the second's; both have the same columns. */
export function stack(first: Table, second: Table): Table {
  return makeTable(
    first.columns.map((column, at) => {
      const other = second.columns[at]!;
      if (column.kind === "text" && other.kind === "text") {
        const spell = (source: typeof column) =>
          [...source.codes].map((code) => (code < 0 ? null : source.dictionary[code]!));
        return texts(column.name, [...spell(column), ...spell(other)]);
      }
      if ("codes" in column && "codes" in other) {
        return { ...column, codes: Int32Array.from([...column.codes, ...other.codes]) };
      }
      if ("values" in column && "values" in other) {
        return { ...column, values: Float64Array.from([...column.values, ...other.values]) };
      }
      throw new Error("the tables have different columns");
    }),
  );
}
