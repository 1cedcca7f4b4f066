import { describe, expect, it } from "vitest";
import { makeRandom } from "../../src/core/random.js";
import { JACKKNIFE_GROUPS, jackknifeError, jackknifeGroups } from "../../src/stats/jackknife.js";

describe("jackknifeError", () => {
  it("is the standard error of a mean when each row is a group (by hand: variance 5/3 over 4 rows)", () => {
    const rows = [1, 2, 3, 4];
    const leaveOut = rows.map((without) => (10 - without) / 3);
    expect(jackknifeError(leaveOut)).toBeCloseTo(Math.sqrt(5 / 3 / 4), 12);
  });

  it("is 0 where no group matters", () => {
    expect(jackknifeError([2, 2, 2])).toBe(0);
  });

  it("covers the true mean in about 95 of 100 samples", () => {
    const random = makeRandom(5);
    let covered = 0;
    for (let trial = 0; trial < 400; trial++) {
      const values = Float64Array.from({ length: 200 }, () => random.normal());
      const groups = jackknifeGroups(200, random)!;
      const mean = (kept: Float64Array) => kept.reduce((sum, value) => sum + value, 0) / kept.length;
      const leaveOut = Array.from({ length: JACKKNIFE_GROUPS }, (_, group) =>
        mean(values.filter((_, row) => groups[row] !== group)),
      );
      if (Math.abs(mean(values)) <= 1.96 * jackknifeError(leaveOut)) covered++;
    }
    // Ten groups: Student's t with 9 degrees, so some 92 %.
    expect(covered / 400).toBeGreaterThan(0.88);
    expect(covered / 400).toBeLessThan(0.97);
  });
});

describe("jackknifeGroups", () => {
  it("makes ten groups of equal size, at random", () => {
    const groups = jackknifeGroups(1003, makeRandom(1))!;
    const counts = Array.from({ length: 10 }, (_, group) => groups.filter((value) => value === group).length);
    expect(counts).toEqual([101, 101, 101, 100, 100, 100, 100, 100, 100, 100]);
    expect([...groups.subarray(0, 10)]).not.toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
  });

  it("are none with fewer than 50 rows", () => {
    expect(jackknifeGroups(49, makeRandom(1))).toBeUndefined();
  });
});
