import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { formatBytes, formatDuration, formatRate, formatTable, wrapText } from "../../src/cli/format-text.js";

describe("words for people", () => {
  it.each([
    [0, "0.0 s"],
    [949, "0.9 s"],
    [9949, "9.9 s"],
    [9960, "10 s"],
    [59_400, "59 s"],
    [59_600, "1 min 0 s"],
    [80_000, "1 min 20 s"],
    [3_599_000, "59 min 59 s"],
    [7_500_000, "2 h 5 min"],
  ])("%d ms are %j", (milliseconds, words) => {
    expect(formatDuration(milliseconds)).toBe(words);
  });

  it("spells rates and sizes", () => {
    expect([formatRate(0.84), formatRate(61.4), formatRate(12_345)]).toEqual(["0.8/s", "61/s", "12,345/s"]);
    expect([formatBytes(3), formatBytes(812_300), formatBytes(1_640_000)]).toEqual(["1 kB", "812 kB", "1.6 MB"]);
  });

  it("aligns columns, numbers to the right", () => {
    const rows = [
      ["name", "count"],
      ["a", "7"],
    ];
    expect(formatTable(rows, [1])).toEqual(["name  count", "a         7"]);
  });

  it("wraps without losing or cutting a word", () => {
    const words = fc.array(fc.stringMatching(/^\S{1,12}$/), { minLength: 1 });
    fc.assert(
      fc.property(words, fc.integer({ min: 20, max: 60 }), (list, width) => {
        const lines = wrapText(list.join(" "), width, "  ");
        expect(lines.map((line) => line.slice(2)).join(" ")).toBe(list.join(" "));
        for (const line of lines) expect(line.length).toBeLessThanOrEqual(width);
      }),
    );
  });
});
