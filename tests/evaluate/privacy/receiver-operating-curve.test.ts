import { describe, expect, it } from "vitest";
import { makeRandom } from "../../../src/core/random.js";
import { membershipCurve } from "../../../src/evaluate/privacy/receiver-operating-curve.js";

const random = makeRandom(5);
const normals = (count: number, shift: number) => Float64Array.from({ length: count }, () => random.normal() + shift);

describe("membershipCurve", () => {
  it("counts pairs, ties half: members 3 2, others 2 1 give 3.5 of 4", () => {
    expect(membershipCurve(Float64Array.of(3, 2), Float64Array.of(2, 1), random.fork("a")).auc.value).toBe(0.875);
  });

  it("is 1 for separated scores, 0 the other way round, .5 for equal ones", () => {
    const high = Float64Array.from({ length: 1000 }, (_, i) => 2000 + i);
    const low = Float64Array.from({ length: 1000 }, (_, i) => i);
    const apart = membershipCurve(high, low, random.fork("b"));
    expect(apart.auc).toMatchObject({ value: 1, low: 1, high: 1, n: 2000 });
    expect(apart.truePositivesAt1Percent.value).toBe(1);
    expect(apart.truePositivesAt01Percent.value).toBe(1);
    expect(membershipCurve(low, high, random.fork("c")).auc.value).toBe(0);
    expect(
      membershipCurve(
        low.map(() => 1),
        high.map(() => 1),
        random.fork("d"),
      ).auc.value,
    ).toBe(0.5);
    expect(
      membershipCurve(
        low.map(() => 1),
        high.map(() => 1),
        random.fork("d"),
      ).truePositivesAt1Percent.value,
    ).toBe(0);
  });

  it("has the normal shift model's AUC, Phi(1 / sqrt 2) = .7602, in an interval of the right width", () => {
    const { auc } = membershipCurve(normals(4000, 1), normals(4000, 0), random.fork("e"));
    expect(auc.low).toBeLessThan(0.7602);
    expect(auc.high).toBeGreaterThan(0.7602);
    // Hanley and McNeil 1982: se = .0054 for 4,000 against 4,000, so the interval is .021 wide
    expect(auc.high! - auc.low!).toBeGreaterThan(0.015);
    expect(auc.high! - auc.low!).toBeLessThan(0.027);
  });

  it("shows 3 % of members that are surely recognised in the low false positives, hardly in the AUC", () => {
    const members = normals(3000, 0);
    for (let i = 0; i < 90; i++) members[i] = 100 + i;
    const curve = membershipCurve(members, normals(3000, 0), random.fork("f"));
    expect(curve.auc.value).toBeLessThan(0.53);
    expect(curve.truePositivesAt1Percent.low).toBeGreaterThan(0.03);
    expect(curve.truePositivesAt01Percent.low).toBeGreaterThan(0.02);
  });

  it("is 1 % and .1 % of members for scores that know nothing", () => {
    const curve = membershipCurve(normals(20_000, 0), normals(20_000, 0), random.fork("g"));
    expect(curve.truePositivesAt1Percent.value).toBeCloseTo(0.01, 2);
    expect(curve.truePositivesAt1Percent.high).toBeLessThan(0.015);
    expect(curve.truePositivesAt01Percent.value).toBeLessThan(0.003);
  });

  it("says so where there are too few non-members for a rate", () => {
    const curve = membershipCurve(normals(500, 0), normals(500, 0), random.fork("h"));
    expect(curve.truePositivesAt1Percent.status).toBe("ok");
    expect(curve.truePositivesAt01Percent).toMatchObject({ status: "unavailable" });
  });
});
