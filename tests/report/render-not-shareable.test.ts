import { describe, expect, it } from "vitest";
import type { Report } from "../../src/evaluate/report-schema.js";
import { renderNotShareable } from "../../src/report/render-not-shareable.js";
import { HOSTILE_NAMES } from "./fixture.js";

const release: Report["release"] = {
  shareable: false,
  policy: "strict",
  failures: [
    {
      code: "E_RELEASE_INFERENCE",
      message: 'The value of "income" can be guessed.',
      figure: "privacy.inference.risk",
      columns: ["income", "job"],
      groups: ['"city" is "Rome"'],
      advice: "Round numbers.",
    },
    { code: "E_RELEASE_TOO_FEW_ROWS", message: "There are too few rows." },
  ],
  rules: [
    {
      figure: "privacy.inference.risk",
      code: "E_RELEASE_INFERENCE",
      end: "low",
      atMost: 0.05,
      why: "Because.",
      outcome: "fails",
      value: 0.31416,
      low: 0.123456,
      high: 0.5,
    },
    { figure: "privacy.dcrShare", end: "low", atMost: 0.52, outcome: "holds", value: 0.5 },
    { figure: "privacy.outlierProximity.risk", end: "low", atMost: 0.05, outcome: "not computed" },
  ],
};

describe("renderNotShareable", () => {
  it("says which rule failed, by which figure, in which columns and groups, and what to try", () => {
    const text = renderNotShareable({ release }, "adult");
    expect(text.split("\n")[0]).toBe("# NOT SHAREABLE: adult");
    expect(text).toContain("release policy `strict`");
    expect(text).toContain("There are 2 reasons; 1 rule holds, 1 could not be computed.");
    expect(text).toContain("## 1. `E_RELEASE_INFERENCE`");
    expect(text).toContain(
      "- Figure: `privacy.inference.risk` is 0.3142 (0.1235 to 0.5); its low end must be at most 0.05",
    );
    expect(text).toContain("- Columns, the worst first: `income`, `job`");
    expect(text).toContain('- Groups, the worst first: "city" is "Rome"');
    expect(text).toContain("- What to try: Round numbers.");
    expect(text).toContain("## 2. `E_RELEASE_TOO_FEW_ROWS`\n\nThere are too few rows.");
  });

  it("keeps hostile names inside code", () => {
    const failures = [
      {
        ...release.failures[0]!,
        message: HOSTILE_NAMES.join(" "),
        columns: [...HOSTILE_NAMES],
        groups: [...HOSTILE_NAMES],
      },
    ];
    const text = renderNotShareable({ release: { ...release, failures } }, "<script>a</script>\n# x");
    const outside = text.replace(/(`+)(?!`)[^\n]*?[^`]\1(?!`)/g, "");
    expect(outside).not.toMatch(/(?<!\\)<(script|img|svg|b)/);
    expect(text.match(/^# /gm)).toHaveLength(1);
  });
});
