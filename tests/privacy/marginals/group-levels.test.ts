import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { groupLevels } from "../../../src/privacy/marginals/group-levels.js";

const ordered = { field: 2, kind: "ordered" as const };
const named = { field: 2, kind: "named" as const };

describe("groupLevels", () => {
  it("leaves few levels as they are", () => {
    expect(groupLevels({ ...named, counts: Float64Array.of(5, 1, 0) }, 3)).toEqual({ field: 2, groups: 3 });
  });

  it("makes runs of neighbours, spikes and missing values by themselves", () => {
    const counts = Float64Array.of(10, 10, 500, 10, 10, 10, 10, 7);
    const { groups, groupOf } = groupLevels({ ...ordered, counts, missingLevel: 7 }, 5);
    expect([...groupOf!]).toEqual([0, 0, 1, 2, 2, 3, 3, 4]);
    expect(groups).toBe(5);
  });

  it("keeps the most frequent categories, the others together, missing values apart", () => {
    const counts = Float64Array.of(1, 90, 2, 80, 3, 0);
    const { groups, groupOf } = groupLevels({ ...named, counts, missingLevel: 5 }, 4);
    expect([...groupOf!]).toEqual([2, 0, 2, 1, 2, 3]);
    expect(groups).toBe(4);
  });

  it("has no empty group, never more than asked for, and neighbours in one run", () => {
    const levels = fc.array(fc.nat(1000), { minLength: 1, maxLength: 60 });
    fc.assert(
      fc.property(
        levels,
        fc.integer({ min: 2, max: 17 }),
        fc.boolean(),
        fc.boolean(),
        (counted, most, isOrdered, hasMissing) => {
          const counts = Float64Array.from(counted);
          const missing = hasMissing ? { missingLevel: counts.length - 1 } : {};
          const { groups, groupOf } = groupLevels({ ...(isOrdered ? ordered : named), counts, ...missing }, most);
          expect(groups).toBeLessThanOrEqual(Math.max(1, most));
          const used = [...(groupOf ?? counts.keys())];
          expect(new Set(used).size).toBe(groups);
          if (isOrdered) expect(used).toEqual([...used].sort((a, b) => a - b));
        },
      ),
    );
  });
});
