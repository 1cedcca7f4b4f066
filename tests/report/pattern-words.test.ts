import { describe, expect, it } from "vitest";
import type { PatternCondition } from "../../src/evaluate/report-schema.js";
import { conditionsWords, patternSentence } from "../../src/report/pattern-words.js";

const say = (conditions: readonly PatternCondition[]) =>
  conditionsWords(conditions)
    .map(({ text }) => text)
    .join("");

describe("patternSentence", () => {
  const conditions: PatternCondition[] = [
    { column: "age", relation: "up to", values: ["24"] },
    { column: "marital-status", relation: "is", values: ["Married"] },
    { column: "income", relation: "is", values: [">50K"] },
  ];

  it("says what rows have in common and how often on each side", () => {
    const parts = patternSentence({ conditions, synthetic: { value: 0.041 }, real: { value: 0.003 } });
    expect(parts.map(({ text }) => text).join("")).toBe(
      "Among synthetic rows 4.10\u00A0% have age up to 24, marital-status “Married” and income “>50K”; among real rows 0.30\u00A0%.",
    );
    expect(parts.filter(({ kind }) => kind !== "words").map(({ kind, text }) => `${kind} ${text}`)).toEqual([
      "name age",
      "value 24",
      "name marital-status",
      "value Married",
      "name income",
      "value >50K",
    ]);
  });

  it("says that a share is unknown, never 0", () => {
    const parts = patternSentence({ conditions, synthetic: { value: 0.041 }, real: { status: "unavailable" } });
    expect(parts.at(-1)?.text).toBe("; among real rows an unknown share.");
  });

  it("has words for every relation", () => {
    expect(say([{ column: "a", relation: "from", values: ["1", "2"] }])).toBe("a from 1 to 2");
    expect(say([{ column: "a", relation: "above", values: ["2"] }])).toBe("a above 2");
    expect(say([{ column: "a", relation: "is missing", values: [] }])).toBe("a missing");
    expect(say([{ column: "a", relation: "is known", values: [] }])).toBe("a known");
    expect(say([{ column: "a", relation: "is", values: ["x", "y", "z"] }])).toBe("a “x”, “y” or “z”");
    expect(say([{ column: "a", relation: "is not", values: ["x"] }])).toBe("a other than “x”");
  });
});
