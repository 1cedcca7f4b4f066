import { describe, expect, it } from "vitest";
import type { Report } from "../../src/evaluate/report-schema.js";
import { renderMarkdown } from "../../src/report/render-markdown.js";
import { privacySection } from "../../src/report/sections/privacy.js";
import { HOSTILE_NAMES, makeReport } from "./fixture.js";
import { makePrivacy } from "./fixture-privacy.js";

const sectionOf = (report: Report) => privacySection(report).text;

describe("the privacy section", () => {
  const drawn = sectionOf(makeReport());
  const headings = [...drawn.matchAll(/<h3>(.*?)<\/h3>/g)].map((match) => match[1]);

  it("answers two questions before anything else, then says how sure it is and what it cannot see", () => {
    expect(headings.slice(0, 5)).toEqual([
      "Could someone find out that a person was in the data?",
      "Could they learn something about a person?",
      "How sure is this?",
      "What the audit cannot see",
      "The checks behind the answers",
    ]);
  });

  it("draws attack, control and baseline of every attack, and every risk with its limit", () => {
    const rates = /<svg class="chart rate-plot[\s\S]*?<\/svg>/.exec(drawn)![0];
    expect(rates.match(/<title>attack: /g)).toHaveLength(6);
    expect(rates.match(/<title>control: /g)).toHaveLength(5);
    expect(rates.match(/<title>baseline: /g)).toHaveLength(6);
    const risks = /<svg class="chart risk-plot[\s\S]*?<\/svg>/.exec(drawn)![0];
    expect(risks.match(/<path class="mark"/g)).toHaveLength(6);
  });

  it("shows the riskiest fifteen guesses with a drawing and folds the others", () => {
    const table = /aria-label="Columns as secrets"[\s\S]*?<\/table>/.exec(drawn)![0];
    expect(table.match(/<tr>/g)).toHaveLength(16);
    expect(table.match(/<svg class="chart dot-strip"/g)).toHaveLength(15);
    const names = Array.from({ length: 500 }, (_, i) => `measurement_${i}`);
    const wide = sectionOf({ ...makeReport(), privacy: makePrivacy(true, names) });
    expect(wide).toContain("which are less risky, stand in <code>report.json</code>");
    expect(Buffer.byteLength(wide)).toBeLessThan(160_000);
  });

  it("says how quasi-identifiers were chosen and how to choose them, and how without any", () => {
    expect(drawn).toContain("taken by the columns’ names: ");
    expect(drawn).toContain("--quasi-identifiers age,sex,zip");
    const report = makeReport();
    delete report.privacy.disclosure;
    expect(sectionOf(report)).toContain("were not computed: they need <b>quasi-identifiers</b>");
  });

  it("lists every rule with limit, figure and outcome, failures first with columns, groups and what to try", () => {
    const report = makeReport();
    report.release.shareable = false;
    report.release.rules![4]!.outcome = "fails";
    report.release.failures = [
      {
        code: "E_RELEASE_MEMBERSHIP",
        message: "People are recognised.",
        columns: ["<i>age</i>"],
        groups: ["outliers"],
        advice: "Fewer epochs.",
      },
    ];
    const failing = sectionOf(report);
    expect(failing).toContain("Where: column <b><bdi>&lt;i&gt;age&lt;/i&gt;</bdi></b>, <b><bdi>outliers</bdi></b>.");
    expect(failing).toContain("<b>What to try:</b> Fewer epochs.");
    const rules = /aria-label="Rules of the release policy"[\s\S]*?<\/table>/.exec(failing)![0];
    expect(rules.match(/<tr>/g)).toHaveLength(11);
    expect(/<tbody><tr>.*?<code>(.*?)<\/code>/.exec(rules)![1]).toBe("privacy.membership.attack");
  });

  it("warns of held-out rows that stand in training, and of missing ones", () => {
    expect(drawn).toContain("23 held-out rows (0.14\u00A0% of them beyond chance) stand in the training table too.");
    expect(sectionOf(makeReport({ holdout: false }))).toContain("No held-out rows were given.");
  });

  it("draws reports of older versions: no groups, no disclosure, no rules", () => {
    const bare = sectionOf(makeReport({ bare: true }));
    expect(bare).not.toContain("Which groups of people?");
    expect(bare).not.toContain("rule by rule");
    expect(bare).not.toMatch(/undefined|NaN|Infinity/);
  });

  it("lets no hostile column or category become markup, on the page and in Markdown", () => {
    const hostile = makeReport({ names: HOSTILE_NAMES });
    const tags = (text: string) => new Set([...text.matchAll(/<(\/?[a-zA-Z!][^\s>/]*)/g)].map((match) => match[1]));
    const known = tags(drawn);
    expect([...tags(sectionOf(hostile))].filter((tag) => !known.has(tag) && tag !== "i" && tag !== "/i")).toEqual([]);
    expect(drawn).toContain("&lt;b&gt;Never&lt;/b&gt; &amp; &quot;quoted&quot;");
    hostile.privacy.groups![3]!.dcrShare = { value: 0.8, low: 0.7, high: 0.9, n: 120, status: "ok" };
    hostile.release.rules = [];
    const markdown = renderMarkdown(hostile, { title: "x" });
    expect(markdown).toMatch(/- \*\*Could someone find out .*`<b>Never<\/b> & "quoted"`/);
  });
});
