/**
 * What a look measures, beside a phase's own losses: names that diagnostics, log, `synth inspect` and the training page
 * share. A phase gives those it has.
 */
export interface TrainingMeasures {
  /** Losses of the two players since the last look, means. */
  readonly generatorLoss?: number;
  readonly criticLoss?: number;
  /** The completion phase: mean loss since the last look, loss of validation rows, how much lower that of training rows is. */
  readonly loss?: number;
  readonly validationLoss?: number;
  readonly memorized?: number;
  /** Mean critic score of real and of generated rows. */
  readonly criticReal?: number;
  readonly criticFake?: number;
  /** Share of real and generated rows that the critic's score tells apart rightly (AUC), 0.5..1; 1: saturated. */
  readonly criticAuc?: number;
  /** AUC of the critic's score between training rows and validation rows; .5: it learned no training row by heart. */
  readonly criticMemory?: number;
  /** Norm of the whole gradient, before clipping. By layer: `generatorGradient.<weight>`, `criticGradient.<weight>`. */
  readonly generatorGradientNorm?: number;
  readonly criticGradientNorm?: number;
  /** Mean over fields of the total variation between drawn and validation rows, and what as many training rows have. */
  readonly shapeError?: number;
  readonly shapeFloor?: number;
  /** The same of pairs of fields. */
  readonly pairError?: number;
  readonly pairFloor?: number;
  /** Share of the levels that at least 1 % of validation rows have and no drawn row. */
  readonly lostLevels?: number;
  /** Mean entropy of drawn rows over that of as many training rows: of fields, or of pairs of fields, whichever is less. */
  readonly entropyRatio?: number;
  /** Share of drawn rows that equal another drawn row, and the same of real rows. */
  readonly duplicateShare?: number;
  readonly realDuplicateShare?: number;
  /** Share of validation rows with a drawn row within their nearest real neighbours' distance (Naeem et al. 2020). */
  readonly coverage?: number;
  /** The same with as many training rows. */
  readonly realCoverage?: number;
  /** AUC of telling pairs of drawn rows from pairs of real rows by how alike they are (packing, Lin et al. 2018). */
  readonly packedAuc?: number;
  /** Share of drawn rows nearer to a training row than to any of as many validation rows; .5: none learned by heart. */
  readonly dcrShare?: number;
  /** Its standard error if training and validation rows could be exchanged. */
  readonly dcrShareError?: number;
}

/** What may go wrong in training. */
export type TrainingFailure =
  | "mode-collapse"
  | "vanishing-gradients"
  | "non-convergence"
  | "critic-overfitting"
  | "memorization";

/** One thing that went wrong, with what shows it. */
export interface TrainingFinding {
  readonly failure: TrainingFailure;
  readonly phase: string;
  readonly step: number;
  /** Plain words: what was seen, against which threshold. */
  readonly message: string;
  /** The measures that show it, by their names. */
  readonly evidence: Readonly<Record<string, number>>;
  /** What was done about it, or what to do; plain words. */
  readonly answer: string;
}

/** What a trainer does about a finding. */
export type TrainingAnswer =
  | { readonly kind: "scale-rates"; readonly generator: number; readonly critic: number }
  | { readonly kind: "scale-critic-steps"; readonly factor: number }
  | { readonly kind: "scale-penalty"; readonly factor: number }
  /** Back to the best checkpoint, with both rates scaled. */
  | { readonly kind: "restart"; readonly rates: number }
  | { readonly kind: "stop" };

/** Watches the looks of a training. */
export interface TrainingMonitor {
  /** Takes a look's measures; findings go into the log, and what to do is returned: [] without `auto`. */
  look(phase: string, step: number, measures: TrainingMeasures): readonly TrainingAnswer[];
  /** What it remembers of the looks so far, as plain values; a training that was interrupted goes on from it. */
  state(): unknown;
  restore(state: unknown): void;
}
