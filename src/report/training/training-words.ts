import { formatCount } from "../format.js";
import type { TrainingEnd, TrainingRecord } from "./training-record.js";

/** How a training went as a whole, for its headline. */
export interface TrainingVerdict {
  readonly level: "good" | "caution" | "bad" | "unknown";
  readonly words: string;
}

/**
 * Bad where a loss was no number, caution where something was found, good where the diagnostics looked and found nothing,
 * unknown where nothing was measured or nothing watched (an older program's model).
 */
export function judgeTraining(record: TrainingRecord): TrainingVerdict {
  const { entries, ends, findings = [] } = record;
  if (entries.length === 0) return { level: "unknown", words: "Nothing was recorded of this training" };
  if (ends?.some(({ because }) => because === "diverged")) {
    return { level: "bad", words: "A loss was not a number: the best weights before it were kept" };
  }
  if (findings.length > 0) {
    const kinds = [...new Set(findings.map(({ failure }) => failureName(failure).toLowerCase()))];
    return { level: "caution", words: `Found while training: ${kinds.join(", ")}` };
  }
  if (ends === undefined) return { level: "unknown", words: "The log does not say how this training ended" };
  return { level: "good", words: "Nothing went wrong that the diagnostics know of" };
}

/** How a phase ended, in a sentence for people who did not write the program. */
export function describeEnding({ phase, steps, budget, kept, because }: TrainingEnd): string {
  const place = `after ${formatCount(steps)} of ${formatCount(budget)} steps`;
  const why = {
    budget: `took all of its ${formatCount(budget)} steps`,
    patience: `ended ${place}: it had stopped getting better`,
    time: `ended ${place}: the time was over`,
    diverged: `ended ${place}: a loss was not a number`,
    answer: `ended ${place}: the diagnostics saw no use in going on`,
  }[because];
  return `${phaseName(phase)} ${why}. ${describeKept(kept)}`;
}

function describeKept(kept: number | undefined): string {
  if (kept === undefined) return "The last weights were kept.";
  if (kept === 0) return "What it began with was better, and was kept.";
  return `The weights of step ${formatCount(kept)} were kept.`;
}

/** What a phase of training is called on pages. */
export function phaseName(phase: string): string {
  const names: Readonly<Record<string, string>> = {
    completion: "Completion of rows",
    adversarial: "Refinement against a critic",
    gan: "Generator against critic",
  };
  return names[phase] ?? phase;
}

/** What a measure is called where it stands alone, without the chart that it is a line of. */
export function measureName(measure: string): string {
  return MEASURE_NAMES[measure] ?? measure;
}

const MEASURE_NAMES: Readonly<Record<string, string>> = {
  loss: "loss of training rows",
  validationLoss: "loss of validation rows",
  memorized: "learned by heart",
  shapeError: "columns off",
  shapeFloor: "columns off, real rows",
  pairError: "pairs of columns off",
  levelPairError: "pairs of single levels off",
  pairFloor: "pairs off, real rows",
  detectionAuc: "detection AUC",
  packedAuc: "alike pairs of rows, AUC",
  coverage: "real rows covered",
  realCoverage: "covered by real rows",
  lostLevels: "levels lost",
  duplicateShare: "duplicates",
  realDuplicateShare: "duplicates, real rows",
  entropyRatio: "entropy over real rows'",
  generatorLoss: "generator loss",
  adversarialLoss: "adversarial loss",
  criticLoss: "critic loss",
  criticPenalty: "critic's penalty",
  completionLoss: "completion loss",
  conditionLoss: "condition loss",
  momentLoss: "moment loss",
  criticAuc: "critic: real or drawn, AUC",
  criticMemory: "critic: trained or new, AUC",
  criticReal: "critic's score, real rows",
  criticFake: "critic's score, drawn rows",
  generatorGradientNorm: "generator gradient norm",
  criticGradientNorm: "critic gradient norm",
  gradientNorm: "gradient norm",
  dcrShare: "nearer to training rows",
  learningRate: "learning rate",
  generatorLearningRate: "generator learning rate",
  criticLearningRate: "critic learning rate",
};

/** What a failure is called on pages. */
export function failureName(failure: string): string {
  const names: Readonly<Record<string, string>> = {
    "mode-collapse": "Mode collapse",
    "vanishing-gradients": "Vanishing gradients",
    "non-convergence": "Non-convergence",
    "critic-overfitting": "Critic overfitting",
    memorization: "Memorization",
  };
  return names[failure] ?? failure;
}

/** What each failure means, for those who meet the word here. */
export const FAILURE_MEANINGS = [
  ["mode-collapse", "the generator draws few kinds of rows and leaves the others out"],
  ["vanishing-gradients", "the critic tells all rows apart, and the generator learns nothing from it any more"],
  [
    "non-convergence",
    "the two players go round each other, or a loss grows without bound, instead of rows getting better",
  ],
  ["critic-overfitting", "the critic knows the training rows by heart, and no longer judges what rows are like"],
  ["memorization", "drawn rows lie nearer to training rows than to other real rows"],
] as const;
