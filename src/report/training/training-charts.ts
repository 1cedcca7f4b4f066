import type { MeasureUnit } from "../charts/upright-axis.js";

/** One chart of a phase: which measures of its log it draws, and what a healthy one looks like. */
export interface TrainingChart {
  readonly name: string;
  readonly healthy: string;
  readonly unit: MeasureUnit;
  readonly scale?: "linear" | "logarithmic";
  readonly include?: readonly number[];
  readonly lines: readonly ChartLine[];
}

export interface ChartLine {
  readonly measure: string;
  readonly name: string;
  /** Dashed: what the others are to be read against. */
  readonly isReference?: boolean;
}

/** The charts there are, in the order of the page; a phase has those of whose measures it recorded one. */
export const TRAINING_CHARTS: readonly TrainingChart[] = [
  {
    name: "Loss of completing rows",
    healthy: "Healthy: both fall and level off; validation that turns upwards while training falls is overfitting.",
    unit: "number",
    lines: [
      { measure: "loss", name: "training rows" },
      { measure: "validationLoss", name: "validation rows" },
    ],
  },
  {
    name: "Learned by heart",
    healthy:
      "Healthy: stays well below the loss itself; it grows as single rows are learned, and early stop weighs it.",
    unit: "number",
    include: [0],
    lines: [{ measure: "memorized", name: "what training rows are completed better, nats a row" }],
  },
  {
    name: "Columns: how far drawn rows are off",
    healthy: "Healthy: falls towards the dashed floor, which is what as many real rows differ by chance.",
    unit: "share",
    include: [0],
    lines: [
      { measure: "shapeError", name: "drawn rows" },
      { measure: "shapeFloor", name: "floor: real rows", isReference: true },
    ],
  },
  {
    name: "Pairs of columns: how far drawn rows are off",
    healthy: "Healthy: falls towards the dashed floor and stays there.",
    unit: "share",
    include: [0],
    lines: [
      { measure: "pairError", name: "drawn rows" },
      { measure: "pairFloor", name: "floor: real rows", isReference: true },
    ],
  },
  {
    name: "Detection: are drawn rows told from real ones",
    healthy: "Healthy: falls towards 0.5, where nothing tells them apart; 1 means that every drawn row is recognised.",
    unit: "number",
    include: [0.5, 1],
    lines: [
      { measure: "detectionAuc", name: "single rows, AUC" },
      { measure: "packedAuc", name: "pairs of rows by how alike they are, AUC" },
    ],
  },
  {
    name: "Variety of drawn rows",
    healthy: "Healthy: coverage and duplicates come near the dashed lines, which real rows have; no levels stay lost.",
    unit: "share",
    include: [0, 1],
    lines: [
      { measure: "coverage", name: "real rows covered" },
      { measure: "realCoverage", name: "covered by as many real rows", isReference: true },
      { measure: "lostLevels", name: "levels lost" },
      { measure: "duplicateShare", name: "duplicates" },
      { measure: "realDuplicateShare", name: "duplicates among real rows", isReference: true },
    ],
  },
  {
    name: "Entropy of drawn rows over that of real ones",
    healthy: "Healthy: close to 1; far below it few values are drawn again and again.",
    unit: "number",
    include: [1],
    lines: [{ measure: "entropyRatio", name: "ratio of entropies" }],
  },
  {
    name: "Losses of the two players",
    healthy: "Healthy: both settle into a band; spikes, a drift without end or one player at 0 are not.",
    unit: "number",
    lines: [
      { measure: "generatorLoss", name: "generator" },
      { measure: "adversarialLoss", name: "generator, against the critic" },
      { measure: "criticLoss", name: "critic" },
      { measure: "criticPenalty", name: "critic's gradient penalty" },
    ],
  },
  {
    name: "The generator's other losses",
    healthy: "Healthy: each falls or stays level while the critic pulls the other way.",
    unit: "number",
    lines: [
      { measure: "completionLoss", name: "completion" },
      { measure: "conditionLoss", name: "conditioned columns" },
      { measure: "momentLoss", name: "second moments" },
    ],
  },
  {
    name: "The critic: does it tell real from drawn",
    healthy: "Healthy: real against drawn stays below 1; training against validation rows stays near 0.5.",
    unit: "number",
    include: [0.5, 1],
    lines: [
      { measure: "criticAuc", name: "real against drawn rows, AUC" },
      { measure: "criticMemory", name: "training against validation rows, AUC" },
    ],
  },
  {
    name: "The critic's scores",
    healthy: "Healthy: the two lines stay near each other; a gap that only widens is a critic that has won.",
    unit: "number",
    lines: [
      { measure: "criticReal", name: "real rows" },
      { measure: "criticFake", name: "drawn rows" },
    ],
  },
  {
    name: "Gradient norms",
    healthy: "Healthy: level, or falling by a decade or two; a fall to nothing is vanishing, a climb is divergence.",
    unit: "number",
    scale: "logarithmic",
    lines: [
      { measure: "generatorGradientNorm", name: "generator" },
      { measure: "criticGradientNorm", name: "critic" },
      { measure: "gradientNorm", name: "network" },
    ],
  },
  {
    name: "Nearness to training rows",
    healthy: "Healthy: about 50 %; clearly more means that training rows are drawn again.",
    unit: "share",
    include: [0.3, 0.7],
    lines: [{ measure: "dcrShare", name: "drawn rows nearer to a training row than to a validation row" }],
  },
  {
    name: "Learning rates",
    healthy: "As planned: warm-up, plateau, fall; a step down elsewhere is an answer of the diagnostics.",
    unit: "number",
    scale: "logarithmic",
    lines: [
      { measure: "learningRate", name: "network" },
      { measure: "generatorLearningRate", name: "generator" },
      { measure: "criticLearningRate", name: "critic" },
    ],
  },
];

/** Gradients of single layers are recorded under the player's name, a dot and the weight. */
export const LAYER_GRADIENTS = [
  { prefix: "generatorGradient.", name: "Gradient norms of the generator's layers" },
  { prefix: "criticGradient.", name: "Gradient norms of the critic's layers" },
] as const;
