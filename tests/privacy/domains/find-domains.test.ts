import { describe, expect, it } from "vitest";
import { SynthError } from "../../../src/core/errors.js";
import type { ProgressEvent } from "../../../src/core/progress.js";
import { makeRandom } from "../../../src/core/random.js";
import { levelFeatures } from "../../../src/encode/level-features.js";
import { decodeTable, encodeTable, fieldsOf, tableEncodingSchema } from "../../../src/encode/table-encoding.js";
import { findDomains } from "../../../src/privacy/domains/find-domains.js";
import { foreseeDomains } from "../../../src/privacy/domains/foresee-domains.js";
import { readCells } from "../../../src/privacy/domains/read-cells.js";
import { makeNoise } from "../../../src/privacy/noise/noise-source.js";
import { makePaidTable } from "../../../src/privacy/paid-table.js";
import { type TableSchema, tableSchema } from "../../../src/schema/table-schema.js";
import type { Table } from "../../../src/table/table.js";
import { KNOWN_SCHEMA, knownTable, openLedger, schemaOf, textTable } from "../known-tables.js";

const ROWS = 4000;
const rows = Array.from({ length: ROWS }, (_, row) => row);

/** Columns of every form, with a secret in one row of each. */
const TABLE = textTable({
  color: rows.map((row) => (row === 7 ? "SECRET" : row % 10 === 0 ? null : ["red", "green", "blue"][row % 3]!)),
  code: rows.map((row) => `00${row % 4}`),
  age: rows.map((row) => (row === 7 ? "987654321" : String(20 + (row % 50)))),
  price: rows.map((row) => (row % 300 === 0 ? "12.345" : (5 + (row % 997) / 100).toFixed(2))),
  balance: rows.map((row) => String(-1000 + ((row * 7) % 3000))),
  born: rows.map((row) => (row === 7 ? "31/12/1901" : `${1 + (row % 28)}/${1 + (row % 12)}/${1960 + (row % 40)}`)),
  seen: rows.map(
    (row) => `2024-03-${String(1 + (row % 31)).padStart(2, "0")}T10:${String(row % 60).padStart(2, "0")}:00Z`,
  ),
  at: rows.map((row) => `${String(row % 24).padStart(2, "0")}:30`),
  member: rows.map((row) => (row % 5 === 0 ? "no" : "yes")),
  mixed: rows.map((row) => (row % 3 === 0 ? "12" : "n. a.")),
  nothing: rows.map((row) => (row === 7 ? "SECRET" : null)),
  customer_id: rows.map((row) => `K${row}`),
});

const PRIVATE = { privacy: { epsilon: 1, delta: 1e-6 } };
const spending = { sigmaOf: () => 12, delta: 1e-7 };

function find(table: Table, schema?: TableSchema, onProgress?: (event: ProgressEvent) => void, seed = 1) {
  const ledger = openLedger();
  const paid = makePaidTable(table, ledger, makeNoise(makeRandom(seed)));
  return { ...findDomains(paid, { ...PRIVATE, schema }, spending, onProgress), ledger };
}

describe("findDomains without a schema", () => {
  const { schema, encoding, rows: counted, ledger } = find(TABLE);
  const column = (name: string) => schema.columns.find((one) => one.name === name)!;
  const encoded = (name: string) => encoding.columns.find((one) => one.name === name)!;

  it("finds the types and written forms", () => {
    const types = Object.fromEntries(
      schema.columns.map(({ name, type, dateFormat, decimals }) => [name, [type, dateFormat ?? decimals]]),
    );
    expect(types).toEqual({
      color: ["category", undefined],
      code: ["category", undefined],
      age: ["integer", 0],
      price: ["decimal", 2],
      balance: ["integer", 0],
      born: ["date", "D/M/YYYY"],
      seen: ["timestamp", "YYYY-MM-DDTHH:mm:ssZ"],
      at: ["time", "HH:mm"],
      member: ["boolean", undefined],
      mixed: ["category", undefined],
      nothing: ["text", undefined],
      customer_id: ["identifier", undefined],
    });
    expect(column("member").spellings).toEqual(["no", "yes"]);
    expect(column("nothing").drop).toBe(true);
  });

  it("publishes what many rows have, and nothing that one row has", () => {
    expect(encoded("color")).toMatchObject({ rare: true, missing: true });
    expect(new Set((encoded("color") as { categories: string[] }).categories)).toEqual(
      new Set(["red", "green", "blue"]),
    );
    const text = JSON.stringify([schema, encoding]);
    for (const secret of ["SECRET", "98765", "1901", "K1"]) expect(text).not.toContain(secret);
    expect(tableSchema.parse(schema)).toEqual(schema);
    expect(tableEncodingSchema.parse(encoding)).toEqual(encoding);
  });

  it("finds bounds around nearly all values", () => {
    expect(column("age").bounds).toEqual({ min: 20, max: 69 });
    const { min, max } = column("balance").bounds as { min: number; max: number };
    expect(min).toBeGreaterThanOrEqual(-1024);
    expect(min).toBeLessThanOrEqual(-900);
    expect(max).toBeGreaterThanOrEqual(1900);
    expect(max).toBeLessThanOrEqual(2047);
    const born = column("born").bounds as { min: string; max: string };
    expect(Number(born.min.slice(-4))).toBeGreaterThan(1940);
    expect(Number(born.max.slice(-4))).toBeLessThan(2015);
  });

  it("tells no statistic but noisy ones, and spends no more than foreseen", () => {
    expect(schema.rowCount).toBe(counted);
    expect(schema.columns.every(({ missingShare }) => missingShare === 0)).toBe(true);
    const foreseen = foreseeDomains(
      TABLE.columns.map(({ name }) => name),
      undefined,
    );
    const spent = (start: string) =>
      ledger.written
        .filter(({ released }) => released.startsWith(start))
        .reduce((sum, { changes }) => sum + changes, 0);
    expect(spent("what")).toBeLessThanOrEqual(foreseen.types);
    expect(spent("categories")).toBeLessThanOrEqual(foreseen.categories);
    expect(spent("bounds")).toBeLessThanOrEqual(foreseen.bounds);
    expect(spent("bins")).toBeLessThanOrEqual(foreseen.bins);
    expect(ledger.written.map(({ delta }) => delta).filter((delta) => delta > 0)).toEqual([spending.delta]);
  });

  it("makes an encoding that codes the rows and back", () => {
    const coded = encodeTable(encoding, readCells(TABLE, schema), makeRandom(1));
    const fields = fieldsOf(encoding);
    expect(
      levelFeatures(
        encoding,
        fields.map((field) => (field.kind === "discrete" ? new Float64Array(field.levels).fill(1) : undefined)),
      ),
    ).toHaveLength(fields.length);
    const back = decodeTable(encoding, coded, makeRandom(2));
    const age = back.columns.find(({ name }) => name === "age") as { values: Float64Array };
    expect(Math.max(...age.values)).toBe(69);
    const ages = rows.filter((row) => row !== 7).map((row) => 20 + (row % 50));
    const mean = (values: Iterable<number>) => [...values].reduce((sum, v) => sum + v, 0) / ROWS;
    expect(Math.abs(mean(age.values) - mean(ages))).toBeLessThan(0.5);
  });

  it("says about how many rows lie beyond what was found", () => {
    const events: ProgressEvent[] = [];
    find(TABLE, undefined, (event) => events.push(event));
    const clamped = events.filter((event) => event.kind === "notice" && event.code === "N_PRIVACY_CLAMPED");
    expect(
      clamped.every((event) => event.kind === "notice" && /about \d+ rows \(with noise\)/.test(event.message)),
    ).toBe(true);
  });
});

describe("findDomains by a column's name", () => {
  it("makes up names of people that hardly repeat, and keeps those that do as categories", () => {
    const table = textTable({
      nameLast: rows.map((row) => `L${row}`),
      name: rows.map((row) => `product ${row % 3}`),
      email: rows.map((row) => `${row}@a.b`),
    });
    const { schema, encoding } = find(table);
    expect(schema.columns.map(({ type }) => type)).toEqual(["name", "category", "email"]);
    expect(encoding.columns[0]).toMatchObject({ kind: "generated", generator: "person.lastName", missing: false });
    expect(
      code(() =>
        find(table, schemaOf(...["nameLast", "name", "email"].map((name) => ({ name, type: "category" as const })))),
      ).message,
    ).toContain('"nameLast", "email"');
  });
});

describe("findDomains with a schema", () => {
  it("takes declared domains as they are, and pays for the number of rows and bins alone", () => {
    const { schema, encoding, ledger } = find(knownTable([]), KNOWN_SCHEMA);
    expect(ledger.written.every(({ released }) => /number of rows|bins/.test(released))).toBe(true);
    expect(encoding.columns[0]).toMatchObject({
      kind: "one-hot",
      categories: ["red", "green", "blue"],
      rare: false,
      missing: true,
    });
    expect(encoding.columns[3]).toMatchObject({ categories: ["no", "yes"], output: { kind: "boolean" } });
    expect(schema.columns.map(({ bounds, reason }) => [bounds, reason])).toEqual(
      KNOWN_SCHEMA.columns.map(({ bounds }) => [bounds, "declared"]),
    );
    expect(foreseeDomains([], KNOWN_SCHEMA)).toEqual({ types: 0, categories: 0, bounds: 0, bins: 2 + 3 });
  });

  it("forgets the schema's statistics, constraints and reasons", () => {
    const told = {
      ...KNOWN_SCHEMA,
      rowCount: 123_457,
      columns: KNOWN_SCHEMA.columns.map((column) => ({
        ...column,
        missingShare: 0.123457,
        distinctCount: 123_457,
        reason: "123457 rows",
      })),
    };
    const { schema, encoding } = find(knownTable([]), told);
    expect(JSON.stringify([schema, encoding])).not.toContain("123457");
  });

  it("finds the forms and bounds that the schema leaves open", () => {
    const names = ["price", "born", "member", "age"];
    const table = { ...TABLE, columns: TABLE.columns.filter(({ name }) => names.includes(name)) };
    const { schema } = find(
      table,
      schemaOf(
        { name: "price", type: "decimal" },
        { name: "born", type: "date" },
        { name: "member", type: "boolean" },
        { name: "age", type: "integer", bounds: { min: 0 } },
      ),
    );
    expect(schema.columns).toMatchObject([
      { decimals: 2 },
      { dateFormat: "D/M/YYYY" },
      { spellings: ["no", "yes"] },
      { bounds: { min: 20, max: 69 }, reason: "declared; its domain found with noise" },
    ]);
  });

  it("keeps a declared constant, made-up values and dropped columns without looking at them", () => {
    const table = textTable({ a: ["x", "y"], b: ["p", "q"], c: ["1", "2"], d: ["u", "v"] });
    const { encoding, ledger } = find(
      table,
      schemaOf(
        { name: "a", type: "constant", levels: ["x"] },
        { name: "b", type: "name" },
        { name: "c", type: "integer", drop: true },
        { name: "d", type: "identifier" },
      ),
    );
    expect(encoding.columns.map(({ kind }) => kind)).toEqual(["constant", "generated", "omitted", "identifier"]);
    expect(ledger.written).toHaveLength(1);
    expect(fieldsOf(encoding)).toEqual([]);
  });
});

describe("findDomains refuses", () => {
  it("a column of which nothing can be published, naming it and no value", () => {
    const error = code(() =>
      find(textTable({ word: rows.map((row) => `w${row}`), color: rows.map((row) => `c${row % 3}`) })),
    );
    expect([error.code, error.where]).toEqual(["E_PRIVACY_DOMAIN", 'column "word"']);
    expect(error.message).not.toMatch(/w\d/);
    const empty = code(() => find(textTable({ x: rows.map(() => "-") }), schemaOf({ name: "x", type: "integer" })));
    expect(empty.code).toBe("E_PRIVACY_DOMAIN");
  });

  it("types of too few rows for the noise, naming the columns", () => {
    const error = code(() => find(textTable({ a: ["1", "2"], b: ["x", "y"] }), undefined, undefined, 3));
    expect(error.code).toBe("E_PRIVACY_TYPES");
    expect(error.message).toContain('"a", "b"');
  });
});

/** What was thrown. */
function code(run: () => unknown): SynthError {
  try {
    run();
  } catch (error) {
    if (error instanceof SynthError) return error;
  }
  throw new Error("nothing was refused");
}
