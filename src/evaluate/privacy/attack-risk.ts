import { probit } from "simple-statistics";
import { wilsonInterval } from "../../stats/wilson-interval.js";
import type { Figure } from "../report-schema.js";
import { residualRisk } from "./residual-risk.js";

/** Attempts of one kind and how many of them succeeded. */
export interface AttackCount {
  readonly attempts: number;
  readonly successes: number;
}

/** An attack's outcome on training targets (attack), on held-out targets (control) and by random guessing (baseline). */
export interface AttackCounts {
  /** Which variant or column, e.g. "multivariate". */
  readonly name: string;
  /** Names of the columns that the attacker knows, where variants differ in them. */
  readonly known?: readonly string[];
  readonly attack: AttackCount;
  readonly control: AttackCount;
  readonly baseline: AttackCount;
  /** Attempts asked for; fewer than that is said in the risk's reason. */
  readonly requested: number;
}

/** The four figures of an attack; `risk` in 0..1, 0 = training rows are no more exposed than held-out ones. */
export interface AttackScore {
  readonly name: string;
  readonly known?: string[];
  readonly risk: Figure;
  readonly attack: Figure;
  readonly control: Figure;
  readonly baseline: Figure;
}

/**
 * The residual risk of an attack, rates and errors after Wilson. `variants` widens the intervals after Bonferroni when the worst
 * of so many is to be reported.
 */
export function scoreAttack(counts: AttackCounts, variants = 1): AttackScore {
  const z = variants === 1 ? 1.96 : probit(1 - 0.025 / variants);
  const attack = wilsonInterval(counts.attack.successes, counts.attack.attempts, z);
  const control = wilsonInterval(counts.control.successes, counts.control.attempts, z);
  const baseline = wilsonInterval(counts.baseline.successes, counts.baseline.attempts, z);
  const reason = doubts(counts, baseline.center >= attack.center);
  const risk = residualRisk(attack, control, counts.attack.attempts);
  return {
    name: counts.name,
    ...(counts.known === undefined ? {} : { known: [...counts.known] }),
    risk: reason === "" ? risk : { ...risk, reason },
    attack: rateFigure(counts.attack, attack),
    control: rateFigure(counts.control, control),
    baseline: rateFigure(counts.baseline, baseline),
  };
}

function doubts(counts: AttackCounts, isGuessing: boolean): string {
  const reasons: string[] = [];
  if (isGuessing) reasons.push("the attack does no better than random guessing, so that its risk says little");
  if (counts.attack.attempts < counts.requested) {
    reasons.push(`only ${counts.attack.attempts} of ${counts.requested} attacks could be made`);
  }
  return reasons.join("; ");
}

function rateFigure(count: AttackCount, rate: { center: number; low: number; high: number }): Figure {
  return { value: rate.center, low: rate.low, high: rate.high, n: count.attempts, status: "ok" };
}
