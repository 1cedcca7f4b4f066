import { type BoundedMean, boundedMeanInterval } from "../../../stats/bounded-mean-interval.js";
import type { Figure, Report } from "../../report-schema.js";
import { NO_HOLDOUT } from "../no-holdout.js";
import { residualRisk } from "../residual-risk.js";

type AttackFigures = Report["privacy"]["membership"];

/** Mean success of an attack on training targets, on held-out ones, and of guessing; counts are means of zeros and ones. */
export interface AttackRates {
  readonly attack: BoundedMean;
  /** Undefined where no row was held out. */
  readonly control: BoundedMean | undefined;
  readonly baseline?: BoundedMean | undefined;
}

/**
 * An attack's figures from mean successes, as scoreAttack has them for counts.
 * @param nobody what to say where there are no targets
 * @param z of the intervals; 1.96 is 95 %
 */
export function scoreRates({ attack, control, baseline }: AttackRates, nobody: string, z = 1.96): AttackFigures {
  if (attack.n === 0) return { risk: { status: "unavailable", reason: nobody } };
  const rates = {
    attack: rateFigure(attack, z),
    ...(baseline === undefined ? {} : { baseline: rateFigure(baseline, z) }),
  };
  if (control === undefined) return { risk: NO_HOLDOUT, ...rates };
  if (control.n === 0) return { risk: { status: "unavailable", reason: `${nobody}, of the held-out ones` }, ...rates };
  const risk = residualRisk(boundedMeanInterval(attack, z), boundedMeanInterval(control, z), attack.n);
  const isGuessing = baseline !== undefined && baseline.mean >= attack.mean;
  return { risk: isGuessing ? { ...risk, reason: IS_GUESSING } : risk, ...rates, control: rateFigure(control, z) };
}

const IS_GUESSING = "the attack does no better than guessing, so that its risk says little";

/** The mean and variance of zeros and ones. */
export function rateOfCount(successes: number, n: number): BoundedMean {
  const mean = n === 0 ? 0 : successes / n;
  return { mean, variance: mean * (1 - mean), n };
}

function rateFigure(rate: BoundedMean, z: number): Figure {
  const { center, low, high } = boundedMeanInterval(rate, z);
  return { value: center, low, high, n: rate.n, status: "ok" };
}
