import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  decodeGroupedCategories,
  encodeGroupedCategories,
  fieldsOfGroupedCategories,
  type GroupedCategoriesEncoding,
  groupCategories,
  groupedCategoriesSchema,
} from "../../src/encode/grouped-categories.js";
import { fitOneHot, RARE_CATEGORY } from "../../src/encode/one-hot.js";
import type { TextColumn } from "../../src/table/column.js";
import { textColumn, textsOf } from "./columns.js";

function fitTo(column: TextColumn, missing = false): GroupedCategoriesEncoding {
  const encoding = groupCategories(fitOneHot(column, missing, 5));
  if (encoding.kind !== "grouped-categories") throw new Error("400 categories and fewer have one field");
  return encoding;
}

/** `count` towns, town 0 in 6 rows, each other in 5. */
function makeTowns(count: number, more: readonly (string | null)[] = []): TextColumn {
  const rows = Array.from({ length: 5 * count }, (_, i) => `town ${i % count}`);
  return textColumn("town", [...rows, "town 0", ...more]);
}

describe("grouped categories", () => {
  it("stay one field up to 400 categories", () => {
    expect(groupCategories(fitOneHot(makeTowns(400), false, 5)).kind).toBe("one-hot");
    expect(groupCategories(fitOneHot(makeTowns(401), false, 5)).kind).toBe("grouped-categories");
  });

  it("give 100,000 levels 256 direct ones, 390 groups and 257 positions", () => {
    const dictionary = Array.from({ length: 100_000 }, (_, i) => `v${i}`);
    const output = { kind: "text", missingText: "" } as const;
    const oneHot = { kind: "one-hot", name: "c", output, categories: dictionary, rare: true, missing: true } as const;
    const encoding = groupCategories({ ...oneHot, categories: [...dictionary] });
    if (encoding.kind !== "grouped-categories") throw new Error("two fields");
    // 99,744 others in ceil(99,744 / 256) = 390 groups of 256; a rare and a missing level; a level for none.
    expect(fieldsOfGroupedCategories(encoding)).toEqual([
      { kind: "discrete", name: "c", levels: 256 + 390 + 2, missingLevel: 647 },
      { kind: "discrete", name: "c, position in the group", levels: 257 },
    ]);
    const column = {
      kind: "text",
      name: "c",
      missingText: "",
      dictionary,
      codes: Int32Array.from(dictionary, (_, i) => i),
    } as const;
    const [first, second] = encodeGroupedCategories(encoding, column);
    expect(textsOf(decodeGroupedCategories(encoding, first!, second!) as TextColumn)).toEqual(dictionary);
  });

  it("come back, rare ones as the rare level, missing ones missing, whatever the table", () => {
    const cells = fc.array(fc.option(fc.integer({ min: 0, max: 700 })), { minLength: 1, maxLength: 200 });
    fc.assert(
      fc.property(cells, fc.integer({ min: 401, max: 650 }), (extra, count) => {
        const column = makeTowns(count, [
          ...extra.map((town) => (town === null ? null : `town ${town}`)),
          null,
          "a village",
        ]);
        const encoding = fitTo(column);
        const [first, second] = encodeGroupedCategories(encoding, column);
        const published = new Set([...encoding.direct, ...encoding.grouped]);
        const expected = textsOf(column).map((text) => (text === null || published.has(text) ? text : RARE_CATEGORY));
        expect(textsOf(decodeGroupedCategories(encoding, first!, second!) as TextColumn)).toEqual(expected);
        expect(JSON.stringify(encoding)).not.toContain("village");
      }),
      { numRuns: 30 },
    );
  });

  it("put neighbours in code-unit order into one group", () => {
    const { grouped, groupSize } = fitTo(makeTowns(1000));
    expect(grouped).toEqual([...grouped].sort());
    expect(groupSize).toBe(248);
  });

  it("decode any pair of levels: a position beyond the last group's end begins it anew", () => {
    const encoding = fitTo(makeTowns(769, [null]));
    // 513 others in 3 groups of 171: every group is full; with 514 in 3 of 172 the last has 170.
    expect([encoding.grouped.length, encoding.groupSize]).toEqual([513, 171]);
    const uneven = fitTo(makeTowns(770, [null]));
    expect([uneven.grouped.length, uneven.groupSize]).toEqual([514, 172]);
    const decode = (level: number, position: number): string | null =>
      textsOf(decodeGroupedCategories(uneven, Uint16Array.of(level), Uint16Array.of(position)) as TextColumn)[0]!;
    expect(decode(258, 170)).toBe(uneven.grouped[344]);
    expect(decode(258, 172)).toBe(uneven.grouped[346]);
    expect(decode(256, 172)).toBe(uneven.grouped[0]);
    expect(decode(0, 5)).toBe("town 0");
    expect(decode(259, 3)).toBeNull();
  });

  it("give what training rows did not have the most frequent level where there is no rare or missing one", () => {
    const encoding = fitTo(makeTowns(500));
    expect([encoding.rare, encoding.missing]).toEqual([false, false]);
    const [first, second] = encodeGroupedCategories(encoding, textColumn("town", ["nowhere", null]));
    expect([[...first!], [...second!]]).toEqual([
      [0, 0],
      [encoding.groupSize, encoding.groupSize],
    ]);
    expect(encoding.direct[0]).toBe("town 0");
  });

  it("are plain JSON that their schema accepts", () => {
    const encoding = fitTo(makeTowns(500), true);
    expect(groupedCategoriesSchema.parse(JSON.parse(JSON.stringify(encoding)))).toEqual(encoding);
  });
});
