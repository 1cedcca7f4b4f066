import { describe, expect, it } from "vitest";
import { renderMarkdown } from "../../src/report/render-markdown.js";
import { HOSTILE_NAMES, makeReport } from "./fixture.js";

describe("renderMarkdown", () => {
  const report = makeReport();
  const text = renderMarkdown(report, { title: "adult.csv" });

  it("leads with the verdict, then figures with interval and ceiling", () => {
    expect(text.split("\n")[0]).toBe("## Audit of `adult.csv`");
    expect(text).toMatch(/^\*\*(Good|Use with caution|Do not rely on it)\.\*\* /m);
    expect(text).toMatch(/^\| Column shapes \(.+\) \| [\d.]+\u00A0% \| [\d.]+–[\d.]+\u00A0% \| [\d.]+\u00A0% \|$/m);
    expect(text).toMatch(/^\| Prediction of `[^`]+`, AUC \(/m);
    expect(text).toContain("Ceiling: what 16,281 held-out real rows reach.");
  });

  it("shows the five worst columns and pairs, the worst first", () => {
    const rows = (heading: string) => {
      const part = text.slice(text.indexOf(`### ${heading}`)).split("\n\n")[1]!;
      return part
        .split("\n")
        .slice(2)
        .map((row) => /^\| (.+?) \| /.exec(row)![1]);
    };
    const worst = report.fidelity.columns
      .filter(({ score }) => score.value !== undefined)
      .toSorted((a, b) => a.score.value! - b.score.value!)
      .slice(0, 5);
    expect(rows("Columns that differ most")).toEqual(worst.map(({ name }) => `\`${name}\``));
    expect(rows("Pairs that differ most")).toHaveLength(5);
  });

  it("says what gives synthetic rows away, as sentences", () => {
    const found = text.slice(text.indexOf("### What gives synthetic rows away"));
    expect(found).toMatch(/^- Among synthetic rows [\d.]+\u00A0% have `age` /m);
    expect(found).toMatch(/^Columns, by the AUC that hangs on them: `age` \(0\.\d+\)/m);
  });

  it("lists columns in which the tables differ", () => {
    const differing = {
      ...report,
      tables: {
        ...report.tables,
        differences: [
          { name: "a|b", problem: "missing in synthetic" as const, message: "only the training table has it" },
        ],
      },
    };
    expect(renderMarkdown(differing, { title: "x" })).toContain(
      "### Columns in which the tables differ\n\n- `a|b`: only the training table has it",
    );
  });

  it("says where ceilings come from, and shows reasons instead of 0", () => {
    const without = makeReport({ holdout: false });
    const words = (ceilings: "split" | "none") =>
      renderMarkdown({ ...without, tables: { ...without.tables, ceilings } }, { title: "x" });
    expect(words("split")).toContain("one half of the training table against the other");
    expect(words("none")).toContain("No ceiling");
    expect(words("none")).toContain("| unavailable: no held-out rows were given | – | – |");
    expect(words("none")).not.toMatch(/undefined|NaN/);
  });

  it("keeps hostile names and titles inside code", () => {
    const hostile = renderMarkdown(makeReport({ names: HOSTILE_NAMES }), { title: "<b>x</b>\n# y" });
    const outside = hostile.replace(/(`+)(?!`)[^\n]*?[^`]\1(?!`)/g, "");
    expect(outside).not.toMatch(/(?<!\\)<[a-z]/);
    expect(hostile.match(/^# /gm)).toBeNull();
  });

  it("draws a report of one column", () => {
    expect(renderMarkdown(makeReport({ columns: 1 }), { title: "x" })).not.toContain("Pairs that differ");
  });
});
