import { median } from "simple-statistics";
import { type Diagnosis, LOOKS_IN_A_ROW, type Look, lastInARow, looksWith, type Symptom, settled } from "./symptom.js";

/** How far shape and pair error together may come to lie above their best. */
export const MAX_SETBACK = 0.2;

/** How far, as a share, a loss that falls in training may come to lie above its lowest. */
const MAX_RISE = 0.1;

/** How much longer than at any look before a gradient may be. */
const MAX_SPIKE = 10;
const LOOKS_BEFORE_SPIKE = 5;

/** Training does not settle: no number, a spike, a loss that rises, or rows that become worse. */
export const nonConvergence: Diagnosis = {
  failure: "non-convergence",
  examine: (looks) => noNumber(looks) ?? risingLoss(looks) ?? worseRows(looks) ?? longGradient(looks),
  answers: [[{ kind: "restart", rates: 0.1 }], [{ kind: "restart", rates: 0.1 }], [{ kind: "stop" }]],
  advice: "lower the learning rates",
};

function noNumber(looks: readonly Look[]): Symptom | undefined {
  const { step = 0, ...measures } = looks.at(-1) ?? {};
  const name = Object.entries(measures).find(([, value]) => !Number.isFinite(value))?.[0];
  if (name === undefined) return undefined;
  return { message: `${name} is not a finite number any more`, evidence: { step } };
}

function risingLoss(looks: readonly Look[]): Symptom | undefined {
  const losses = looksWith(looks, "loss").map(({ loss }) => loss);
  const medians = losses.slice(LOOKS_IN_A_ROW - 1).map((_, at) => median(losses.slice(at, at + LOOKS_IN_A_ROW)));
  const loss = medians.at(-1);
  const lowestLoss = Math.min(...medians);
  if (loss === undefined || loss <= (1 + MAX_RISE) * lowestLoss) return undefined;
  return {
    message:
      `the training loss rose to ${loss.toPrecision(4)} after ${lowestLoss.toPrecision(4)} (medians of ` +
      `${LOOKS_IN_A_ROW} looks; sick from ${100 * MAX_RISE} % above its lowest)`,
    evidence: { loss, lowestLoss },
  };
}

function worseRows(looks: readonly Look[]): Symptom | undefined {
  const judged = looksWith(looks, "shapeError", "pairError");
  const errorOf = (look: (typeof judged)[number]): number => look.shapeError + look.pairError;
  const last = lastInARow(settled(judged));
  if (last.length === 0) return undefined;
  const error = Math.min(...last.map(errorOf));
  const best = Math.min(...judged.map(errorOf));
  if (error <= best + MAX_SETBACK) return undefined;
  return {
    message:
      `at ${LOOKS_IN_A_ROW} looks in a row shape and pair error of drawn rows together were at least ${error.toFixed(3)}, ` +
      `after ${best.toFixed(3)} at their best (sick from ${MAX_SETBACK} above it)`,
    evidence: { error, bestError: best },
  };
}

function longGradient(looks: readonly Look[]): Symptom | undefined {
  for (const name of ["generatorGradientNorm", "criticGradientNorm"] as const) {
    const norms = looksWith(looks, name).map((look) => look[name]);
    const norm = norms.at(-1);
    const longest = Math.max(...norms.slice(0, -1));
    if (norm === undefined || norms.length <= LOOKS_BEFORE_SPIKE || norm <= MAX_SPIKE * longest) continue;
    const player = name === "generatorGradientNorm" ? "generator" : "critic";
    return {
      message:
        `the gradient of the ${player} became ${(norm / longest).toFixed(0)} times as long as at any look before ` +
        `(sick from ${MAX_SPIKE} times)`,
      evidence: { [name]: norm, longestBefore: longest },
    };
  }
  return undefined;
}
