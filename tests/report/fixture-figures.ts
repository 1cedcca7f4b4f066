import type { Figure } from "../../src/evaluate/report-schema.js";

export const WITHOUT_HOLDOUT: Figure = { status: "unavailable", reason: "no held-out rows were given" };

/** A similarity score with a narrow interval, and with a ceiling where there are held-out rows; better than that is chance. */
export function similar(value: number, ceiling: number, n: number | undefined, holdout: boolean): Figure {
  return {
    value,
    low: value - 0.0012,
    high: Math.min(1, value + 0.0011),
    ...(n === undefined ? {} : { n }),
    ...(holdout ? { ceiling } : {}),
    ...(holdout && value > ceiling ? { aboveCeiling: "within noise" as const } : {}),
    status: "ok",
  };
}

/** The figure, or that it is unavailable without held-out rows. */
export function needsHoldout(figure: Figure, holdout: boolean): Figure {
  return holdout ? { ...figure, status: "ok" } : WITHOUT_HOLDOUT;
}

/** Shares that sum to 1. */
export function normalize(weights: readonly number[]): number[] {
  const sum = weights.reduce((a, b) => a + b, 0);
  return weights.map((weight) => weight / sum);
}
