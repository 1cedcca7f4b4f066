import { describe, expect, it } from "vitest";
import { makeRandom } from "../../../src/core/random.js";
import type { EncodedTable } from "../../../src/encode/field.js";
import { makeNumberPlacer } from "../../../src/encode/relations/number-placer.js";
import {
  decodeTable,
  encodeTable,
  fieldsOf,
  fitTableEncoding,
  type TableEncoding,
  tableEncodingSchema,
} from "../../../src/encode/table-encoding.js";
import { inferSchema } from "../../../src/schema/infer-schema.js";
import type { NumberColumn } from "../../../src/table/column.js";
import { makeTable, type Table } from "../../../src/table/table.js";
import { numberColumn } from "../columns.js";
import { makeAmounts } from "./amounts.js";

const OPTIONS = {
  numbers: "quantile-bins",
  minCategoryCount: 5,
  bins: 64,
  levelsPerNumber: 150,
  maxModes: 10,
} as const;

function fitTo(table: Table): TableEncoding {
  return fitTableEncoding(table, inferSchema(table), OPTIONS, makeRandom(1));
}

function valuesOf(table: Table, name: string): Float64Array {
  return (table.columns.find((column) => column.name === name) as NumberColumn).values;
}

/** The encoded rows with a copy that holds (equality first) drawn in place of the ordinary level, their numbers placed; rows placed in calls of `step` rows. */
function roundTripCopies(encoding: TableEncoding, table: Table, order: readonly number[], step: number): EncodedTable {
  const encoded = encodeTable(encoding, table, makeRandom(2));
  const fields = fieldsOf(encoding);
  const codes = encoded.fields.map((data) => Uint32Array.from(data));
  const placer = makeNumberPlacer(encoding, table.rowCount, makeRandom(3));
  const known = new Set<number>();
  for (const index of order) {
    const field = fields[index]!;
    const copies = field.kind === "discrete" ? (field.copies ?? []) : [];
    const relations = encoding.relations!.filter(({ column }) => column === field.name);
    const nearFirst = [...copies.entries()].sort(([a], [b]) => (relations[a]!.kind < relations[b]!.kind ? 1 : -1));
    for (const [r, copy] of nearFirst) {
      if (!known.has(copy.source)) continue;
      for (let row = 0; row < table.rowCount; row++) {
        if ((encoded.copies![index]![row]! >>> r) & 1) codes[index]![row] = copy.level;
      }
    }
    for (let row = 0; row < table.rowCount; row += step)
      placer.place(index, row, codes[index]!.subarray(row, row + step));
    known.add(index);
  }
  return { rowCount: table.rowCount, fields: codes, numbers: placer.numbers() };
}

describe("relations between numbers", () => {
  const table = makeAmounts(8000);
  const encoding = fitTo(table);
  const named = encoding.relations!.map((relation) =>
    relation.kind === "equal"
      ? `${relation.column} = ${relation.source}`
      : `${relation.column} ${relation.low}-${relation.high} ${relation.source}`,
  );

  it("are found in both directions where they were planted, with their shares, and nowhere else", () => {
    expect(named).toEqual(
      expect.arrayContaining(["paid = bill", "bill = paid", "next 1.01-1.04 bill", "bill 0.96-0.99 next"]),
    );
    expect(named.filter((name) => name.includes("other"))).toEqual([]);
    const equal = encoding.relations!.find(({ kind, column }) => kind === "equal" && column === "paid")!;
    expect(equal.share).toBeCloseTo(0.3, 1);
  });

  it("become the last levels of their fields", () => {
    const [bill, paid] = fieldsOf(encoding);
    if (bill?.kind !== "discrete" || paid?.kind !== "discrete") throw new Error("numbers are discrete fields");
    const own = encoding.columns[1]!;
    const ordinary = own.kind === "quantile-bins" ? own.levels.length + (own.missing ? 1 : 0) : 0;
    expect(paid.levels).toBe(ordinary + paid.copies!.length);
    expect(paid.copies!.map(({ level }) => level)).toEqual(paid.copies!.map((_, i) => ordinary + i));
    expect(paid.copies![0]).toEqual({ level: ordinary, source: 0 });
  });

  it("are marked in the rows where they hold: not where both are 0, nor where one is missing", () => {
    const rows = makeTable([
      numberColumn("bill", [500, 500, 0, null, 500], 2),
      numberColumn("paid", [500, 501, 0, null, null], 2),
      numberColumn("next", [1, 1, 1, 1, 1], 2),
      numberColumn("other", [1, 1, 1, 1, 1], 2),
    ]);
    const paid = fieldsOf(encoding)[1]!;
    const equal = paid.kind === "discrete" ? paid.copies!.findIndex(({ source }) => source === 0) : -1;
    const { copies } = encodeTable(encoding, rows, makeRandom(1));
    expect(Array.from(copies![1]!, (bits) => (bits >>> equal) & 1)).toEqual([1, 0, 0, 0, 0]);
    expect(copies![3]).toBeUndefined();
  });

  it("come back: a copied number is the source's to the cent, whatever the order", () => {
    const equal = table.columns[0] as NumberColumn;
    for (const order of [
      [0, 1, 2, 3],
      [3, 2, 1, 0],
    ]) {
      const encoded = roundTripCopies(encoding, table, order, 1000);
      const decoded = decodeTable(encoding, encoded, makeRandom(4));
      const [bill, paid] = [valuesOf(decoded, "bill"), valuesOf(decoded, "paid")];
      const share = bill.filter((value, row) => value === paid[row]).length / bill.length;
      const real = equal.values.filter((value, row) => value === valuesOf(table, "paid")[row]).length / bill.length;
      expect(Math.abs(share - real)).toBeLessThan(0.01);
      const again = encodeTable(encoding, decoded, makeRandom(2));
      expect(encoded.fields.slice(0, 3).map((codes) => [...codes])).toEqual(
        again.fields.slice(0, 3).map((codes) => [...codes]),
      );
    }
  });

  it("are placed alike however the rows are split over calls", () => {
    const whole = roundTripCopies(encoding, table, [0, 1, 2, 3], 8000);
    expect(roundTripCopies(encoding, table, [0, 1, 2, 3], 617)).toEqual(whole);
  });

  it("keep a near number in its ratio class and off equality", () => {
    const { relations } = encoding;
    const r = relations!.filter(({ column }) => column === "next").findIndex(({ kind }) => kind === "near");
    const relation = relations!.filter(({ column }) => column === "next")[r]!;
    if (relation.kind !== "near") throw new Error("a near relation");
    const next = fieldsOf(encoding)[2]!;
    const copy = next.kind === "discrete" ? next.copies![r]! : undefined;
    const bills = encodeTable(encoding, table, makeRandom(2)).fields[copy!.source]!;
    const placer = makeNumberPlacer(encoding, table.rowCount, makeRandom(3));
    placer.place(copy!.source, 0, Uint32Array.from(bills));
    placer.place(2, 0, new Uint32Array(table.rowCount).fill(copy!.level));
    const [source, numbers] = [placer.numbers()[copy!.source]!, placer.numbers()[2]!];
    const inside = numbers.filter((value, row) => {
      const ratio = value / source[row]!;
      return ratio >= relation.low && ratio <= relation.high && value !== source[row];
    });
    expect(inside.length / numbers.length).toBeGreaterThan(0.995);
  });

  it("give a copy of a missing number the most frequent level, never a number out of nowhere", () => {
    const placer = makeNumberPlacer(encoding, 1, makeRandom(3));
    const paid = fieldsOf(encoding)[1]!;
    const codes = Uint32Array.of(paid.kind === "discrete" ? paid.copies![0]!.level : 0);
    placer.place(1, 0, codes);
    expect(codes[0]).toBe((encoding.columns[1] as { fallback: number }).fallback);
  });

  it("are plain JSON with names, edges and rounded shares", () => {
    expect(tableEncodingSchema.parse(JSON.parse(JSON.stringify(encoding)))).toEqual(encoding);
    for (const { share } of encoding.relations!) expect(Math.round(share * 1000)).toBeCloseTo(share * 1000, 9);
  });

  it("are none among independent numbers of one scale, and none with mode-specific normalization", () => {
    const random = makeRandom(5);
    const independent = makeTable(
      ["a", "b", "c"].map((name) =>
        numberColumn(
          name,
          Array.from({ length: 5000 }, () => Math.round(1000 + 100 * random.normal())),
        ),
      ),
    );
    expect(fitTo(independent).relations).toBeUndefined();
    const few = makeAmounts(400);
    expect(fitTo(few).relations).toBeDefined();
    const modes = fitTableEncoding(few, inferSchema(few), { ...OPTIONS, numbers: "mode-specific" }, makeRandom(1));
    expect(modes.relations).toBeUndefined();
  });
});
