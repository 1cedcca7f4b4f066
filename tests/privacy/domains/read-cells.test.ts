import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { makeRandom } from "../../../src/core/random.js";
import { encodeTable, fieldsOf } from "../../../src/encode/table-encoding.js";
import { findDomains } from "../../../src/privacy/domains/find-domains.js";
import { readCells } from "../../../src/privacy/domains/read-cells.js";
import { makePaidTable } from "../../../src/privacy/paid-table.js";
import { makeTable, takeRows } from "../../../src/table/table.js";
import { KNOWN_SCHEMA, knownRow, knownTable, noNoise, openLedger, schemaOf, textTable } from "../known-tables.js";

describe("readCells", () => {
  it("reads declared forms; what is no such thing, or no declared level, is missing", () => {
    const table = knownTable([
      ["red", " 30 ", "2020-02-01", "yes"],
      ["mauve", "4,5", "01.02.2020", "maybe"],
      [null, null, null, null],
    ]);
    const [color, age, day, flag] = readCells(table, KNOWN_SCHEMA).columns;
    expect(color).toMatchObject({
      kind: "text",
      dictionary: ["red", "green", "blue"],
      codes: Int32Array.of(0, -1, -1),
    });
    expect(age).toMatchObject({
      kind: "number",
      values: Float64Array.of(30, Number.NaN, Number.NaN),
      format: { decimals: 0 },
    });
    expect(day).toMatchObject({ kind: "date", values: Float64Array.of(Date.UTC(2020, 1, 1), Number.NaN, Number.NaN) });
    expect(flag).toMatchObject({ kind: "boolean", dictionary: ["no", "yes"], codes: Int32Array.of(1, -1, -1) });
  });

  it("reads numbers in the declared style, and takes up neither dropped columns nor identifiers", () => {
    const table = textTable({ price: ["$1,200.50", "12", null], id: ["a", "b", "c"], note: ["x", "y", "z"] });
    const schema = schemaOf(
      { name: "id", type: "identifier" },
      { name: "note", type: "category", drop: true },
      { name: "price", type: "money", decimals: 2, numberFormat: { prefix: "$", thousands: "," } },
    );
    const { columns } = readCells(table, schema);
    expect(columns).toEqual([
      {
        kind: "number",
        name: "price",
        missingText: "",
        values: Float64Array.of(1200.5, Number.NaN, Number.NaN),
        format: { decimals: 2, minDecimals: 2, prefix: "$", thousands: "," },
      },
    ]);
  });

  it("spells a stored number by itself where categories are asked for, whatever the column's other numbers are", () => {
    const schema = schemaOf({ name: "x", type: "category" });
    const read = (values: number[], decimals: number) =>
      readCells(
        makeTable([
          {
            kind: "number",
            name: "x",
            missingText: "",
            values: Float64Array.from(values),
            format: { decimals, minDecimals: decimals },
          },
        ]),
        schema,
      ).columns[0];
    expect(read([7, Number.NaN, Number.POSITIVE_INFINITY], 0)).toMatchObject({
      dictionary: ["7"],
      codes: Int32Array.of(0, -1, -1),
    });
    expect(read([7, 7.25], 2)).toMatchObject({ dictionary: ["7", "7.25"] });
  });

  it("reads and encodes a row the same whatever the other rows are", () => {
    const { encoding } = findDomains(
      makePaidTable(knownTable([]), openLedger(), noNoise),
      { privacy: { epsilon: 1, delta: 1e-6, bounds: "public" }, schema: KNOWN_SCHEMA },
      { sigmaOf: () => 1, delta: 0 },
    );
    const encode = (table: ReturnType<typeof knownTable>) =>
      encodeTable(encoding, readCells(table, KNOWN_SCHEMA), makeRandom(1)).fields.map((codes) => [...codes]);
    expect(fieldsOf(encoding)).toHaveLength(4);
    fc.assert(
      fc.property(fc.array(knownRow, { minLength: 1, maxLength: 12 }), fc.nat(), (rows, at) => {
        const row = at % rows.length;
        const whole = encode(knownTable(rows));
        expect(encode(knownTable([rows[row]!]))).toEqual(whole.map((codes) => [codes[row]]));
        expect(encode(takeRows(knownTable(rows), [row]))).toEqual(whole.map((codes) => [codes[row]]));
      }),
      { numRuns: 50 },
    );
  });
});
