import { type Diagnosis, LOOKS_IN_A_ROW, lastInARow, looksWith } from "./symptom.js";

/** Share of what real rows cover that drawn rows must cover. */
const MIN_COVERAGE = 0.6;

/** How much more alike pairs of drawn rows are than pairs of real rows: rows that are bad but diverse are no collapse. */
const MIN_PACKED_AUC = 0.55;

/** The generator gives some of what the table has, and the rest never. */
export const modeCollapse: Diagnosis = {
  failure: "mode-collapse",
  examine(looks) {
    const last = lastInARow(looksWith(looks, "coverage", "realCoverage", "packedAuc"));
    const isCollapsed = last.every(
      ({ coverage, realCoverage, packedAuc }) => coverage <= MIN_COVERAGE * realCoverage && packedAuc >= MIN_PACKED_AUC,
    );
    const { coverage, realCoverage, packedAuc, lostLevels, entropyRatio, duplicateShare } = last.at(-1) ?? {};
    if (coverage === undefined || realCoverage === undefined || packedAuc === undefined || !isCollapsed) return;
    return {
      message:
        `at ${LOOKS_IN_A_ROW} looks in a row drawn rows came near ${percent(coverage)} of the validation rows, where as many ` +
        `training rows come near ${percent(realCoverage)} (sick up to ${MIN_COVERAGE} of that), and pairs of them were more ` +
        `alike than pairs of real rows (AUC ${packedAuc.toFixed(2)}, sick from ${MIN_PACKED_AUC})` +
        (lostLevels === undefined ? "" : `; ${percent(lostLevels)} of the common levels are never drawn`),
      evidence: {
        coverage,
        realCoverage,
        packedAuc,
        ...(lostLevels !== undefined && { lostLevels }),
        ...(entropyRatio !== undefined && { entropyRatio }),
        ...(duplicateShare !== undefined && { duplicateShare }),
      },
    };
  },
  answers: [[{ kind: "restart", rates: 0.3 }], [{ kind: "restart", rates: 0.3 }], [{ kind: "stop" }]],
  advice:
    "lower both learning rates, let the critic see packs of rows (techniques.pack), or take a Wasserstein objective " +
    "(objective wgan-gp)",
};

function percent(share: number): string {
  return `${Math.round(100 * share)} %`;
}
