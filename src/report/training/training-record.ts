/**
 * What a training page is drawn from: a model's training log as plain data. The report's folder knows no model, so the
 * structure is said here anew; a `TrainingLog` is one as it stands.
 */
export interface TrainingRecord {
  readonly entries: readonly TrainingEntry[];
  /** One sentence a phase. */
  readonly notes: readonly string[];
  readonly ends?: readonly TrainingEnd[];
  readonly findings?: readonly FoundFailure[];
  readonly overlays?: readonly FieldOverlay[];
}

/** What was measured at a step; NaN where a measure was not finite. */
export interface TrainingEntry {
  readonly phase: string;
  readonly step: number;
  readonly [measure: string]: number | string;
}

/** How a phase ended: steps taken of its budget, and the step whose weights were kept (0: those it began with). */
export interface TrainingEnd {
  readonly phase: string;
  readonly steps: number;
  readonly budget: number;
  readonly kept?: number;
  readonly because: "budget" | "patience" | "time" | "diverged" | "answer";
}

/** Something that went wrong, what shows it, and what was done about it. */
export interface FoundFailure {
  readonly failure: string;
  readonly phase: string;
  readonly step: number;
  readonly message: string;
  readonly evidence: Readonly<Record<string, number>>;
  readonly answer: string;
}

/** Shares of one field's levels, in their order: among real rows, and among drawn rows at each look. */
export interface FieldOverlay {
  readonly field: string;
  readonly phase: string;
  readonly real: readonly number[];
  readonly looks: readonly { readonly step: number; readonly shares: readonly number[] }[];
}

/** The phases of a training, in the order in which they began. */
export function phasesOf({ entries, ends = [], findings = [] }: TrainingRecord): string[] {
  return [...new Set([...entries, ...ends, ...findings].map(({ phase }) => phase))];
}

/** The step whose weights a phase kept; undefined where the log does not say. */
export function keptStep({ ends = [] }: TrainingRecord, phase: string): number | undefined {
  return ends.findLast((end) => end.phase === phase)?.kept;
}
