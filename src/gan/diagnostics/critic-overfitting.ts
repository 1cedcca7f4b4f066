import { type Diagnosis, LOOKS_IN_A_ROW, lastInARow, looksWith } from "./symptom.js";

/** How well the critic may tell training rows from validation rows, both real. */
const MAX_MEMORY = 0.7;

/** The critic knows training rows by heart: what it teaches is no longer what real rows have in common. */
export const criticOverfitting: Diagnosis = {
  failure: "critic-overfitting",
  examine(looks) {
    const last = lastInARow(looksWith(looks, "criticMemory"));
    if (last.length === 0) return;
    const criticMemory = Math.min(...last.map((look) => look.criticMemory));
    if (!(criticMemory >= MAX_MEMORY)) return;
    return {
      message:
        `at ${LOOKS_IN_A_ROW} looks in a row the critic told training rows from validation rows, all of them real, with an ` +
        `AUC of at least ${criticMemory.toFixed(3)} (sick from ${MAX_MEMORY}): it has learned training rows by heart`,
      evidence: { criticMemory },
    };
  },
  answers: [
    [
      { kind: "restart", rates: 1 },
      { kind: "scale-rates", generator: 1, critic: 0.3 },
      { kind: "scale-penalty", factor: 3 },
    ],
    [{ kind: "stop" }],
  ],
  advice: "give more rows, make the critic smaller, or raise techniques.dropout or its penalty",
};
