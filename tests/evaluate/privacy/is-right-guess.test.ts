import { describe, expect, it } from "vitest";
import { isRightGuess } from "../../../src/evaluate/privacy/is-right-guess.js";

const MISSING = Number.POSITIVE_INFINITY;

describe("isRightGuess", () => {
  const number = { kind: "number" as const, range: 100 };

  it("takes a number as right within 5 % of the secret's magnitude, negative secrets too", () => {
    expect(isRightGuess(105, 100, number)).toBe(true);
    expect(isRightGuess(105.1, 100, number)).toBe(false);
    expect(isRightGuess(-95, -100, number)).toBe(true);
    expect(isRightGuess(-200, -100, number)).toBe(false);
    expect(isRightGuess(-100, 100, number)).toBe(false);
    expect(isRightGuess(0, 0, number)).toBe(true);
    expect(isRightGuess(0.01, 0, number)).toBe(false);
  });

  it("takes a missing value as right for a missing secret alone", () => {
    expect(isRightGuess(MISSING, MISSING, number)).toBe(true);
    expect(isRightGuess(MISSING, 1, number)).toBe(false);
    expect(isRightGuess(1, MISSING, number)).toBe(false);
  });

  it("wants the same category, and a date within 1 % of the range", () => {
    expect(isRightGuess(100, 101, { kind: "category", range: 0 })).toBe(false);
    expect(isRightGuess(1_000_001, 1_000_000, { kind: "date", range: 100 })).toBe(true);
    expect(isRightGuess(1_000_002, 1_000_000, { kind: "date", range: 100 })).toBe(false);
  });
});
