import { describe, expect, it } from "vitest";
import {
  formatCount,
  formatDistance,
  formatFigure,
  formatInterval,
  formatPercent,
  formatPercentTick,
  formatPoints,
  formatScore,
  formatTick,
  formatTicks,
  keepPercent,
  truncateLabel,
  truncateLabels,
} from "../../src/report/format.js";

describe("format", () => {
  it("writes shares with two decimals near the ends, one in between", () => {
    expect([0, 0.0612, 0.507, 0.9946, 1].map(formatPercent)).toEqual([
      "0\u00A0%",
      "6.12\u00A0%",
      "50.7\u00A0%",
      "99.46\u00A0%",
      "100\u00A0%",
    ]);
  });

  it("never rounds a small share to 0 or a large one to 100", () => {
    expect(formatPercent(0.00001)).toBe("<0.01\u00A0%");
    expect(formatPercent(0.99999)).toBe(">99.99\u00A0%");
    expect(formatPercent(0.99994)).toBe("99.99\u00A0%");
    expect(formatPercent(-0.0002)).toBe("−0.02\u00A0%");
  });

  it("writes shares on an axis as briefly as they allow", () => {
    expect([0, 0.05, 0.125, 1].map(formatPercentTick)).toEqual(["0\u00A0%", "5\u00A0%", "12.5\u00A0%", "100\u00A0%"]);
  });

  it("writes scores, counts, distances and points", () => {
    expect(formatScore(0.51909)).toBe("0.519");
    expect(formatScore(-0.25)).toBe("−0.250");
    expect(formatCount(32561)).toBe("32,561");
    expect(formatCount(1234567)).toBe("1,234,567");
    expect([0, 0.03124, 0.00012].map(formatDistance)).toEqual(["0", "0.0312", "1.2e-4"]);
    expect([0.0021, -0.0013, 0].map(formatPoints)).toEqual(["+0.21 points", "−0.13 points", "0.00 points"]);
  });

  it("writes ticks without separators up to 10,000, so that years stay years", () => {
    expect([1994, 20000, 1.5e6, 2e9, 0.02, -5].map(formatTick)).toEqual(["1994", "20,000", "1.5M", "2B", "0.02", "−5"]);
  });

  it("never writes two ticks of one axis alike", () => {
    expect(formatTicks([1e6, 1.5e6, 2e6])).toEqual(["1M", "1.5M", "2M"]);
    expect(formatTicks([1000000, 1000100, 1000200])).toEqual(["1,000,000", "1,000,100", "1,000,200"]);
    expect(formatTicks([0.1234561, 0.1234562])).toEqual(["0.1234561", "0.1234562"]);
  });

  it("writes intervals with one unit, and with words below 0", () => {
    expect(formatInterval({ value: 0.5, low: 0.495, high: 0.518 }, formatPercent)).toBe("49.5–51.8\u00A0%");
    expect(formatInterval({ value: 0, low: -0.001, high: 0.002 }, formatPercent)).toBe("−0.10\u00A0% to 0.20\u00A0%");
    expect(formatInterval({ value: 0.5 }, formatPercent)).toBeUndefined();
  });

  it("says that a figure is unavailable instead of printing 0", () => {
    expect(formatFigure({ status: "unavailable", reason: "no rows" }, formatPercent)).toBe("unavailable");
  });

  it("cuts labels that would look alike in their middle", () => {
    const birds = ["Unknown bird - small", "Unknown bird - large", "Rock pigeon", "European starling"];
    expect(truncateLabels(birds, 14)).toEqual(["Unknow…small", "Unknow…large", "Rock pigeon", "European sta…"]);
  });

  it("keeps a number and its percent sign on one line", () => {
    expect(keepPercent("52.6 % of 10 rows, 5 %")).toBe("52.6\u00A0% of 10 rows, 5\u00A0%");
  });

  it("cuts labels between characters and counts wide scripts double", () => {
    expect(truncateLabel("relationship", 12)).toBe("relationship");
    expect(truncateLabel("relationship", 8)).toBe("relatio…");
    expect(truncateLabel("AIRPORT", 6)).toBe("AIRP…");
    expect(truncateLabel("収入と年齢", 10)).toBe("収入と年齢");
    expect(truncateLabel("収入と年齢", 9)).toBe("収入と年…");
    expect(truncateLabel("😀😀😀", 5)).toBe("😀😀…");
  });
});
