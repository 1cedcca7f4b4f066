import type { WilsonInterval } from "../../stats/wilson-interval.js";
import type { Figure } from "../report-schema.js";

/**
 * The residual risk R = (r_a - r_c) / (1 - r_c) of an attack's rate on `n` training targets beside its control's, the error
 * propagated to first order, clipped to 0..1 (Giomi et al. 2023, doi:10.56553/popets-2023-0055). Known answer: 50/500 against
 * 40/500 is .022 +- .038.
 */
export function residualRisk(attack: WilsonInterval, control: WilsonInterval, n: number): Figure {
  const missed = 1 - control.center;
  const residual = (attack.center - control.center) / missed;
  const error = Math.hypot(attack.error / missed, (control.error * (attack.center - 1)) / missed ** 2);
  return { value: clip(residual), low: clip(residual - error), high: clip(residual + error), n, status: "ok" };
}

/** The attacks, the one whose risk is surely highest first: by the greatest lower bound, then the greatest value. */
export function rankByRisk<Attack extends { readonly risk: Figure }>(attacks: readonly Attack[]): Attack[] {
  const low = ({ risk }: Attack) => risk.low ?? 0;
  const value = ({ risk }: Attack) => risk.value ?? 0;
  return [...attacks].sort((a, b) => low(b) - low(a) || value(b) - value(a));
}

function clip(value: number): number {
  return Math.min(1, Math.max(0, value));
}
