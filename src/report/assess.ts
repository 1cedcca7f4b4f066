import type { Figure } from "../evaluate/report-schema.js";

/** How a figure is coloured and worded. The report's verdict is the evaluation's; this only helps the eye find a card. */
export interface Assessment {
  readonly level: "good" | "caution" | "bad" | "unknown";
  readonly word: string;
}

/**
 * A similarity score against its ceiling: within 2 points good, within 7 caution. Without a ceiling the same distances are
 * taken from 1.
 */
export function assessScore(figure: Figure): Assessment {
  if (figure.value === undefined) return UNKNOWN;
  const gap = (figure.ceiling ?? 1) - figure.value;
  if (gap <= 0 && figure.ceiling !== undefined) return { level: "good", word: "As close as held-out rows" };
  if (gap <= 0.02) return { level: "good", word: "Close to real rows" };
  return gap <= 0.07 ? { level: "caution", word: "Visible differences" } : { level: "bad", word: "Large differences" };
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

/** The share of rows closer to a training row: up to .52 is noise, from .57 on copying is plain. */
export function assessCloseness(figure: Figure): Assessment {
  if (figure.value === undefined) return UNKNOWN;
  if (figure.value <= 0.52 || (figure.low ?? figure.value) <= 0.5) return { level: "good", word: "No sign of copying" };
  return figure.value <= 0.57
    ? { level: "caution", word: "Leans to training rows" }
    : { level: "bad", word: "Training rows were copied" };
}

/** Identical matches: no more than held-out rows have is good; whether more is chance, the interval says. */
export function assessMatches(figure: Figure): Assessment {
  if (figure.value === undefined) return UNKNOWN;
  const reference = figure.ceiling ?? 0;
  if (figure.value <= reference) return { level: "good", word: "No more than by chance" };
  if ((figure.low ?? figure.value) <= reference) return { level: "good", word: "Within chance" };
  return figure.value <= reference + 0.01
    ? { level: "caution", word: "Slightly more than chance" }
    : { level: "bad", word: "More than chance" };
}

const UNKNOWN: Assessment = { level: "unknown", word: "Not available" };
