import type { Figure, Report } from "../report-schema.js";
import { inferMembership, type MembershipAttack, type MembershipOptions } from "./membership-inference.js";
import { NO_HOLDOUT } from "./no-holdout.js";
import type { Audit } from "./prepare-audit.js";

type MembershipReport = Report["privacy"]["membership"];

/**
 * Membership inference as the report has it: the figures of the score whose AUC is surely highest, and all scores as variants.
 * True positives at low false positive rates are those of whichever score finds surely most: few rows that are recognised for
 * certain do not show in an AUC.
 */
export async function evaluateMembership(audit: Audit, options: MembershipOptions): Promise<MembershipReport> {
  if (audit.holdout === undefined) return { risk: NO_HOLDOUT };
  const { train, synthetic, holdout } = audit;
  // All of the release, not the sample that other attacks search: of copies in a large one a sample holds hardly any.
  const found = await inferMembership(train.all, synthetic.all, holdout.all, options);
  if (found.kind === "unavailable") return { risk: { status: "unavailable", reason: found.reason } };
  const variants = found.attacks.map(toVariant);
  const { name, ...worst } = variants.reduce((a, b) => (lowOf(b.attack) > lowOf(a.attack) ? b : a));
  const most = (pick: (variant: (typeof variants)[number]) => Figure) =>
    variants.map(pick).reduce((a, b) => (lowOf(b) > lowOf(a) ? b : a));
  return {
    ...worst,
    truePositives: {
      at1Percent: most(({ truePositives }) => truePositives.at1Percent),
      at01Percent: most(({ truePositives }) => truePositives.at01Percent),
    },
    worst: name,
    variants,
  };
}

function toVariant({ name, risk, auc, truePositivesAt1Percent, truePositivesAt01Percent }: MembershipAttack) {
  return {
    name,
    risk,
    attack: auc,
    baseline: { value: 0.5, status: "ok" as const },
    truePositives: { at1Percent: truePositivesAt1Percent, at01Percent: truePositivesAt01Percent },
  };
}

function lowOf(figure: Figure): number {
  return figure.low ?? 0;
}
