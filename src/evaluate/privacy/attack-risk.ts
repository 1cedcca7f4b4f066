import { probit } from "simple-statistics";
import { wilsonInterval } from "../../stats/wilson-interval.js";
import type { Figure } from "../report-schema.js";

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
 * The residual risk R = (r_a - r_c) / (1 - r_c) of an attack, rates and errors after Wilson, the error propagated to first
 * order, clipped to 0..1 (Giomi et al. 2023, doi:10.56553/popets-2023-0055). `variants` widens the intervals after
 * Bonferroni when the worst of so many is to be reported. Known answer: 50/500 against 40/500 is .022 +- .038.
 */
export function scoreAttack(counts: AttackCounts, variants = 1): AttackScore {
  const z = variants === 1 ? 1.96 : probit(1 - 0.025 / variants);
  const attack = wilsonInterval(counts.attack.successes, counts.attack.attempts, z);
  const control = wilsonInterval(counts.control.successes, counts.control.attempts, z);
  const baseline = wilsonInterval(counts.baseline.successes, counts.baseline.attempts, z);
  const missed = 1 - control.center;
  const residual = (attack.center - control.center) / missed;
  const error = Math.hypot(attack.error / missed, (control.error * (attack.center - 1)) / missed ** 2);
  const reason = doubts(counts, baseline.center >= attack.center);
  const risk = { value: clip(residual), low: clip(residual - error), high: clip(residual + error) };
  return {
    name: counts.name,
    ...(counts.known === undefined ? {} : { known: [...counts.known] }),
    risk: { ...risk, n: counts.attack.attempts, status: "ok", ...(reason === "" ? {} : { reason }) },
    attack: rateFigure(counts.attack, attack),
    control: rateFigure(counts.control, control),
    baseline: rateFigure(counts.baseline, baseline),
  };
}

/** The scores, the one whose risk is surely highest first: by the greatest lower bound, then the greatest value. */
export function rankAttacks(scores: readonly AttackScore[]): AttackScore[] {
  const low = (score: AttackScore) => score.risk.low ?? 0;
  const risk = (score: AttackScore) => score.risk.value ?? 0;
  return [...scores].sort((a, b) => low(b) - low(a) || risk(b) - risk(a));
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

function clip(value: number): number {
  return Math.min(1, Math.max(0, value));
}
