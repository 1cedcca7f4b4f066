import type { RandomStream } from "../../core/random.js";
import type { Figure, Report } from "../report-schema.js";
import { type AttackCounts, scoreAttack, worstAttack } from "./attack-risk.js";
import { attackInference } from "./inference.js";
import { attackLinkability } from "./linkability.js";
import { NO_HOLDOUT } from "./no-holdout.js";
import type { Audit, AuditSide } from "./prepare-audit.js";
import type { PrivacyLimits } from "./privacy-limits.js";
import { sampleRows } from "./sample-rows.js";
import { attackSinglingOut } from "./singling-out.js";

type AttackReports = Pick<Report["privacy"], "singlingOut" | "linkability" | "inference">;

const ONE_COLUMN: Figure = { status: "unavailable", reason: "needs two columns and more" };
const NO_PREDICATE: Figure = { status: "unavailable", reason: "no predicate is true of exactly one synthetic row" };

/** The three attacks as the report has them: of each the worst variant, its interval widened for their number, and all. */
export async function evaluateAttacks(
  audit: Audit,
  limits: PrivacyLimits,
  random: RandomStream,
  signal?: AbortSignal,
): Promise<AttackReports> {
  const { train, synthetic, holdout } = audit;
  if (holdout === undefined) {
    return { singlingOut: { risk: NO_HOLDOUT }, linkability: { risk: NO_HOLDOUT }, inference: { risk: NO_HOLDOUT } };
  }
  const attacks = Math.min(limits.attacks, train.sample.rowCount);
  const singled = await attackSinglingOut(
    { train: train.attributes, synthetic: audit.predicateSource, holdout: holdout.attributes },
    limits.attacks,
    random.fork("singling out"),
    signal,
  );
  const linked = await attackLinkability(
    train.sample,
    synthetic.sample,
    holdout.sample,
    attacks,
    random.fork("linkability"),
    signal,
  );
  const inferred = await inferAllSecrets(
    { ...audit, holdout },
    attacks,
    limits.secrets,
    random.fork("inference"),
    signal,
  );
  return {
    singlingOut: reportWorst(singled, NO_PREDICATE),
    linkability: reportWorst(linked === undefined ? [] : [linked], ONE_COLUMN),
    inference: reportWorst(inferred, ONE_COLUMN),
  };
}

/** The inference attack on every column, or on `secrets` columns drawn at random. */
async function inferAllSecrets(
  { train, synthetic, holdout }: { train: AuditSide; synthetic: AuditSide; holdout: AuditSide },
  attacks: number,
  secrets: number,
  random: RandomStream,
  signal?: AbortSignal,
): Promise<AttackCounts[]> {
  const coded = { train: train.sample, synthetic: synthetic.sample, holdout: holdout.sample };
  const attributes = { train: train.attributes, synthetic: synthetic.attributes, holdout: holdout.attributes };
  const counts: AttackCounts[] = [];
  for (const secret of sampleRows(coded.train.width, secrets, random.fork("secrets")).sort()) {
    const inferred = await attackInference(coded, attributes, secret, attacks, random.fork(secret), signal);
    if (inferred !== undefined) counts.push(inferred);
  }
  return counts;
}

function reportWorst(counts: readonly AttackCounts[], nothing: Figure): AttackReports["inference"] {
  const worst = worstAttack(counts.map((count) => scoreAttack(count, counts.length)));
  if (worst === undefined) return { risk: nothing };
  const { name, ...figures } = worst;
  return { ...figures, worst: name, variants: counts.map((count) => scoreAttack(count)) };
}
