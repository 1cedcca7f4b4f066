import type { GanConfig } from "../../config.js";
import { beginPace, type Pace } from "../pace.js";

/** How far training has come, and its pace: plain values that change in place. */
export interface GanCourse extends Pace {
  /** Generator steps taken. */
  step: number;
  /** Shape and pair error of the untrained generator's rows; infinite without validation rows. */
  firstError: number;
  /** Sums since the last look, of so many rounds. */
  rounds: number;
  sums: Record<string, number>;
}

export function beginCourse({ training }: GanConfig): GanCourse {
  return {
    ...beginPace({
      generatorRate: training.generatorLearningRate,
      criticRate: training.criticLearningRate,
      criticSteps: training.criticSteps,
    }),
    step: 0,
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
