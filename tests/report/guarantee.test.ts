import { describe, expect, it } from "vitest";
import { spendingShares } from "../../src/evaluate/contract/guarantee-schema.js";
import { reportSchema } from "../../src/evaluate/report-schema.js";
import { renderMarkdown } from "../../src/report/render-markdown.js";
import {
  type PrivateFacts,
  renderPrivateNotShareable,
  renderPrivateReadme,
} from "../../src/report/render-private-readme.js";
import { renderReport } from "../../src/report/render-report.js";
import { serializeReport } from "../../src/report/report-json.js";
import { HOSTILE_NAMES, makeReport } from "./fixture.js";
import { makePrivacyRecord, makeReportGuarantee } from "./fixture-guarantee.js";

const report = { ...makeReport(), guarantee: makeReportGuarantee() };
const seeded = { ...makeReport(), guarantee: makeReportGuarantee({ noise: "seeded" }) };
const page = renderReport(report, { title: "adult" });

const FACTS: PrivateFacts = {
  name: "adult",
  rows: 26049,
  columns: 15,
  guarantee: report.guarantee,
  shareable: true,
  command: "synth share adult.csv --epsilon 1",
  version: "0.1.0",
  preset: "balanced",
  omitted: [],
  withheld: "adult-synthetic-report-not-private",
};

describe("the guarantee of a report", () => {
  it("counts entries by changes / scale^2: 1 / 2^2, 3 / 2^2 and 4 / 1^2 are 5, 15 and 80 %", () => {
    const entry = (changes: number, scale: number) => ({ ...makePrivacyRecord().ledger[0]!, changes, scale });
    expect(spendingShares([entry(1, 2), entry(3, 2), entry(4, 1)])).toEqual([0.05, 0.15, 0.8]);
  });

  it("says in report.json first what it covers, then the rest of the report", () => {
    expect(reportSchema.parse(report)).toEqual(report);
    expect(serializeReport(report).split("\n").slice(1, 4)).toEqual([
      '  "version": 2,',
      '  "guarantee": {',
      '    "covers": "the synthetic rows and the model they were drawn from; no figure that is computed on real rows, as those of a report are",',
    ]);
  });

  it("has no epsilon where the noise was seeded, so that no limit on it is kept", () => {
    expect(seeded.guarantee.epsilon).toEqual({ status: "unavailable", reason: expect.stringContaining("a seed") });
    expect(seeded.guarantee.spent.value).toBeUndefined();
  });

  it("stands on the page before the figures: promise, ledger with shares, assumptions, what is not covered", () => {
    const section = /<section id="guarantee"[\s\S]*?<\/section>/.exec(page)![0];
    expect(page.indexOf(section)).toBeLessThan(page.indexOf('<section id="summary"'));
    expect(section).toContain("Differentially private: epsilon 1, delta 1e-5");
    // (e + 1e-5) / (e + 1) = .731
    expect(section).toContain("guesses right at most 73.1\u00A0% of the time");
    expect(section.match(/<tr>/g)).toHaveLength(6);
    expect(section).toContain("σ = 38.6</td>");
    // 91 / 38.6^2 = .0611 of .0731
    expect(section).toContain("83.6\u00A0%");
    expect(section).toContain("1.11\u00A0%, delta 1e-6");
    expect(section).toContain("spend epsilon 0.9988 of 1 at delta 1e-5");
    expect(section).toContain("between 32,768 and 65,536 rows is public");
    expect(section).toContain("k rows are protected by k times epsilon");
  });

  it("says above everything that the figures are not covered, on the page and in Markdown", () => {
    const notice = page.indexOf("Not covered by the guarantee.");
    expect(notice).toBeGreaterThan(0);
    expect(notice).toBeLessThan(page.indexOf("<h1>"));
    const markdown = renderMarkdown(report, { title: "adult" });
    expect(markdown.split("\n")[0]).toContain("Not covered by the guarantee of differential privacy");
    expect(markdown).toContain("| counts of single columns | discrete Gaussian | 15 | σ = 45.7 | 9.83\u00A0% |");
  });

  it("promises nothing where the noise was seeded, in red", () => {
    const section = /<section id="guarantee"[\s\S]*?<\/section>/.exec(renderReport(seeded))![0];
    expect(section).toContain('<div class="verdict bad">');
    expect(section).toContain("<h3>Not private: seeded</h3>");
    expect(section).not.toContain("guesses right");
    expect(section).not.toMatch(/spend epsilon/);
  });

  it("leaves a report without one as it was", () => {
    const plain = renderReport(makeReport());
    expect(plain).not.toContain('id="guarantee"');
    expect(renderMarkdown(makeReport(), { title: "adult" }).startsWith("## Audit of")).toBe(true);
  });

  it("lets no hostile name become markup", () => {
    const [name] = HOSTILE_NAMES;
    const guarantee = makeReportGuarantee({ target: name!, assumptions: [`The levels of ${name} are public.`] });
    expect(renderReport({ ...makeReport(), guarantee })).not.toContain(name);
    expect(renderPrivateReadme({ ...FACTS, guarantee })).not.toContain(name);
  });
});

describe("renderPrivateReadme", () => {
  const text = renderPrivateReadme(FACTS);

  it("says what is promised, told, assumed, not covered and withheld", () => {
    expect(text.match(/^#+ .*$/gm)).toEqual([
      "# Synthetic data: adult",
      "## What is promised",
      "## What was told about the real rows",
      "## What is taken as public, and was not paid for",
      "## What is not covered",
      "## What is withheld, and why",
      "## How it was made",
      "## Files",
      "## What it must not be used for",
    ]);
    expect(text).toContain("**Differentially private: epsilon 1, delta 1e-5.**");
    expect(text).toContain("one yes or no which the guarantee does not cover");
    expect(text).toContain("`adult-synthetic-report-not-private`");
    expect(text).not.toMatch(/undefined|NaN|NOT SHAREABLE/);
  });

  it("says that the folder must not be handed out, but not why", () => {
    const marked = renderPrivateReadme({ ...FACTS, shareable: false });
    expect(marked.split("\n")[2]).toMatch(/^\*\*NOT SHAREABLE\.\*\* The release policy is not met/);
    expect(renderPrivateNotShareable("adult", FACTS.withheld)).toContain(
      "finds it in `adult-synthetic-report-not-private`",
    );
    const broken = renderPrivateReadme({ ...FACTS, shareable: false, guarantee: seeded.guarantee });
    expect(broken.split("\n")[2]).toContain("The noise was seeded, so nothing is promised");
    expect(broken).not.toContain("Everything in this folder is covered");
  });
});
