import type { OnProgress } from "../core/progress.js";
import type { TrainingFinding } from "./diagnostics/training-measures.js";
import type { PhaseEnd, TrainingLog, TrainingLogEntry, TrainingOverlay } from "./trained-generator.js";

type Divergence = NonNullable<TrainingLog["diverged"]>;

/** A training log while it is written. Measures, notes and findings are told as events as they come. */
export interface OpenLog {
  readonly record: (entry: TrainingLogEntry) => void;
  /** Adds a sentence; with it, where it says how a phase ended, the same as data. */
  readonly note: (sentence: string, end?: PhaseEnd) => void;
  readonly diverged: (phase: Divergence["phase"], step: number) => void;
  readonly find: (finding: TrainingFinding) => void;
  /** Adds an overlay's looks to those that the field has in that phase. */
  readonly overlay: (overlay: TrainingOverlay) => void;
  /** The log so far; a new one after each addition. */
  readonly state: () => TrainingLog;
  /** Goes on from `state`. */
  readonly restore: (log: TrainingLog) => void;
}

/** An empty log. */
export function openLog(onProgress: OnProgress): OpenLog {
  let log: TrainingLog = { entries: [], notes: [] };
  const note: OpenLog["note"] = (sentence, end) => {
    log = { ...log, notes: [...log.notes, sentence], ...(end && { ends: [...(log.ends ?? []), end] }) };
    onProgress({ kind: "note", note: sentence });
  };
  return {
    note,
    record(entry) {
      log = { ...log, entries: [...log.entries, entry] };
      onProgress({ kind: "measure", entry });
    },
    diverged(phase, step) {
      log = { ...log, diverged: { phase, step } };
      note(`${phase}: a loss was not a number at step ${step}; the best weights before it are kept`);
    },
    find(finding) {
      log = { ...log, findings: [...(log.findings ?? []), finding] };
      onProgress({ kind: "finding", finding });
    },
    overlay(overlay) {
      const isSame = ({ field, phase }: TrainingOverlay) => field === overlay.field && phase === overlay.phase;
      const before = log.overlays ?? [];
      const overlays = before.some(isSame)
        ? before.map((own) => (isSame(own) ? { ...own, looks: [...own.looks, ...overlay.looks] } : own))
        : [...before, overlay];
      log = { ...log, overlays };
    },
    state: () => log,
    restore: (kept) => {
      log = kept;
    },
  };
}
