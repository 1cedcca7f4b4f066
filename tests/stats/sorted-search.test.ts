import fc from "fast-check";
import { expect, it } from "vitest";
import { countAtMost, countBelow } from "../../src/stats/sorted-search.js";

it("counts the entries below, and at or below, a value as a plain count does", () => {
  const small = fc.integer({ min: -4, max: 4 });
  fc.assert(
    fc.property(fc.array(small, { maxLength: 12 }), small, (values, value) => {
      const sorted = Float64Array.from(values).sort();
      expect(countBelow(sorted, value)).toBe(values.filter((entry) => entry < value).length);
      expect(countAtMost(sorted, value)).toBe(values.filter((entry) => entry <= value).length);
    }),
  );
});
