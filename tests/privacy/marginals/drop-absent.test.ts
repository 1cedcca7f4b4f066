import { describe, expect, it } from "vitest";
import type { OneHotEncoding } from "../../../src/encode/one-hot.js";
import type { QuantileBinsEncoding } from "../../../src/encode/quantile-bins.js";
import { dropAbsent } from "../../../src/privacy/marginals/drop-absent.js";

const text = { kind: "text", missingText: "" } as const;
const category = (...categories: string[]): OneHotEncoding => ({
  kind: "one-hot",
  name: "c",
  output: text,
  categories,
  rare: true,
  missing: true,
});
const SIGMA = 10;

describe("dropAbsent", () => {
  it.each([
    ["both", [500, 2, 30, -4], { rare: false, missing: false }, [0, 1]],
    ["the rare level", [500, 2, 29, 31], { rare: false, missing: true }, [0, 1, 3]],
    ["the missing level", [500, 2, 31, 30], { rare: true, missing: false }, [0, 1, 2]],
    ["neither", [500, -2, 31, 31], { rare: true, missing: true }, [0, 1, 2, 3]],
  ])("drops %s within three sigmas of 0, and never a category", (_, counts, flags, levels) => {
    const kept = dropAbsent(category("a", "b"), counts, SIGMA);
    expect(kept).toMatchObject({ column: flags, levels });
  });

  it("drops the missing level of numbers, which then are the most frequent one", () => {
    const numbers: QuantileBinsEncoding = {
      kind: "quantile-bins",
      name: "n",
      output: { kind: "number", decimals: 0, missingText: "" },
      lattice: { step: 1, divisor: 1 },
      levels: [1, 2, 3],
      missing: true,
      fallback: 0,
    };
    expect(dropAbsent(numbers, [40, 50, 45, 12], SIGMA)).toMatchObject({
      column: { missing: false, fallback: 1 },
      levels: [0, 1, 2],
    });
    expect(dropAbsent(numbers, [40, 50, 45, 31], SIGMA).column).toBe(numbers);
  });

  it("leaves a column at least one level", () => {
    expect(dropAbsent(category(), [3, 5], SIGMA).levels).toEqual([0, 1]);
    expect(dropAbsent({ ...category(), rare: false }, [3], SIGMA).levels).toEqual([0]);
  });
});
