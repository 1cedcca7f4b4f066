import type { TrainingEntry, TrainingRecord } from "../../../src/report/training/training-record.js";

/** A training in which everything that a page can draw was recorded, and two things went wrong. */
export function makeTraining({
  names = ["colour", "weight (g)"],
}: {
  readonly names?: readonly string[];
} = {}): TrainingRecord {
  return {
    entries: [
      ...Array.from({ length: 20 }, (_, i) => ganEntry(i)),
      ...Array.from({ length: 8 }, (_, i) => completionEntry(i)),
    ],
    notes: ["gan: the diagnostics ended it at step 2000 of 4000; kept step 1200, pair error 0.0412"],
    ends: [
      { phase: "gan", steps: 2000, budget: 4000, kept: 1200, because: "answer" },
      { phase: "completion", steps: 800, budget: 800, kept: 800, because: "budget" },
    ],
    findings: [
      {
        failure: "mode-collapse",
        phase: "gan",
        step: 1500,
        message: "46 % of the drawn rows are duplicates, more than 20 % above real ones",
        evidence: { duplicateShare: 0.46, coverage: 0.21 },
        answer: "The critic now sees the rows in packs; training went back to step 1200.",
      },
      {
        failure: "non-convergence",
        phase: "gan",
        step: 2000,
        message: "a loss was not a number",
        evidence: {},
        answer: "Training ended; the best weights were kept.",
      },
    ],
    overlays: names.map((field, at) => ({
      field,
      phase: "gan",
      real: shares(12, at, 1),
      looks: Array.from({ length: 9 }, (_, look) => ({
        step: 100 + 200 * look,
        shares: shares(12, at, 6 - 0.6 * look),
      })),
    })),
  };
}

function ganEntry(i: number): TrainingEntry {
  const fall = Math.exp(-i / 6);
  const layers = Array.from({ length: 8 }, (_, layer) => [
    `generatorGradient.W${layer}`,
    10 ** (-layer / 2) * (0.1 + fall),
  ]);
  return {
    phase: "gan",
    step: 100 * (i + 1),
    generatorLoss: i === 19 ? Number.NaN : 1 + Math.sin(i),
    criticLoss: i === 19 ? Number.NaN : -1.2 + 0.3 * Math.cos(i),
    criticReal: 0.5 + 0.1 * i,
    criticFake: -0.5 - 0.1 * i,
    criticAuc: 0.6 + 0.02 * i,
    criticMemory: 0.5 + 0.01 * i,
    generatorGradientNorm: 2 * fall + 1e-3,
    criticGradientNorm: i === 12 ? 0 : 1,
    ...Object.fromEntries(layers),
    shapeError: 0.02 + 0.4 * fall,
    shapeFloor: 0.018,
    pairError: 0.04 + 0.5 * fall,
    pairFloor: 0.035,
    lostLevels: 0.3 * fall,
    entropyRatio: 1 - 0.3 * fall,
    duplicateShare: 0.02 + 0.02 * i,
    realDuplicateShare: 0.03,
    coverage: 0.9 - 0.03 * i,
    packedAuc: 0.55,
    dcrShare: 0.5 + 0.005 * i,
    generatorLearningRate: i < 15 ? 2e-4 : 1e-4,
    criticLearningRate: 4e-4,
  };
}

function completionEntry(i: number): TrainingEntry {
  return { phase: "completion", step: 100 * (i + 1), loss: 12 - i, validationLoss: 12.2 - 0.9 * i, memorized: 0.1 * i };
}

function shares(groups: number, at: number, sharpness: number): number[] {
  const weights = Array.from({ length: groups }, (_, i) => Math.exp(-sharpness * 0.1 * (i - 3 * (at + 1)) ** 2));
  const sum = weights.reduce((all, weight) => all + weight, 0);
  return weights.map((weight) => weight / sum);
}
