import type { RandomStream } from "../../core/random.js";
import type { Report } from "../report-schema.js";
import { inferMembership } from "./membership-inference.js";
import { NO_HOLDOUT } from "./no-holdout.js";
import type { Audit } from "./prepare-audit.js";

/** Membership inference as the report has it: the stronger score's figures, and both as variants. */
export async function evaluateMembership(
  audit: Audit,
  members: number,
  random: RandomStream,
  signal?: AbortSignal,
): Promise<Report["privacy"]["membership"]> {
  if (audit.holdout === undefined) return { risk: NO_HOLDOUT };
  const { train, synthetic, holdout } = audit;
  const attacks = await inferMembership(train.all, synthetic.sample, holdout.all, members, random, signal);
  if (attacks === undefined) {
    return { risk: { status: "unavailable", reason: "needs 40 held-out rows and more" } };
  }
  const variants = attacks.map(({ name, risk, auc, truePositivesAt1Percent, truePositivesAt01Percent }) => ({
    name,
    risk,
    attack: auc,
    baseline: { value: 0.5, status: "ok" as const },
    truePositives: { at1Percent: truePositivesAt1Percent, at01Percent: truePositivesAt01Percent },
  }));
  const [first, second] = variants as [(typeof variants)[0], (typeof variants)[0]];
  const { name, ...worst } = (second.attack.low ?? 0) > (first.attack.low ?? 0) ? second : first;
  return { ...worst, worst: name, variants };
}
