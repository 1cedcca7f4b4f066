import { describe, expect, it } from "vitest";
import { makeRandom } from "../../src/core/random.js";
import {
  decodeIdentifier,
  encodeIdentifier,
  fieldsOfIdentifier,
  fitIdentifier,
  identifierSchema,
} from "../../src/encode/identifier.js";
import type { NumberColumn, TextColumn } from "../../src/table/column.js";
import { numberColumn, textColumn, textsOf } from "./columns.js";

function makeIds(texts: readonly string[], rows: number, firstRow = 0): string[] {
  const encoding = fitIdentifier(textColumn("id", texts), false, 5, makeRandom(1));
  return textsOf(decodeIdentifier(encoding, undefined, { rowCount: rows, firstRow }) as TextColumn) as string[];
}

const invoices = Array.from({ length: 400 }, (_, i) => `AB-${String(31 * i).padStart(5, "0")}`);
const random = makeRandom(8);
const uuids = Array.from({ length: 200 }, () =>
  [8, 4, 4, 4, 12].map((length) => Array.from({ length }, () => random.integer(16).toString(16)).join("")).join("-"),
);

describe("identifiers", () => {
  it("count numbers from 1, on from the first row of a shard", () => {
    const encoding = fitIdentifier(numberColumn("id", [90, 17, 55]), false, 5, makeRandom(1));
    expect([...(decodeIdentifier(encoding, undefined, { rowCount: 3, firstRow: 0 }) as NumberColumn).values]).toEqual([
      1, 2, 3,
    ]);
    expect([...(decodeIdentifier(encoding, undefined, { rowCount: 2, firstRow: 7 }) as NumberColumn).values]).toEqual([
      8, 9,
    ]);
  });

  it("have as many digits as the real numbers, from four on", () => {
    const rows = { rowCount: 12_000, firstRow: 0 };
    const decode = (real: readonly number[]): number[] => {
      const encoding = fitIdentifier(numberColumn("id", real), false, 5, makeRandom(1));
      return [...(decodeIdentifier(encoding, undefined, rows) as NumberColumn).values];
    };
    expect(decode([10_017, 10_018, 10_020]).slice(0, 2)).toEqual([10_000, 10_001]);
    const scattered = decode([2_017, 9_000, 5_555]);
    expect(new Set(scattered).size).toBe(12_000);
    expect(scattered.slice(0, 9_000).every((id) => id >= 1_000 && id < 10_000)).toBe(true);
    expect(scattered[1]! - scattered[0]!).not.toBe(1);
  });

  it("are missing where a field says so, which is learned", () => {
    const column = textColumn("id", ["a1", null, "a2", "a3", "a4", "a5"]);
    const encoding = fitIdentifier(column, false, 5, makeRandom(1));
    expect(fieldsOfIdentifier(encoding)).toMatchObject([{ levels: 2, missingLevel: 1 }]);
    const codes = encodeIdentifier(encoding, column);
    expect(codes).toEqual([Uint8Array.of(0, 1, 0, 0, 0, 0)]);
    const decoded = decodeIdentifier(encoding, codes[0], { rowCount: 6, firstRow: 0 }) as TextColumn;
    expect(textsOf(decoded).map((text) => text === null)).toEqual([false, true, false, false, false, false]);
  });

  it("keep what few characters a place has, as the 8, 9, a, b of a UUID", () => {
    const real = uuids.map((id, i) => `${id.slice(0, 19)}${"89ab"[i % 4]}${id.slice(20)}`);
    for (const id of makeIds(real, 500)) expect("89ab").toContain(id[19]);
  });

  it("follow the pattern of the real ones", () => {
    expect(makeIds(invoices, 2000).every((id) => /^AB-\d{5}$/.test(id))).toBe(true);
    for (const id of makeIds(uuids, 500))
      expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/);
    const names = Array.from({ length: 60 }, (_, i) =>
      i % 2
        ? `smi${String.fromCharCode(97 + (i % 26))}0${i % 10}`
        : `jones${String.fromCharCode(97 + (i % 26))}${10 + i}`,
    );
    for (const id of makeIds(names, 100)) expect(id).toMatch(/^(smi[a-z]0\d|jones[a-z]\d{2})$/);
  });

  it("are unique, across shards too", () => {
    const whole = makeIds(invoices, 5000);
    expect(new Set(whole).size).toBe(5000);
    expect([...makeIds(invoices, 3000), ...makeIds(invoices, 2000, 3000)]).toEqual(whole);
    expect(new Set(makeIds(uuids, 5000)).size).toBe(5000);
  });

  it("stay unique beyond what a pattern can spell", () => {
    const short = Array.from({ length: 10 }, (_, i) => `x${i}`);
    const ids = makeIds(short, 25);
    expect(new Set(ids).size).toBe(25);
    expect(ids.slice(0, 10).sort()).toEqual(short);
    expect(ids[10]).toMatch(/^x\d-1$/);
  });

  it("differ wholly between rows even where texts are long", () => {
    const heads = makeIds(uuids, 300).map((id) => id.slice(0, 8));
    expect(new Set(heads).size).toBeGreaterThan(290);
  });

  it("are counted where no length is seen in minCategoryCount rows", () => {
    expect(makeIds(["a", "bb", "ccc"], 3)).toEqual(["1", "2", "3"]);
  });

  it("keep no real value: none is in the JSON, and a hit among the new ones is chance", () => {
    const encoding = fitIdentifier(textColumn("id", uuids), false, 5, makeRandom(1));
    const text = JSON.stringify(encoding);
    for (const id of uuids) expect(text).not.toContain(id.slice(0, 8));
    const real = new Set(uuids);
    expect(makeIds(uuids, 1000).filter((id) => real.has(id))).toEqual([]);
    expect(identifierSchema.parse(JSON.parse(text))).toEqual(encoding);
  });
});
