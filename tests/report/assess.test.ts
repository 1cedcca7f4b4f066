import { describe, expect, it } from "vitest";
import {
  assessCloseness,
  assessDetection,
  assessMatches,
  assessScore,
  assessUtility,
  keptUtility,
} from "../../src/report/assess.js";

describe("assessScore", () => {
  it("judges by the distance from the ceiling, without one from 1", () => {
    expect(assessScore({ value: 0.9, ceiling: 0.89 })).toEqual({ level: "good", word: "As close as chance allows" });
    expect(assessScore({ value: 0.9, ceiling: 0.89, aboveCeiling: "beyond noise" }).level).toBe("caution");
    expect(assessScore({ value: 0.9, ceiling: 0.915 }).level).toBe("good");
    expect(assessScore({ value: 0.9, ceiling: 0.96 }).level).toBe("caution");
    expect(assessScore({ value: 0.9, ceiling: 0.99 }).level).toBe("bad");
    expect(assessScore({ value: 0.9 }).level).toBe("bad");
    expect(assessScore({ value: 0.99 }).level).toBe("good");
  });

  it("compares like for like where held-out rows are fewer", () => {
    expect(assessScore({ value: 0.99, ceiling: 0.95, matched: 0.86 }).level).toBe("bad");
  });
});

describe("assessDetection", () => {
  it("knows guessing, telling apart and copies on both sides", () => {
    expect([0.4, 0.5, 0.6, 0.7, 0.9].map((value) => assessDetection({ value }).level)).toEqual([
      "caution",
      "good",
      "good",
      "caution",
      "bad",
    ]);
  });
});

describe("keptUtility", () => {
  it("is the share of the advantage over the baseline", () => {
    expect(keptUtility({ value: 0.9 }, { value: 1 }, { value: 0.5 })).toBeCloseTo(0.8, 12);
    expect(keptUtility({ value: 0.9 }, { value: 0.5 }, { value: 0.5 })).toBeUndefined();
    expect(keptUtility({ status: "unavailable" }, { value: 1 }, { value: 0.5 })).toBeUndefined();
    expect([undefined, 0.95, 0.8, 0.2].map((kept) => assessUtility(kept).level)).toEqual([
      "unknown",
      "good",
      "caution",
      "bad",
    ]);
  });
});

describe("assessCloseness", () => {
  it("calls copying only what the interval proves", () => {
    expect(assessCloseness({ value: 0.509, low: 0.501, high: 0.517 }).level).toBe("good");
    expect(assessCloseness({ value: 0.526, low: 0.505, high: 0.548 })).toEqual({
      level: "good",
      word: "Within the policy’s limit",
    });
    expect(assessCloseness({ value: 0.56, low: 0.53, high: 0.59 }).level).toBe("bad");
    expect(assessCloseness({ status: "unavailable" }).level).toBe("unknown");
  });
});

describe("assessMatches", () => {
  it("judges by the excess, else by held-out rows, else not at all", () => {
    const share = { value: 0.06, low: 0.058, high: 0.062 };
    expect(assessMatches(share, { value: 0.02, low: 0.01 }).level).toBe("bad");
    expect(assessMatches(share, { value: 0.001, low: -0.001 }).level).toBe("good");
    expect(assessMatches({ ...share, ceiling: 0.07 }, undefined).level).toBe("good");
    expect(assessMatches({ ...share, ceiling: 0.01 }, undefined).level).toBe("caution");
    expect(assessMatches(share, undefined).level).toBe("unknown");
  });
});
