import type { JointQuestion } from "../paid-rows.js";
import { cellsOf } from "./joint-questions.js";
import { MEAN_NOISE } from "./measurement.js";

/** A question, and how far the estimate of its counts is from them. */
export interface ScoredQuestion {
  readonly of: JointQuestion;
  /** Noisy sum of |count - estimate|. */
  readonly distance: number;
}

/**
 * The questions whose answers would be the most news: their distance beyond what the noise of the answer is expected to add
 * (AIM's score: McKenna et al. 2022, arXiv:2201.12677, algorithm 4), the greatest first.
 */
export function chooseQuestions(scored: readonly ScoredQuestion[], count: number, sigma: number): JointQuestion[] {
  const quality = ({ of, distance }: ScoredQuestion) => distance - MEAN_NOISE * sigma * cellsOf(of);
  return [...scored]
    .sort((a, b) => quality(b) - quality(a))
    .slice(0, count)
    .map(({ of }) => of);
}
