import type { RandomStream } from "../../core/random.js";
import type { Figure, Report } from "../report-schema.js";
import { type AttackCounts, scoreAttack } from "./attack-risk.js";
import { drawTargets } from "./attack-targets.js";
import { attackInference } from "./inference.js";
import { attackLinkability } from "./linkability.js";
import { NO_HOLDOUT } from "./no-holdout.js";
import type { Audit } from "./prepare-audit.js";
import { rankByRisk } from "./residual-risk.js";
import { attackSinglingOut } from "./singling-out.js";

type AttackReports = Pick<Report["privacy"], "singlingOut" | "linkability" | "inference">;

/** How many attacks of each variant, and what an attacker may know. */
export interface AttackOptions {
  readonly attacks: number;
  /** Names of audited columns. */
  readonly quasiIdentifiers: readonly string[];
  readonly random: RandomStream;
  readonly signal?: AbortSignal | undefined;
}

const ONE_COLUMN: Figure = { status: "unavailable", reason: "needs two columns and more" };
const NO_PREDICATE: Figure = { status: "unavailable", reason: "no predicate is true of exactly one synthetic row" };

/** The three attacks as the report has them: all variants, their intervals widened for their number, and the worst of each. */
export async function evaluateAttacks(audit: Audit, options: AttackOptions): Promise<AttackReports> {
  const { train, synthetic, holdout } = audit;
  const { attacks, random, signal } = options;
  if (holdout === undefined) {
    return { singlingOut: { risk: NO_HOLDOUT }, linkability: { risk: NO_HOLDOUT }, inference: { risk: NO_HOLDOUT } };
  }
  const predicated = { train: train.attributes, synthetic: audit.predicateSource, holdout: holdout.attributes };
  const singled = await attackSinglingOut(predicated, attacks, random.fork("singling out"), signal);
  const sides = { train, synthetic, holdout };
  const targets = drawTargets(sides, attacks, random.fork("targets"));
  const known = positionsOf(options.quasiIdentifiers, audit);
  const linked = await attackLinkability(sides, targets, known, random.fork("linkability"), signal);
  const inferred = await attackInference(sides, targets, known, random.fork("inference"), signal);
  return {
    singlingOut: reportVariants(singled, NO_PREDICATE),
    linkability: reportVariants(linked, ONE_COLUMN),
    inference: reportVariants(inferred, ONE_COLUMN),
  };
}

function positionsOf(names: readonly string[], { train }: Audit): number[] {
  return train.attributes.columns.flatMap(({ name }, at) => (names.includes(name) ? [at] : []));
}

function reportVariants(counts: readonly AttackCounts[], nothing: Figure): AttackReports["inference"] {
  const variants = rankByRisk(counts.map((count) => scoreAttack(count, counts.length)));
  const [worst] = variants;
  if (worst === undefined) return { risk: nothing };
  const { name, risk, attack, control, baseline } = worst;
  return { risk, attack, control, baseline, worst: name, variants };
}
