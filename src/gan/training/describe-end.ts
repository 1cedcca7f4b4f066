import type { PhaseEnd } from "../trained-generator.js";

/** How a phase ended, as a sentence of the training log. `quality`: what the kept weights reached, e.g. "validation loss 10.2". */
export function describeEnd(end: PhaseEnd, quality: string): string {
  const { phase, kept } = end;
  if (kept === undefined) return `${phase}: ${whatEnded(end)}, before a look at the validation rows`;
  return `${phase}: ${whatEnded(end)}; kept step ${kept}, ${quality}`;
}

function whatEnded({ because, steps, budget }: PhaseEnd): string {
  const place = `at step ${steps} of ${budget}`;
  switch (because) {
    case "budget":
      return `ran its ${budget} steps`;
    case "patience":
      return `stopped early ${place}`;
    case "time":
      return `ran out of time ${place}`;
    case "diverged":
      return `a loss was not a number ${place}`;
    case "answer":
      return `the diagnostics ended it ${place}`;
    default:
      return because satisfies never;
  }
}
