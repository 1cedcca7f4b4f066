import type { Figure, Report } from "../evaluate/report-schema.js";

/** How a figure is coloured and worded. The report's verdict is the evaluation's; this only helps the eye find a card. */
export interface Assessment {
  readonly level: "good" | "caution" | "bad" | "unknown";
  readonly word: string;
}

/**
 * How much a similarity score lacks of its ceiling, by as many synthetic rows as the ceiling has where that was computed; of 1
 * where there is no ceiling. Below 0: better than the ceiling. Undefined where there is no score.
 */
export function errorAgainstCeiling(figure: Figure): number | undefined {
  return figure.value === undefined ? undefined : (figure.ceiling ?? 1) - (figure.matched ?? figure.value);
}

/** How a verdict's level is said. */
export const VERDICT_WORDS = {
  good: "Good",
  caution: "Use with caution",
  bad: "Do not rely on it",
} as const satisfies Record<Report["verdict"]["level"], string>;

/**
 * A similarity score by its distance from the ceiling (from 1 without one): up to 2 points good, up to 7 caution. Better than
 * the ceiling by more than chance explains is no success but a question.
 */
export function assessScore(figure: Figure): Assessment {
  const error = errorAgainstCeiling(figure);
  if (error === undefined) return UNKNOWN;
  if (figure.aboveCeiling === "beyond noise") return { level: "caution", word: "Closer than real rows are" };
  if (error <= 0 && figure.ceiling !== undefined) return { level: "good", word: "As close as chance allows" };
  if (error <= 0.02) return { level: "good", word: "Close to real rows" };
  return error <= 0.07
    ? { level: "caution", word: "Visible differences" }
    : { level: "bad", word: "Large differences" };
}

/** What it means that a score is better than its ceiling, in words; undefined where it is not. */
export function aboveCeilingWords(figure: Figure): string | undefined {
  switch (figure.aboveCeiling) {
    case "within noise":
      return "as close as chance allows";
    case "beyond noise":
      return "closer to these very training rows than other real rows are: see privacy";
    case undefined:
      return undefined;
    default:
      return figure.aboveCeiling satisfies never;
  }
}

/** An AUC of telling synthetic from real rows: up to .60 good, up to .75 caution; below .45 hints at copies on both sides. */
export function assessDetection(figure: Figure): Assessment {
  if (figure.value === undefined) return UNKNOWN;
  if (figure.value < 0.45) return { level: "caution", word: "Below chance: copied rows?" };
  if (figure.value <= 0.6) return { level: "good", word: "Hard to tell apart" };
  return figure.value <= 0.75
    ? { level: "caution", word: "Partly told apart" }
    : { level: "bad", word: "Easily told apart" };
}

/**
 * Share of the real rows' advantage over the baseline that a model trained on synthetic rows keeps, usually 0..1;
 * undefined where a figure is missing or real rows bring no advantage.
 */
export function keptUtility(synthetic: Figure, real: Figure, baseline: Figure): number | undefined {
  if (synthetic.value === undefined || real.value === undefined || baseline.value === undefined) return undefined;
  const advantage = real.value - baseline.value;
  return advantage <= 0 ? undefined : (synthetic.value - baseline.value) / advantage;
}

/** Utility kept: from 90 % good, from 70 % caution. */
export function assessUtility(kept: number | undefined): Assessment {
  if (kept === undefined) return UNKNOWN;
  if (kept >= 0.9) return { level: "good", word: "Nearly as useful" };
  return kept >= 0.7 ? { level: "caution", word: "Less useful" } : { level: "bad", word: "Much less useful" };
}

/**
 * The share of rows closer to a training row, by the release policy's limit: up to .52, where the report has no rule, is noise;
 * the interval wholly above it is copying. In between the word says so, in agreement with the report's verdict.
 */
export function assessCloseness(figure: Figure, limit = 0.52): Assessment {
  if (figure.value === undefined) return UNKNOWN;
  const low = figure.low ?? figure.value;
  if (figure.value <= limit || low <= 0.5) return { level: "good", word: "No sign of copying" };
  return low <= limit
    ? { level: "good", word: "Within the policy’s limit" }
    : { level: "bad", word: "Training rows were copied" };
}

/**
 * Identical matches: judged by their excess over matches with held-out rows where there is one, else against the share that
 * held-out rows have (the figure's ceiling). Without held-out rows nothing can be said.
 */
export function assessMatches(figure: Figure, excess: Figure | undefined): Assessment {
  if (figure.value === undefined) return UNKNOWN;
  if (excess?.value !== undefined) {
    if ((excess.low ?? excess.value) > 0) return { level: "bad", word: "More than by chance" };
    return { level: "good", word: "No more than by chance" };
  }
  if (figure.ceiling === undefined) return { level: "unknown", word: "Nothing to compare with" };
  if ((figure.low ?? figure.value) <= figure.ceiling) return { level: "good", word: "No more than by chance" };
  return { level: "caution", word: "More than held-out rows" };
}

const UNKNOWN: Assessment = { level: "unknown", word: "Not available" };
