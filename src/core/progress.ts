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
  | { readonly kind: "notice"; readonly code: string; readonly message: string; readonly column?: string };

export type OnProgress = (event: ProgressEvent) => void;
