import { describe, expect, it } from "vitest";
import type { CommandContext } from "../../src/cli/command-runner.js";
import { summarizeReport } from "../../src/cli/summarize-report.js";
import type { Report } from "../../src/evaluate/report-schema.js";
import { makeReport } from "../report/fixture.js";

/** The lines for a terminal of this width. */
function linesOf(report: Report, columns: number, options = {}): string[] {
  const streams = { stderr: { columns, isTTY: false }, env: {} };
  return summarizeReport(report, { streams } as unknown as CommandContext, options).split("\n");
}

describe("summarizeReport", () => {
  it("has figures with ceilings, the verdict, what gives rows away", () => {
    const text = linesOf(makeReport(), 120).join("\n");
    expect(text).toMatch(/^column shapes +[\d.]+\u00A0% +[\d.]+\u00A0% {2}100\u00A0% = as in the real table$/m);
    expect(text).toContain("Ceiling: what 16,281 held-out real rows reach.");
    expect(text).toMatch(/^verdict: /m);
    expect(text).toContain('most telling column: "age"; without it the AUC is 0.012 lower');
    expect(text).toMatch(/Among synthetic rows 4\.10\u00A0% have "age" up to 24/);
  });

  it("answers the two questions about privacy, a paragraph each", () => {
    const text = linesOf(makeReport(), 2000).join("\n");
    expect(text).toMatch(
      /^ {2}Could someone find out that a person was in the data\? No sign of it\. Of 1,000 people/m,
    );
    expect(text).toMatch(/^ {2}Could they learn something about a person\? No sign of it\. /m);
    expect(
      linesOf(makeReport({ holdout: false }), 2000)
        .join("\n")
        .match(/\? Not known\. /g),
    ).toHaveLength(2);
  });

  it("fits 80 columns: the meanings go, the reason of what is unavailable stays", () => {
    const lines = linesOf(makeReport({ holdout: false }), 80);
    expect(lines.filter((line) => line.length > 80 && !line.includes("unavailable"))).toEqual([]);
    expect(lines.join("\n")).toContain("no held-out rows were given");
    expect(lines.join("\n")).not.toMatch(/undefined|NaN/);
  });

  it("shows no control or bidirectional character of a value", () => {
    const report = makeReport();
    report.fidelity.c2st.tellTales!.patterns[0]!.conditions[0]!.values = ["\u202Ex\u001B[31m"];
    const text = linesOf(report, 120).join("\n");
    for (const character of ["\u202E", "\u001B"]) expect(text).not.toContain(character);
  });

  it("tells six differing columns one by one, and how many more there are", () => {
    const report = makeReport();
    const differ = (count: number) => {
      report.tables.differences = Array.from({ length: count }, (_, at) => ({
        name: `c${at}`,
        problem: "missing in synthetic",
        message: `column "c${at}": the synthetic table does not have it`,
      }));
      return linesOf(report, 120).filter((line) => line.includes("tables differ"));
    };
    expect(differ(7)).toHaveLength(7);
    expect(differ(20)).toHaveLength(7);
    expect(differ(20)[6]).toContain("14 more columns, see the report");
  });

  it("of one of several tables leaves the figures to the table below", () => {
    const lines = linesOf(makeReport(), 120, { title: "a.csv" });
    expect(lines[1]).toBe("a.csv");
    expect(lines.join("\n")).not.toContain("column shapes");
  });
});
