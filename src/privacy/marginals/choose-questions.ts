import type { JointQuestion } from "../paid-rows.js";
import { cellsOf } from "./joint-questions.js";

/** A question, and how far the estimate of its counts is from them. */
export interface ScoredQuestion {
  readonly of: JointQuestion;
  /** Noisy sum of |count - estimate|. */
  readonly distance: number;
}

/** The L1 error of a count that is known with noise, in its standard deviation: E|z| = sqrt(2 / pi). */
const EXPECTED_ERROR = Math.sqrt(2 / Math.PI);

/**
 * The questions whose answers would be the most news: their distance beyond what the noise of the answer is expected to add
 * (AIM's score: McKenna et al. 2022, arXiv:2201.12677, algorithm 4), the greatest first.
 */
export function chooseQuestions(scored: readonly ScoredQuestion[], count: number, sigma: number): JointQuestion[] {
  const quality = ({ of, distance }: ScoredQuestion) => distance - EXPECTED_ERROR * sigma * cellsOf(of);
  return [...scored]
    .sort((a, b) => quality(b) - quality(a))
    .slice(0, count)
    .map(({ of }) => of);
}
