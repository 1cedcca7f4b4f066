import { describe, expect, it } from "vitest";
import { aboveCeiling } from "../../src/evaluate/above-ceiling.js";
import { makeFigure } from "../../src/evaluate/figure.js";

describe("aboveCeiling", () => {
  it("says nothing of a score that is not better", () => {
    expect(aboveCeiling(0, [0.1, 0.1])).toBeUndefined();
    expect(aboveCeiling(-0.5, [0.001, 0.001])).toBeUndefined();
  });

  it("says nothing where an error or the gain is not known", () => {
    expect(aboveCeiling(0.5, [0.1, undefined])).toBeUndefined();
    expect(aboveCeiling(0.5, [Number.NaN, 0.1])).toBeUndefined();
    expect(aboveCeiling(Number.NaN, [0.1, 0.1])).toBeUndefined();
  });

  it("compares the gain with 1.96 errors of the difference (by hand: errors 3 and 4 make 5, so 9.8)", () => {
    expect(aboveCeiling(9.79, [3, 4])).toBe("within noise");
    expect(aboveCeiling(9.81, [3, 4])).toBe("beyond noise");
  });
});

describe("makeFigure", () => {
  const errors = { error: 0.001, ceilingError: 0.001 };

  it("flags a score above its ceiling, and only that", () => {
    expect(makeFigure(0.99, { ...errors, ceiling: 0.95 }).aboveCeiling).toBe("beyond noise");
    expect(makeFigure(0.951, { ...errors, ceiling: 0.95 }).aboveCeiling).toBe("within noise");
    expect(makeFigure(0.94, { ...errors, ceiling: 0.95 })).not.toHaveProperty("aboveCeiling");
  });

  it("compares the score that has the ceiling's reference", () => {
    const matched = { matched: 0.94, matchedError: 0.001 };
    expect(makeFigure(0.99, { ...errors, ceiling: 0.95, ...matched })).not.toHaveProperty("aboveCeiling");
  });

  it("takes a smaller distance as the better one", () => {
    expect(makeFigure(0.01, { ...errors, ceiling: 0.05, better: "lower" }).aboveCeiling).toBe("beyond noise");
    expect(makeFigure(0.09, { ...errors, ceiling: 0.05, better: "lower" })).not.toHaveProperty("aboveCeiling");
  });

  it("says nothing without a ceiling or without errors", () => {
    expect(makeFigure(0.99, { error: 0.001 })).not.toHaveProperty("aboveCeiling");
    expect(makeFigure(0.99, { ceiling: 0.5 })).not.toHaveProperty("aboveCeiling");
    expect(makeFigure(0.99, { ...errors, ceiling: Number.NaN })).not.toHaveProperty("aboveCeiling");
  });
});
