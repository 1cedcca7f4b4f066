import { describe, expect, it } from "vitest";
import { makeRandom } from "../../src/core/random.js";
import { jackknifeGroups } from "../../src/stats/jackknife.js";
import { leaveOutCorrelations } from "../../src/stats/leave-out-correlations.js";
import { pearsonCorrelation } from "../../src/stats/pearson-correlation.js";

const random = makeRandom(3);
const x = Float64Array.from({ length: 300 }, () => random.normal());
const y = x.map((value, row) => (row % 7 === 0 ? Number.NaN : value + random.normal()));

describe("leaveOutCorrelations", () => {
  it("is Pearson's correlation of all rows, and of the rows outside each group", () => {
    const groups = jackknifeGroups(300, random.fork("groups"))!;
    const { whole, leaveOut } = leaveOutCorrelations(x, y, groups);
    expect(whole).toBeCloseTo(pearsonCorrelation(x, y), 12);
    expect(leaveOut).toHaveLength(10);
    leaveOut.forEach((part, group) => {
      const keep = (_: number, row: number) => groups[row] !== group;
      expect(part).toBeCloseTo(pearsonCorrelation(x.filter(keep), y.filter(keep)), 12);
    });
  });

  it("leaves nothing out without groups", () => {
    expect(leaveOutCorrelations(x, y, undefined)).toEqual({ whole: pearsonCorrelation(x, y), leaveOut: [] });
  });
});
