import { describe, expect, it } from "vitest";
import { renderReadme, type ShareFacts } from "../../src/report/render-readme.js";
import { HOSTILE_NAMES, makeReport } from "./fixture.js";

const FACTS: ShareFacts = {
  name: "adult",
  rows: 32561,
  columns: 15,
  command: "synth share adult.csv -o out/adult",
  seed: 1,
  version: "0.1.0",
  preset: "balanced",
  minCategoryCount: 5,
};

describe("renderReadme", () => {
  it("says what it is, how it was made, what was found and what it is not for", () => {
    const text = renderReadme(makeReport(), FACTS);
    expect(text.match(/^#+ .*$/gm)).toEqual([
      "# Synthetic data: adult",
      "## What the audit found",
      "## How it was made",
      "## Files",
      "## What it must not be used for",
    ]);
    expect(text).toContain("32,561 rows and 15 columns");
    expect(text).toContain("**Good.**");
    expect(text).toContain("**May be shared**");
    expect(text).toContain(
      "| Column shapes (100\u00A0% = as in the real table) | 99.46\u00A0% | 99.34–99.57\u00A0% | 99.37\u00A0% |",
    );
    expect(text).toContain("preset `balanced`, seed 1");
    expect(text).toContain("    synth share adult.csv -o out/adult\n");
    expect(text).toContain("- `record_id`: an identifier");
    expect(text).toContain("fewer than 5 training rows");
    expect(text).not.toContain("NOT SHAREABLE");
    expect(text).toContain("drawn from `model.synth` without end");
  });

  it("leads with why a table must not be shared, and shows no 0 for what is unavailable", () => {
    const text = renderReadme(makeReport({ holdout: false }), FACTS);
    expect(text.split("\n")[2]).toMatch(/^\*\*NOT SHAREABLE\.\*\* .*\(NOT-SHAREABLE\.md\)/);
    expect(text).toContain("| `NOT-SHAREABLE.md` |");
    expect(text).toContain("**Not to be shared**");
    expect(text).toContain("(`E_RELEASE_NO_HOLDOUT`)");
    expect(text).toContain("| unavailable: no held-out rows were given | – | – |");
    expect(text.indexOf("Not to be shared")).toBeLessThan(text.indexOf("## What the audit found"));
  });

  it("says what was dropped and that the model is not there, where copies were filtered", () => {
    const text = renderReadme(makeReport(), { ...FACTS, filtered: { minDistance: 0, likelihoodRatio: 1.0256 } });
    expect(text).toContain("Rows that equal single training rows were dropped");
    expect(text).toContain("at most 1.026 times likelier");
    expect(text).not.toContain("`model.synth`");
  });

  it("keeps hostile names inside code and their table", () => {
    const omitted = HOSTILE_NAMES.map((name) => ({ name, reason: "<b>because</b> | `why`" }));
    const report = makeReport({ names: [...HOSTILE_NAMES, "a|b"], columns: HOSTILE_NAMES.length + 1 });
    const text = renderReadme(report, { ...FACTS, name: "<script>a</script>\n# x", omitted });
    const outside = text.replace(/(`+)(?!`)[^\n]*?[^`]\1(?!`)/g, "");
    expect(outside).not.toMatch(/(?<!\\)<(script|img|svg|b)/);
    expect(text).toContain("\\<b\\>because\\</b\\> \\| \\`why\\`");
    expect(text.match(/^# /gm)).toHaveLength(1);
    expect(text).toContain("of `a\\|b`");
  });
});
