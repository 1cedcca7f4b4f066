import * as fc from "fast-check";
import type { PrivacyLedger } from "../../src/privacy/accounting/ledger.js";
import type { NoiseSource } from "../../src/privacy/noise/noise-source.js";
import type { LedgerEntry } from "../../src/schema/privacy-record.js";
import type { ColumnSchema, TableSchema } from "../../src/schema/table-schema.js";
import { makeTable, type Table } from "../../src/table/table.js";

/** Noise of nothing, to see what answers are made of. */
export const noNoise: NoiseSource = { kind: "seeded", gaussian: () => 0, laplace: () => 0 };

/** A ledger without end, and what was written into it. */
export function openLedger(): PrivacyLedger & { readonly written: LedgerEntry[] } {
  const written: LedgerEntry[] = [];
  return {
    budget: { epsilon: 1, delta: 1e-6 },
    written,
    entries: () => written,
    spent: () => 0,
    spend: (entry) => {
      written.push(entry);
    },
  };
}

/** A table as it is read with asText, null = missing. */
export function textTable(columns: Readonly<Record<string, readonly (string | null)[]>>): Table {
  return makeTable(
    Object.entries(columns).map(([name, cells]) => {
      const dictionary = [...new Set(cells.filter((cell) => cell !== null))];
      const codes = Int32Array.from(cells, (cell) => (cell === null ? -1 : dictionary.indexOf(cell)));
      return { kind: "text", name, missingText: "", codes, dictionary };
    }),
  );
}

export function columnSchema(column: Pick<ColumnSchema, "name" | "type"> & Partial<ColumnSchema>): ColumnSchema {
  return { reason: "", missingShare: 0, distinctCount: 0, missingText: "", ...column };
}

export function schemaOf(...columns: (Pick<ColumnSchema, "name" | "type"> & Partial<ColumnSchema>)[]): TableSchema {
  return { version: 1, rowCount: 0, columns: columns.map(columnSchema) };
}

/** A row of fully declared columns, one of each kind, and of what does not fit them. */
export type KnownRow = readonly [color: string | null, age: string | null, day: string | null, flag: string | null];

export const KNOWN_SCHEMA = schemaOf(
  { name: "color", type: "category", levels: ["red", "green", "blue"] },
  { name: "age", type: "integer", decimals: 0, bounds: { min: 0, max: 120 } },
  { name: "day", type: "date", dateFormat: "YYYY-MM-DD", bounds: { min: "2020-01-01", max: "2020-12-31" } },
  { name: "flag", type: "boolean", spellings: ["no", "yes"] },
);

export const knownRow: fc.Arbitrary<KnownRow> = fc.tuple(
  fc.constantFrom("red", "green", "blue", "mauve", null),
  fc.oneof(fc.integer({ min: -5, max: 200 }).map(String), fc.constantFrom("4.5", "old", null)),
  fc.oneof(
    fc
      .integer({ min: 0, max: 400 })
      .map((day) => new Date(Date.UTC(2020, 0, 1) + day * 864e5).toISOString().slice(0, 10)),
    fc.constantFrom("01.02.2020", null),
  ),
  fc.constantFrom("no", "yes", "maybe", null),
);

export function knownTable(rows: readonly KnownRow[]): Table {
  return textTable({
    color: rows.map(([color]) => color),
    age: rows.map(([, age]) => age),
    day: rows.map(([, , day]) => day),
    flag: rows.map(([, , , flag]) => flag),
  });
}
