import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { makeSearchGrid, searchGrid } from "../../src/encode/search-grid.js";
import { countAtMost } from "../../src/stats/sorted-search.js";

describe("a search grid", () => {
  it("counts the walls at or below a value like a binary search, at the walls too, whatever its cells", () => {
    const anyNumber = fc.double({ noNaN: true });
    fc.assert(
      fc.property(
        fc.array(fc.oneof(fc.integer({ min: -9, max: 9 }), anyNumber), { maxLength: 60 }),
        fc.array(anyNumber),
        fc.integer({ min: 1, max: 300 }),
        (numbers, others, cells) => {
          const walls = Float64Array.from(numbers.filter(Number.isFinite)).sort();
          const grid = makeSearchGrid(walls, cells);
          for (const value of [...walls, ...others]) expect(searchGrid(grid, value)).toBe(countAtMost(walls, value));
        },
      ),
    );
  });
});
