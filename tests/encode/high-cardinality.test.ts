import { describe, expect, it } from "vitest";
import { makeRandom } from "../../src/core/random.js";
import { decodeTable, encodeTable, fieldsOf, fitTableEncoding } from "../../src/encode/table-encoding.js";
import { inferSchema } from "../../src/schema/infer-schema.js";
import type { TextColumn } from "../../src/table/column.js";
import { makeTable, type Table } from "../../src/table/table.js";
import { numberColumn } from "./columns.js";

const LEVELS = 50_000;
const ROWS = 300_000;
const MIN_COUNT = 5;

/** 50,000 products, of which the first half are bought ten times as often; one in thirty rows has none. */
function products(): Table {
  const random = makeRandom(3);
  const draw = (): number => {
    if (random.integer(30) === 0) return -1;
    return random.uniform() < 10 / 11 ? random.integer(LEVELS / 2) : LEVELS / 2 + random.integer(LEVELS / 2);
  };
  const codes = Int32Array.from({ length: ROWS }, draw);
  const dictionary = Array.from({ length: LEVELS }, (_, i) => `p${String(i).padStart(5, "0")}`);
  const product: TextColumn = { kind: "text", name: "product", missingText: "", codes, dictionary };
  const amounts = Array.from({ length: ROWS }, (_, i) => i % 7);
  return makeTable([product, numberColumn("amount", amounts)]);
}

describe("a category of 50,000 levels", () => {
  const table = products();
  const options = {
    numbers: "quantile-bins",
    minCategoryCount: MIN_COUNT,
    bins: 200,
    levelsPerNumber: 200,
    maxModes: 10,
  } as const;
  const encoding = fitTableEncoding(table, inferSchema(table), options, makeRandom(1));
  const product = table.columns[0] as TextColumn;
  const counts = new Uint32Array(LEVELS);
  for (const code of product.codes) if (code >= 0) counts[code]!++;
  const common = new Set(product.dictionary.filter((_, code) => counts[code]! >= MIN_COUNT));

  it("is two fields of a few hundred levels, not fifty thousand", () => {
    expect(encoding.columns[0]).toMatchObject({ kind: "grouped-categories", rare: true, missing: true });
    const [first, second] = fieldsOf(encoding).map((field) => (field.kind === "discrete" ? field.levels : 0));
    expect(first! + second!).toBeLessThan(1000);
  });

  it("costs four bytes a row at most, whatever the levels", () => {
    const encoded = encodeTable(encoding, table, makeRandom(1));
    const bytes = encoded.fields.slice(0, 2).reduce((sum, field) => sum + field.byteLength, 0);
    expect(bytes).toBeLessThanOrEqual(4 * ROWS);
    const decoded = decodeTable(encoding, encoded, makeRandom(2)).columns[0] as TextColumn;
    let wrong = 0;
    for (let row = 0; row < ROWS; row++) {
      const real = product.codes[row]! < 0 ? undefined : product.dictionary[product.codes[row]!]!;
      const expected = real === undefined || common.has(real) ? real : "_RARE_";
      const found = decoded.codes[row]! < 0 ? undefined : decoded.dictionary[decoded.codes[row]!];
      if (expected !== found) wrong++;
    }
    expect(wrong).toBe(0);
  });

  it("publishes no level of fewer than five rows", () => {
    const text = JSON.stringify(encoding);
    const published = new Set(text.match(/p\d{5}/g));
    expect(published.size).toBe(common.size);
    expect([...published].every((level) => common.has(level))).toBe(true);
  });
});
