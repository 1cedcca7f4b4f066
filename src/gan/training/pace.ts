import type { TrainingAnswer } from "../diagnostics/training-measures.js";
import type { Snapshot } from "./snapshot.js";

/** How hard the players train, as far as the diagnostics may change it: plain values that change in place. */
export interface Pace {
  /** Learning rates, before warm-up and decay. */
  generatorRate: number;
  criticRate: number;
  /** Critic steps a generator step; below 1: one in so many generator steps. */
  criticSteps: number;
  /** Times the configured penalty of the critic. */
  penalty: number;
}

/** The configured pace; without a critic only the generator's rate counts. */
export function beginPace({
  generatorRate,
  criticRate = 0,
  criticSteps = 0,
}: Pick<Pace, "generatorRate"> & Partial<Pick<Pace, "criticRate" | "criticSteps">>): Pace {
  return { generatorRate, criticRate, criticSteps, penalty: 1 };
}

/** Critic steps that are due with the generator step after `step` of them: at least one with the first. */
export function criticStepsDue({ criticSteps }: Pace, step: number): number {
  const [before, after] = [step, step + 1].map((steps) => Math.floor(steps * criticSteps + 1e-9)) as [number, number];
  return Math.max(step === 0 ? 1 : 0, after - before);
}

/** Bounds of what answers may make of the critic steps a generator step. */
const MIN_CRITIC_STEPS = 0.1;
const MAX_CRITIC_STEPS = 20;

/**
 * Carries out what the diagnostics answer.
 *
 * @param best the checkpoint that a restart goes back to, where there is one yet
 * @returns whether training is to stop
 */
export function carryOut(answers: readonly TrainingAnswer[], pace: Pace, best: Pick<Snapshot, "goBack">): boolean {
  for (const answer of answers) {
    switch (answer.kind) {
      case "scale-rates":
        scaleRates(pace, answer.generator, answer.critic);
        break;
      case "scale-critic-steps":
        pace.criticSteps = Math.min(MAX_CRITIC_STEPS, Math.max(MIN_CRITIC_STEPS, pace.criticSteps * answer.factor));
        break;
      case "scale-penalty":
        pace.penalty *= answer.factor;
        break;
      case "restart":
        best.goBack();
        scaleRates(pace, answer.rates, answer.rates);
        break;
      case "stop":
        break;
      default:
        answer satisfies never;
    }
  }
  return answers.some(({ kind }) => kind === "stop");
}

function scaleRates(pace: Pace, generator: number, critic: number): void {
  pace.generatorRate *= generator;
  pace.criticRate *= critic;
}
