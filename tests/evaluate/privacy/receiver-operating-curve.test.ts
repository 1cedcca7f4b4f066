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
    const high = Float64Array.from({ length: 2000 }, (_, i) => 2000 + i);
    const low = Float64Array.from({ length: 2000 }, (_, i) => i);
    const apart = membershipCurve(high, low, random.fork("b"));
    expect(apart.auc).toMatchObject({ value: 1, low: 1, high: 1, n: 4000 });
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

  it("counts the members above so many others that a new one would stand there once in a hundred", () => {
    // Of 199 others, 2 = .01 * 200: members above the second highest count, 197.5 and 198.5 but not 196.5
    const others = Float64Array.from({ length: 199 }, (_, i) => i);
    const members = Float64Array.from({ length: 199 }, () => 0)
      .fill(197.5, 0, 30)
      .fill(196.5, 30, 50);
    expect(
      membershipCurve(members, Float64Array.of(...others, -1), random.fork("i")).truePositivesAt1Percent.value,
    ).toBe(30 / 199);
  });

  it("guesses 1 % on average for scores that know nothing, however few the rows", () => {
    const values = Array.from({ length: 100 }, (_, i) => {
      const curve = membershipCurve(normals(250, 0), normals(250, 0), random.fork(`j${i}`));
      return curve.truePositivesAt1Percent.value!;
    });
    // 2 / 251 = .008 expected, standard error of the mean about .0008; counting whole alarms gave .0119
    expect(values.reduce((a, b) => a + b) / 100).toBeCloseTo(0.008, 2);
    expect(values.reduce((a, b) => a + b) / 100).toBeLessThan(0.01);
  });

  it("says so where so few others are there that a rate would hang on one of them", () => {
    const curve = membershipCurve(normals(1999, 0), normals(1999, 0), random.fork("h"));
    expect(curve.truePositivesAt1Percent.status).toBe("ok");
    expect(curve.truePositivesAt01Percent).toMatchObject({
      status: "unavailable",
      reason: expect.stringMatching(/needs 2,000 held-out rows to attack; there are 1,999/),
    });
    expect(membershipCurve(normals(199, 0), normals(199, 0), random.fork("h")).truePositivesAt1Percent.reason).toMatch(
      /needs 200 /,
    );
  });
});
