import type { OnProgress } from "../core/progress.js";
import type { AuditPart } from "./audit-parts.js";

/** Share of an audit's time that a part takes, about; they sum to 1. */
const WEIGHTS: Readonly<Record<AuditPart, number>> = { detection: 0.4, privacy: 0.3, utility: 0.2, fidelity: 0.1 };

const WORDS: Readonly<Record<AuditPart, string>> = {
  detection: "telling rows apart",
  privacy: "looking for copies",
  utility: "training models",
  fidelity: "comparing distributions",
};

/** One progress out of the parts', which may run side by side. */
export interface AuditProgress {
  /** What a part is to report to. */
  of(part: AuditPart): OnProgress;
  finish(part: AuditPart): void;
}

/** Sums the parts up in percent of the whole audit, stage "audit"; notices are passed on. */
export function makeAuditProgress(onProgress: OnProgress | undefined): AuditProgress {
  const shares = new Map<AuditPart, number>();
  const tell = (quality: string): void => {
    let sum = 0;
    for (const [part, share] of shares) sum += WEIGHTS[part] * share;
    onProgress?.({
      kind: "progress",
      stage: "audit",
      done: Math.floor(100 * sum + 1e-9),
      total: 100,
      unit: "%",
      quality,
    });
  };
  const advance = (part: AuditPart, share: number, quality: string): void => {
    shares.set(part, Math.max(share, shares.get(part) ?? 0));
    tell(quality);
  };
  return {
    of: (part) => (event) => {
      if (event.kind === "notice") onProgress?.(event);
      if (event.kind === "progress") advance(part, event.done / event.total, event.quality ?? WORDS[part]);
    },
    finish: (part) => advance(part, 1, WORDS[part]),
  };
}
