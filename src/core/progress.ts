/** What long work tells its caller. The library never prints; the command line draws these. */
export type ProgressEvent =
  | { readonly kind: "stage"; readonly stage: string; readonly message: string }
  | {
      readonly kind: "progress";
      readonly stage: string;
      readonly done: number;
      readonly total: number;
      /** What is counted: "steps", "rows". */
      readonly unit: string;
      /** Current quality in plain words, e.g. "validation loss 12.31". */
      readonly quality?: string;
    }
  | {
      readonly kind: "notice";
      readonly code: string;
      readonly message: string;
      readonly column?: string;
      /** N_PRIVACY_PLAN: what is going to be told of the rows, in the order of the touches. */
      readonly spending?: readonly PlannedSpending[];
    }
  /** What training measured at a step: a line of its log. */
  | {
      readonly kind: "measure";
      readonly entry: { readonly phase: string; readonly step: number; readonly [measure: string]: number | string };
    }
  /** How a phase of training ended, in a sentence. */
  | { readonly kind: "note"; readonly note: string }
  /** What went wrong in training, and what was done about it. */
  | {
      readonly kind: "finding";
      readonly finding: {
        readonly failure: string;
        readonly phase: string;
        readonly step: number;
        readonly message: string;
        readonly evidence: Readonly<Record<string, number>>;
        readonly answer: string;
      };
    };

/** One part of what a differentially private run is going to spend. */
export interface PlannedSpending {
  /** In words: "counts of pairs of columns". */
  readonly released: string;
  /** Of the whole budget (in squared mu of Gaussian differential privacy), 0..1. */
  readonly share: number;
  /** Numbers that one row changes, each by 1, at most. */
  readonly changes: number;
  /** Sigma of the noise of each number. */
  readonly scale: number;
  /** Probability paid outright. */
  readonly delta: number;
}

export type OnProgress = (event: ProgressEvent) => void;
