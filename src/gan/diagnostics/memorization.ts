import { type Diagnosis, LOOKS_IN_A_ROW, lastInARow, looksWith } from "./symptom.js";

/** Standard errors that the share of drawn rows nearer to training rows may be above a half. */
const MAX_ERRORS = 4;

/** What training rows may be completed better than validation rows, as a share of the validation loss. */
const MAX_MEMORIZED_SHARE = 0.1;

/** The generator gives training rows again. */
export const memorization: Diagnosis = {
  failure: "memorization",
  examine(looks) {
    const drawn = lastInARow(looksWith(looks, "dcrShare", "dcrShareError"));
    const nearer = drawn.at(-1);
    const isNearer = drawn.every(({ dcrShare, dcrShareError }) => dcrShare - 0.5 > MAX_ERRORS * dcrShareError);
    if (nearer !== undefined && isNearer) {
      const { dcrShare, dcrShareError } = nearer;
      return {
        message:
          `at ${LOOKS_IN_A_ROW} looks in a row ${Math.round(100 * dcrShare)} % of drawn rows were nearer to a training row ` +
          `than to any of as many validation rows; 50 % were due, sick from ${MAX_ERRORS} standard errors above it ` +
          `(now ${((dcrShare - 0.5) / dcrShareError).toFixed(1)})`,
        evidence: { dcrShare, dcrShareError },
      };
    }
    const last = looksWith(looks, "memorized", "validationLoss").at(-1);
    if (last === undefined || !(last.memorized > MAX_MEMORIZED_SHARE * last.validationLoss)) return;
    const { memorized, validationLoss } = last;
    return {
      message:
        `the weights kept so far complete training rows better than validation rows, by ` +
        `${((100 * memorized) / validationLoss).toFixed(0)} % of the loss (sick from ${100 * MAX_MEMORIZED_SHARE} %)`,
      evidence: { memorized, validationLoss },
    };
  },
  answers: [[{ kind: "stop" }]],
  advice: "give more rows, train for fewer steps, or raise the dropout; audit the rows before they are shared",
};
