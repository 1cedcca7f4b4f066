import type { OnProgress, ProgressEvent } from "../core/progress.js";

/** Which part of one model's work its phases are, about. */
const PHASES: Readonly<Record<string, readonly [from: number, to: number]>> = {
  completion: [0, 0.5],
  adversarial: [0.5, 0.9],
  gan: [0, 0.9],
  sample: [0.9, 1],
};

/**
 * Several trainings as one progress in percent, stage `stage`: what the model of number `index` (0 = first) reports is to go
 * to the function that is returned for it. Notices are those of the first model where `withNotices` says so, else none: each
 * model would tell the same.
 */
export function tellTrainings(
  onProgress: OnProgress | undefined,
  stage: string,
  total: number,
  withNotices = false,
): (index: number) => OnProgress {
  return (index) => {
    let share = 0;
    return (event) => {
      if (event.kind === "notice" && withNotices && index === 0) onProgress?.(event);
      if (event.kind !== "progress") return;
      share = Math.max(share, shareOf(event));
      const quality = `model ${index + 1} of ${total}: ${event.stage}`;
      onProgress?.({ kind: "progress", stage, done: (100 * (index + share)) / total, total: 100, unit: "%", quality });
    };
  };
}

function shareOf({ stage, done, total }: Extract<ProgressEvent, { kind: "progress" }>): number {
  const phase = PHASES[stage];
  if (phase === undefined || total === 0) return 0;
  const [from, to] = phase;
  return from + ((to - from) * done) / total;
}
