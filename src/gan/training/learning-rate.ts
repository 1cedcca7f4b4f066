/** Linear warm-up, a plateau, then a linear fall to 0 over the last `decayShare` of the budget. */
export function learningRateAt(
  step: number,
  schedule: {
    readonly peak: number;
    readonly warmupSteps: number;
    readonly decayShare: number;
    readonly steps: number;
  },
): number {
  const warm = Math.min(1, (step + 1) / Math.max(1, schedule.warmupSteps));
  const decayFrom = schedule.steps * (1 - schedule.decayShare);
  const fall = step <= decayFrom ? 1 : Math.max(0, (schedule.steps - step) / (schedule.steps - decayFrom));
  return schedule.peak * Math.min(warm, fall);
}

/** True at the steps (1..steps) where one of `looks` looks at the validation rows is due, evenly spaced; always at the last. */
export function isLook(step: number, steps: number, looks: number): boolean {
  return Math.floor((step * looks) / steps) > Math.floor(((step - 1) * looks) / steps);
}
