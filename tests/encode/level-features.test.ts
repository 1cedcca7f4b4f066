import { describe, expect, it } from "vitest";
import { makeRandom } from "../../src/core/random.js";
import { levelFeatures, PHI_WIDTH } from "../../src/encode/level-features.js";
import { fieldsOf, fitTableEncoding } from "../../src/encode/table-encoding.js";
import { inferSchema } from "../../src/schema/infer-schema.js";
import { makeTable } from "../../src/table/table.js";
import { numberColumn, textColumn } from "./columns.js";
import { makeAmounts } from "./relations/amounts.js";

const OPTIONS = {
  numbers: "quantile-bins",
  minCategoryCount: 5,
  bins: 64,
  levelsPerNumber: 150,
  maxModes: 10,
} as const;

describe("level features", () => {
  it("are place, standardised value, asinh value and cosines of each level; zeros for a missing one", () => {
    const values = Array.from({ length: 50 }, (_, i) => (i % 5 === 4 ? null : 10 * (i % 5)));
    const table = makeTable([
      textColumn(
        "c",
        values.map((value) => (value === 0 ? "a" : "b")),
      ),
      numberColumn("n", values),
      numberColumn(
        "three",
        values.map((_, i) => i % 3),
      ),
    ]);
    const encoding = fitTableEncoding(table, inferSchema(table), OPTIONS, makeRandom(1));
    const [category, features, three] = levelFeatures(encoding, [
      [10, 40],
      [10, 10, 10, 10, 10],
      [17, 17, 16],
    ]);
    expect(category).toBeUndefined();
    expect(three).toBeUndefined();
    expect(features).toHaveLength(5 * PHI_WIDTH);
    // Levels 0, 10, 20, 30 of ten rows each: mid-cdf 1/8, 3/8, 5/8, 7/8; mean 15, variance 125; median 20 (the first at .5), mean
    // distance 10, so asinh of -2, -1, 0, 1.
    const column = (feature: number) => [0, 1, 2, 3].map((level) => features![level * PHI_WIDTH + feature]!);
    expect(column(0)).toEqual([-0.75, -0.25, 0.25, 0.75]);
    expect(column(1).map((x) => x * Math.sqrt(125))).toEqual([-15, -5, 5, 15].map((x) => expect.closeTo(x, 4)));
    const bent = [-2, -1, 0, 1].map(Math.asinh);
    const centre = (bent[0]! + bent[1]! + bent[2]! + bent[3]!) / 4;
    expect(column(2)).toEqual(bent.map((x) => expect.closeTo((x - centre) / (bent[3]! - centre), 5)));
    expect(column(3)).toEqual([1, 3, 5, 7].map((k) => expect.closeTo(Math.cos((Math.PI * k) / 8), 6)));
    expect(column(PHI_WIDTH - 1)).toEqual([1, 1, 1, 1]);
    expect([...features!.subarray(4 * PHI_WIDTH)]).toEqual(new Array(PHI_WIDTH).fill(0));
  });

  it("have rows of zeros for copy levels", () => {
    const table = makeAmounts(2000);
    const encoding = fitTableEncoding(table, inferSchema(table), OPTIONS, makeRandom(1));
    const fields = fieldsOf(encoding);
    const counts = fields.map((field) => new Float64Array(field.kind === "discrete" ? field.levels : 0).fill(1));
    for (const [i, features] of levelFeatures(encoding, counts).entries()) {
      const field = fields[i]!;
      if (field.kind !== "discrete") throw new Error("numbers are discrete fields");
      expect(features).toHaveLength(field.levels * PHI_WIDTH);
      expect(features!.every((x) => Math.abs(x) <= 5)).toBe(true);
      for (const { level } of field.copies ?? []) {
        expect(features!.subarray(level * PHI_WIDTH, (level + 1) * PHI_WIDTH).some((x) => x !== 0)).toBe(false);
      }
    }
  });
});
