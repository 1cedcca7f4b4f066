import type { CanaryReport } from "../../contract/canary-schema.js";

/** What a canary audit found, before it is said in words. */
export type CanaryFindings = Omit<CanaryReport, "version" | "method" | "verdict">;

/** An AUC that is surely above it, or a bound on epsilon above 1, is called bad: the limits of the default release policy. */
const BAD_AUC = 0.55;
const BAD_EPSILON = 1;
/** An audit that could not have shown as much says little by finding nothing. */
const WEAK_EPSILON = 2;

/**
 * What the findings mean, for somebody who is no statistician: "bad" where planted records are surely recognised, "caution" where
 * a little of them shows or the audit was too small to see, else "good".
 */
export function canaryVerdict(findings: CanaryFindings): CanaryReport["verdict"] {
  const { auc, epsilon, guarantee } = findings;
  const low = auc.low ?? 0;
  const isBad = guarantee?.refuted || low > BAD_AUC || epsilon.lowerBound > BAD_EPSILON;
  const isFound = low > 0.5 || epsilon.lowerBound > 0;
  const isWeak = epsilon.largest < WEAK_EPSILON || auc.value === undefined;
  const level = isBad ? "bad" : isFound || isWeak ? "caution" : "good";
  return {
    level,
    sentences: [
      ...guaranteeSentences(findings),
      plantedSentence(findings),
      aucSentence(findings),
      exposureSentence(findings),
      epsilonSentence(findings),
      isWeak
        ? "So few canaries could not have shown a strong leak: give more with --canaries, or a larger table."
        : "A floor is no ceiling: a cleverer attack may find more, and other rows may be remembered better than these.",
    ].filter((sentence) => sentence !== ""),
  };
}

/** What was promised, whether it holds, and what the audit could have seen. */
function guaranteeSentences({ guarantee, epsilon: found }: CanaryFindings): string[] {
  if (guarantee === undefined) return [];
  const { epsilon, delta, refuted, mechanism, control } = guarantee;
  const promise = `epsilon ${epsilon} at delta ${delta}`;
  const bounds = `from inside the floor is ${mechanism.lowerBound.toFixed(2)} (${count(mechanism.right)} of ${count(mechanism.guesses)} guesses of ${count(mechanism.canaries)} noisy counts were right), from the synthetic rows ${found.lowerBound.toFixed(2)}`;
  const isCaught = control.lowerBound > epsilon;
  return [
    refuted
      ? `THE GUARANTEE IS REFUTED: ${promise} was promised, but ${bounds}. Do not release anything made with this version; report it.`
      : `The guarantee is not refuted: ${promise} was promised; ${bounds}.`,
    isCaught
      ? `The audit from inside sees a mechanism with half the noise: it puts that one's floor at ${control.lowerBound.toFixed(2)}.`
      : `The audit is too weak to see half the noise at this epsilon: its floor would be ${control.lowerBound.toFixed(2)}.`,
    "Floors from the synthetic rows are always far below what was promised: they go through noise, a mixture and a network.",
  ];
}

function plantedSentence({ canaries, tables }: CanaryFindings): string {
  const [first = 0, second = 0] = canaries.planted;
  return `${count(canaries.made)} made-up records were added to the ${count(tables.real.rows)} rows, ${count(first)} to the first training and the other ${count(second)} to the second; the synthetic rows of each were asked which of them it had seen.`;
}

function aucSentence({ auc, score }: CanaryFindings): string {
  if (auc.value === undefined) return `Nothing can be said: ${auc.reason ?? "no canary could be compared"}.`;
  const figure = `AUC ${auc.value.toFixed(2)} (${(auc.low ?? 0).toFixed(2)} to ${(auc.high ?? 1).toFixed(2)}; .50 is guessing, 1 is certainty), by the ${score}`;
  if ((auc.low ?? 0) > BAD_AUC) return `They give away which records the model was trained on: ${figure}.`;
  if ((auc.low ?? 0) > 0.5) return `They give away a little of which records the model was trained on: ${figure}.`;
  return `They do not tell records that the model was trained on from others: ${figure}.`;
}

function exposureSentence({ exposure: { median, max, byChance, candidates } }: CanaryFindings): string {
  if (median.value === undefined || max.value === undefined) return "";
  const far = max.value > byChance.maxHigh ? ", and as much in one audit of 20 at most" : "";
  return `Among ${count(candidates)} records, half of the planted ones stand out by ${bits(median.value)} or more (${bits(byChance.median)} is what chance gives), the most exposed one by ${bits(max.value)} (chance gives about ${bits(byChance.max)}${far}).`;
}

function epsilonSentence({ epsilon }: CanaryFindings): string {
  const { lowerBound, largest, confidence, delta, guesses, right } = epsilon;
  const sure = `${Number((100 * confidence).toPrecision(4))} % confidence`;
  const promise = `differential privacy (delta ${delta})`;
  if (lowerBound > 0) {
    return `With ${sure}, this training does not have ${promise} with an epsilon below ${lowerBound.toFixed(2)}: ${count(right)} of ${count(guesses)} guesses were right.`;
  }
  return `No epsilon is refuted: the floor of ${promise} is 0 with ${sure}; had every guess been right, it would be ${largest.toFixed(2)}.`;
}

function bits(value: number): string {
  return `${value.toFixed(1)} bits`;
}

function count(value: number): string {
  return value.toLocaleString("en-US");
}
