import { median } from "simple-statistics";
import { type Diagnosis, LOOKS_IN_A_ROW, lastInARow, looksWith } from "./symptom.js";

/** The critic tells real from generated rows so well, */
export const SATURATED_AUC = 0.99;

/** and the generator's gradient has fallen to this share of the longest there was. */
const FALLEN_SHARE = 0.2;

/** The critic is so sure that the generator learns nothing from it (Arjovsky and Bottou 2017, arXiv:1701.04862). */
export const vanishingGradients: Diagnosis = {
  failure: "vanishing-gradients",
  examine(looks) {
    const measured = looksWith(looks, "criticAuc", "generatorGradientNorm");
    const last = lastInARow(measured);
    const longest = Math.max(...measured.map(({ generatorGradientNorm }) => generatorGradientNorm));
    const isSaturated = last.length > 0 && last.every(({ criticAuc }) => criticAuc >= SATURATED_AUC);
    if (!isSaturated) return;
    const generatorGradientNorm = median(last.map((look) => look.generatorGradientNorm));
    const { criticAuc } = last.at(-1)!;
    if (generatorGradientNorm > FALLEN_SHARE * longest) return;
    const share = (100 * generatorGradientNorm) / longest;
    return {
      message:
        `at ${LOOKS_IN_A_ROW} looks in a row the critic told real from generated rows apart (AUC ${criticAuc.toFixed(3)}, ` +
        `sick from ${SATURATED_AUC}) while the generator's gradient was ${share.toPrecision(2)} % of what it has been (sick ` +
        `up to ${100 * FALLEN_SHARE} %): it learns nothing more from the critic`,
      evidence: { criticAuc, generatorGradientNorm, longestGradientNorm: longest },
    };
  },
  answers: [
    [
      { kind: "restart", rates: 1 },
      { kind: "scale-rates", generator: 1, critic: 0.1 },
      { kind: "scale-critic-steps", factor: 0.3 },
    ],
    [
      { kind: "restart", rates: 1 },
      { kind: "scale-rates", generator: 1, critic: 0.1 },
      { kind: "scale-critic-steps", factor: 0.3 },
    ],
    [{ kind: "stop" }],
  ],
  advice:
    "lower the critic's learning rate or take fewer critic steps, or an objective whose gradient does not vanish " +
    "(non-saturating, wgan-gp)",
};
