import { describe, expect, it } from "vitest";
import type { Report } from "../../src/evaluate/report-schema.js";
import { judgeFigure } from "../../src/report/privacy/judge-figure.js";
import { privacyAnswers } from "../../src/report/privacy/privacy-answers.js";
import { makeReport } from "./fixture.js";

const text = (parts: readonly { readonly text: string }[]) => parts.map((part) => part.text).join("");

/** The fixture with a figure of the privacy part changed, and without rules, so that the limits of older reports hold. */
function changed(change: (privacy: Report["privacy"]) => void): Report {
  const report = makeReport();
  change(report.privacy);
  return { ...report, release: { shareable: true, failures: [] } };
}

describe("privacyAnswers", () => {
  it("finds no sign in a clean report, with people of 1,000 as the evidence", () => {
    const [membership, learning] = privacyAnswers(makeReport());
    expect(membership.level).toBe("good");
    expect(text(membership.evidence)).toBe(
      "Of 1,000 people who were in the data an attacker recognises 12 (6 to 19), while wrongly accusing 10 of 1,000 who were not; blind guessing finds 10.",
    );
    expect(learning.level).toBe("good");
    expect(text(learning.evidence)).toMatch(/^People who were not in the data are guessed as well, within chance: /);
    expect(membership.tally).toMatch(/^\d+ checks: \d+ found no sign\.$/);
  });

  it("says that it does not know without held-out rows, never that there is no sign", () => {
    for (const { level, word, evidence } of privacyAnswers(makeReport({ holdout: false }))) {
      expect({ level, word }).toEqual({ level: "unknown", word: "Not known" });
      expect(text(evidence)).toBe("No held-out rows were given.");
    }
  });

  it("takes one sign for an answer, and says where it was found", () => {
    const report = changed((privacy) => {
      const [first] = privacy.inference.variants!;
      const risk = { value: 0.4, low: 0.31, high: 0.49, n: 2000, status: "ok" as const };
      first!.risk = risk;
      privacy.inference.risk = risk;
    });
    const [, learning] = privacyAnswers(report);
    expect(learning.level).toBe("bad");
    expect(learning.word).toBe("Yes: 1 of 4 checks show a sign");
    expect(text(learning.where)).toBe("age");
  });

  it("finds a leak in one group that the whole table hides, and names the group", () => {
    const report = changed((privacy) => {
      privacy.groups![3]!.dcrShare = { value: 0.8, low: 0.7, high: 0.9, n: 120, status: "ok" };
    });
    const [membership] = privacyAnswers(report);
    expect(membership.level).toBe("bad");
    expect(text(membership.where)).toBe('rows with age “<b>Never</b> & "quoted"”');
    expect(text(membership.evidence)).toContain("80.0\u00A0% (70.0–90.0\u00A0%) lie nearer to a training row");
  });

  it("calls what is within the limit but beyond chance a slight sign", () => {
    const report = changed((privacy) => {
      privacy.dcrShare = { value: 0.518, low: 0.512, high: 0.524, n: 30_000, status: "ok" };
    });
    expect(privacyAnswers(report)[0]).toMatchObject({ level: "caution" });
  });

  it("never says no sign where the interval is too wide to see one", () => {
    const report = changed((privacy) => {
      privacy.membership.truePositives!.at1Percent = { value: 0, low: 0, high: 0.4, n: 9, status: "ok" };
    });
    const [membership] = privacyAnswers(report);
    expect(membership.level).toBe("unknown");
    expect(text(membership.evidence)).toMatch(/^There are too few rows to tell: /);
  });

  it("answers for reports of older versions", () => {
    for (const options of [{ bare: true }, { bare: true, holdout: false }, { columns: 0 }, { columns: 1 }]) {
      for (const { evidence, word } of privacyAnswers(makeReport(options))) {
        expect(`${word} ${text(evidence)}`).not.toMatch(/undefined|NaN|Infinity/);
        expect(text(evidence)).not.toBe("");
      }
    }
  });
});

describe("judgeFigure", () => {
  const figure = { value: 0.56, low: 0.54, high: 0.58 };
  const withRule = (outcome: "holds" | "fails", atMost: number): Report => ({
    ...makeReport(),
    release: { shareable: true, failures: [], rules: [{ figure: "privacy.dcrShare", end: "low", atMost, outcome }] },
  });

  it("takes limit and outcome from the release policy's rule where there is one", () => {
    const yardstick = { innocent: 0.5, limit: 0.52 };
    expect(judgeFigure(withRule("holds", 0.6), "privacy.dcrShare", figure, yardstick)).toEqual({
      outcome: "slight sign",
      limit: 0.6,
    });
    expect(judgeFigure(withRule("fails", 0.53), "privacy.dcrShare", figure, yardstick)).toEqual({
      outcome: "sign",
      limit: 0.53,
    });
    expect(judgeFigure(withRule("holds", 0.6), "privacy.other", figure, yardstick).outcome).toBe("sign");
  });

  it("holds the end of the interval against the limit that the rule says", () => {
    const rules = [{ figure: "privacy.dcrShare", end: "high" as const, atMost: 0.57, outcome: "fails" as const }];
    const report: Report = { ...makeReport(), release: { shareable: false, failures: [], rules } };
    expect(judgeFigure(report, "privacy.dcrShare", figure, { innocent: 0.5 }).outcome).toBe("sign");
  });

  it("does not know what could not be computed", () => {
    const missing = { status: "unavailable" as const, reason: "no" };
    expect(judgeFigure(makeReport(), "privacy.dcrShare", missing, { innocent: 0.5 }).outcome).toBe("not known");
  });
});
