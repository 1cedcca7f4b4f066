import type { GanConfig } from "../../config.js";
import type { TrainingAnswer } from "../../diagnostics/training-measures.js";

/** How far training has come, and what the diagnostics have changed: plain values that change in place. */
export interface GanCourse {
  /** Generator steps taken. */
  step: number;
  generatorRate: number;
  criticRate: number;
  /** Critic steps a generator step; below 1: one in so many generator steps. */
  criticSteps: number;
  /** Times the configured penalty. */
  penalty: number;
  /** Shape and pair error of the untrained generator's rows; infinite without validation rows. */
  firstError: number;
  /** Sums since the last look, of so many rounds. */
  rounds: number;
  sums: Record<string, number>;
}

export function beginCourse({ training }: GanConfig): GanCourse {
  return {
    step: 0,
    generatorRate: training.generatorLearningRate,
    criticRate: training.criticLearningRate,
    criticSteps: training.criticSteps,
    penalty: 1,
    firstError: Number.POSITIVE_INFINITY,
    rounds: 0,
    sums: {},
  };
}

/** Adds a round's measures to the sums. */
export function addRound(course: GanCourse, measures: Readonly<Record<string, number>>): void {
  course.rounds++;
  for (const [name, value] of Object.entries(measures)) course.sums[name] = (course.sums[name] ?? 0) + value;
}

/** Means since the last look; begins anew. */
export function takeMeans(course: GanCourse): Record<string, number> {
  const means = Object.fromEntries(Object.entries(course.sums).map(([name, sum]) => [name, sum / course.rounds]));
  Object.assign(course, { rounds: 0, sums: {} });
  return means;
}

/** Bounds of what answers may make of the critic steps a generator step. */
const MIN_CRITIC_STEPS = 0.1;
const MAX_CRITIC_STEPS = 20;

/**
 * Carries out what the diagnostics answer.
 *
 * @param restart goes back to the best checkpoint; false where there is none yet
 * @returns whether training is to stop
 */
export function carryOut(answers: readonly TrainingAnswer[], course: GanCourse, restart: () => boolean): boolean {
  let isOver = false;
  for (const answer of answers) {
    switch (answer.kind) {
      case "scale-rates":
        course.generatorRate *= answer.generator;
        course.criticRate *= answer.critic;
        break;
      case "scale-critic-steps":
        course.criticSteps = Math.min(MAX_CRITIC_STEPS, Math.max(MIN_CRITIC_STEPS, course.criticSteps * answer.factor));
        break;
      case "scale-penalty":
        course.penalty *= answer.factor;
        break;
      case "restart":
        restart();
        course.generatorRate *= answer.rates;
        course.criticRate *= answer.rates;
        break;
      case "stop":
        isOver = true;
        break;
      default:
        answer satisfies never;
    }
  }
  return isOver;
}
