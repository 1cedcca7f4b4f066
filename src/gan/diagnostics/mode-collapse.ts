import { type Diagnosis, LOOKS_IN_A_ROW, lastInARow, looksWith, settled } from "./symptom.js";

/** Share of what real rows cover that drawn rows must cover. */
const MIN_COVERAGE = 0.6;

/** Share of the entropy of pairs of fields that drawn rows must have: rows that are bad but diverse are no collapse. */
const MIN_ENTROPY = 0.9;

/** The generator gives some of what the table has, and the rest never. */
export const modeCollapse: Diagnosis = {
  failure: "mode-collapse",
  examine(looks) {
    const last = lastInARow(looksWith(settled(looks), "coverage", "realCoverage", "entropyRatio"));
    const isCollapsed = last.every(
      ({ coverage, realCoverage, entropyRatio }) =>
        coverage <= MIN_COVERAGE * realCoverage && entropyRatio <= MIN_ENTROPY,
    );
    const look = last.at(-1);
    if (look === undefined || !isCollapsed) return;
    const { coverage, realCoverage, entropyRatio, lostLevels } = look;
    return {
      message:
        `at ${LOOKS_IN_A_ROW} looks in a row drawn rows came near ${percent(coverage)} of the validation rows, where as many ` +
        `training rows come near ${percent(realCoverage)} (sick up to ${MIN_COVERAGE} of that), and had ` +
        `${percent(entropyRatio)} of the entropy of real rows (sick up to ${percent(MIN_ENTROPY)})` +
        (lostLevels === undefined ? "" : `; ${percent(lostLevels)} of the common levels were never drawn`),
      evidence: { coverage, realCoverage, entropyRatio, ...(lostLevels !== undefined && { lostLevels }) },
    };
  },
  answers: [[{ kind: "restart", rates: 0.1 }], [{ kind: "restart", rates: 0.1 }], [{ kind: "stop" }]],
  advice:
    "lower both learning rates, let the critic see packs of rows (techniques.pack), or take a Wasserstein objective " +
    "(objective wgan-gp)",
};

function percent(share: number): string {
  return `${Math.round(100 * share)} %`;
}
