import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  decodeOneHot,
  encodeOneHot,
  fieldsOfOneHot,
  fitOneHot,
  oneHotSchema,
  RARE_CATEGORY,
} from "../../src/encode/one-hot.js";
import type { BooleanColumn, TextColumn } from "../../src/table/column.js";
import { booleanColumn, textColumn, textsOf } from "./columns.js";

function repeat(text: string | null, times: number): (string | null)[] {
  return new Array<string | null>(times).fill(text);
}

function roundTrip(column: TextColumn | BooleanColumn, minCategoryCount: number): (string | null)[] {
  const encoding = fitOneHot(column, false, minCategoryCount);
  return textsOf(decodeOneHot(encoding, encodeOneHot(encoding, column)) as TextColumn | BooleanColumn);
}

describe("one-hot", () => {
  it("orders levels by frequency, then by name, the missing level last", () => {
    const column = textColumn("job", [...repeat("b", 5), ...repeat("a", 5), ...repeat("z", 9), null]);
    const encoding = fitOneHot(column, false, 5);
    expect(encoding.categories).toEqual(["z", "a", "b"]);
    expect(encoding.rare).toBe(false);
    expect(fieldsOfOneHot(encoding)).toEqual([{ kind: "discrete", name: "job", levels: 4, missingLevel: 3 }]);
  });

  it("folds categories seen in fewer than minCategoryCount rows into one level, even a single one", () => {
    const column = textColumn("job", [...repeat("clerk", 6), ...repeat("cook", 5), ...repeat("spy", 4), "king", null]);
    const encoding = fitOneHot(column, false, 5);
    expect(encoding.categories).toEqual(["clerk", "cook"]);
    expect(JSON.stringify(encoding)).not.toMatch(/spy|king/);
    expect(roundTrip(column, 5)).toEqual([
      ...repeat("clerk", 6),
      ...repeat("cook", 5),
      ...repeat(RARE_CATEGORY, 5),
      null,
    ]);
    const single = textColumn("job", [...repeat("clerk", 6), "king"]);
    expect(roundTrip(single, 5).at(-1)).toBe("_RARE_");
  });

  it("decodes every value seen often enough, and every missing value, to itself", () => {
    fc.assert(
      fc.property(
        fc.array(fc.option(fc.string({ maxLength: 2 })), { minLength: 1 }),
        fc.integer({ min: 1, max: 6 }),
        (values, least) => {
          const counts = new Map<string | null, number>();
          for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
          const expected = values.map((value) =>
            value === null || counts.get(value)! >= least ? value : RARE_CATEGORY,
          );
          expect(roundTrip(textColumn("c", values), least)).toEqual(expected);
        },
      ),
    );
  });

  it("maps what training rows did not have to the rare level, else to the most frequent level", () => {
    const folded = fitOneHot(textColumn("c", [...repeat("a", 9), ...repeat("b", 7), "rare"]), true, 5);
    expect([...encodeOneHot(folded, textColumn("c", ["new", "b", null, "a"]))]).toEqual([2, 1, 3, 0]);
    const plain = fitOneHot(textColumn("c", [...repeat("a", 7), ...repeat("b", 9)]), false, 5);
    expect([...encodeOneHot(plain, textColumn("c", ["new", null, "a"]))]).toEqual([0, 0, 1]);
    expect(plain.categories[0]).toBe("b");
  });

  it("has a missing level where the schema asks for one though no row is missing", () => {
    const encoding = fitOneHot(textColumn("c", repeat("a", 5)), true, 5);
    expect(fieldsOfOneHot(encoding)).toEqual([{ kind: "discrete", name: "c", levels: 2, missingLevel: 1 }]);
  });

  it("keeps both values of a boolean, however rare, and its spellings", () => {
    const column = booleanColumn("flag", [true, ...new Array<boolean>(20).fill(false), null], ["off", "on"]);
    const encoding = fitOneHot(column, false, 5);
    expect(encoding.rare).toBe(false);
    const decoded = decodeOneHot(encoding, encodeOneHot(encoding, column)) as BooleanColumn;
    expect(decoded).toEqual(column);
  });

  it("keeps a category apart that is really spelled _RARE_", () => {
    const column = textColumn("c", [...repeat(RARE_CATEGORY, 5), ...repeat("a", 6), "king"]);
    expect(roundTrip(column, 5)).toEqual([...repeat(RARE_CATEGORY, 5), ...repeat("a", 6), RARE_CATEGORY]);
  });

  it("needs 16 bits a row for more than 256 levels", () => {
    const values = Array.from({ length: 600 }, (_, i) => `v${i % 300}`);
    const encoding = fitOneHot(textColumn("c", values), false, 1);
    const codes = encodeOneHot(encoding, textColumn("c", values));
    expect(codes).toBeInstanceOf(Uint16Array);
    expect(textsOf(decodeOneHot(encoding, codes) as TextColumn)).toEqual(values);
  });

  it("is plain JSON that its schema accepts", () => {
    const encoding = fitOneHot(textColumn("c", ["a", null]), false, 1);
    expect(oneHotSchema.parse(JSON.parse(JSON.stringify(encoding)))).toEqual(encoding);
  });
});
