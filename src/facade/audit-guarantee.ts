import type { RandomStream } from "../core/random.js";
import type { CanaryGuarantee } from "../evaluate/contract/canary-schema.js";
import type { PrivacyBudget } from "../privacy/accounting/ledger.js";
import { makeNoise, type NoiseSource } from "../privacy/noise/noise-source.js";
import { auditMechanism } from "./audit-mechanism.js";

/**
 * Audits the mechanism behind a promise, and the same with half the noise: a control that shows what the audit can find.
 *
 * @param noise what is audited; default: the noise that private fits have
 */
export function auditGuarantee(
  budget: PrivacyBudget,
  confidence: number,
  random: RandomStream,
  noise: NoiseSource = makeNoise(),
): CanaryGuarantee {
  const audit = (audited: NoiseSource, label: string) => {
    const bound = auditMechanism(budget, { confidence, random: random.fork(label), noise: audited });
    const { epsilon: lowerBound, canaries, guesses, right, score } = bound;
    return { lowerBound, canaries, guesses, right, score };
  };
  const halved: NoiseSource = { ...noise, gaussian: (sigma) => noise.gaussian(sigma / 2) };
  const mechanism = audit(noise, "mechanism");
  const { epsilon, delta } = budget;
  return {
    epsilon,
    delta,
    refuted: mechanism.lowerBound > epsilon,
    mechanism,
    control: audit(halved, "control"),
  };
}
