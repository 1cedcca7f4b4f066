import type { Figure, Report } from "../../src/evaluate/report-schema.js";

type Release = Report["release"];
type Rule = NonNullable<Release["rules"]>[number];

/** A release by the default policy; without held-out rows nothing could be compared. */
export function makeRelease(privacy: Report["privacy"], holdout: boolean): Release {
  const rules = makeRules(privacy);
  if (holdout) return { shareable: true, policy: "default", failures: [], rules };
  const failure = {
    code: "E_RELEASE_NO_HOLDOUT",
    message: "No held-out rows: copying cannot be ruled out.",
    figure: "privacy.dcrShare",
    advice: "Hold rows back before the generator learns, and give them with --holdout.",
  };
  return { shareable: false, policy: "default", failures: [failure], rules };
}

function makeRules(privacy: Report["privacy"]): Rule[] {
  return [
    rule("privacy.dcrShare", privacy.dcrShare, 0.52),
    rule("privacy.nearestDecileShare", privacy.nearestDecileShare, 0.55),
    rule("privacy.identicalMatchExcess", privacy.identicalMatchExcess, 0),
    rule("privacy.groups[].dcrShare", privacy.groups?.[0]?.dcrShare, 0.55),
    rule("privacy.membership.attack", privacy.membership.attack, 0.55),
    rule("privacy.membership.truePositives.at1Percent", privacy.membership.truePositives?.at1Percent, 0.03),
    rule("privacy.singlingOut.risk", privacy.singlingOut.risk, 0.05),
    rule("privacy.linkability.risk", privacy.linkability.risk, 0.05),
    rule("privacy.inference.risk", privacy.inference.risk, 0.05),
    rule("privacy.disclosure.secrets[].attribution.risk", privacy.disclosure?.secrets[0]?.attribution.risk, 0.05),
  ];
}

function rule(path: string, figure: Figure | undefined, atMost: number): Rule {
  const { value, low, high, reason } = figure ?? { reason: "the report does not have it" };
  if (value === undefined)
    return { figure: path, end: "low", atMost, outcome: "not computed", reason: reason ?? "no reason was recorded" };
  return {
    figure: path,
    end: "low",
    atMost,
    outcome: (low ?? value) > atMost ? "fails" : "holds",
    value,
    low,
    high,
  } as Rule;
}
