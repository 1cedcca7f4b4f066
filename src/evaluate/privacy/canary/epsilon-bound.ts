/** How well an auditor guessed which canaries had been planted. */
export interface Guesses {
  /** Canaries in all, each planted or not by the toss of a fair coin. */
  readonly canaries: number;
  /** Canaries that a guess was made for; the auditor abstained from the others. */
  readonly guesses: number;
  /** Guesses that were right. */
  readonly right: number;
}

/** Halvings of the interval that holds the bound: exact to a millionth. */
const HALVINGS = 26;

/**
 * The largest epsilon that guesses refute: were the training (epsilon', delta)-differentially private with an epsilon' below it,
 * so many right guesses would happen with a probability of at most `significance`. 0 where they refute nothing. The number of
 * guesses must not depend on what was planted. With delta 0 it is log(p / (1 - p)) of Clopper and Pearson's lower limit p of the
 * share of right guesses.
 *
 * Steinke, Nasr, Jagielski 2023, Privacy auditing with one (1) training run, theorem 5.2, arXiv:2305.08846.
 */
export function epsilonLowerBound(guesses: Guesses, delta: number, significance: number): number {
  const isRefuted = (epsilon: number) => chanceOfGuesses(guesses, epsilon, delta) < significance;
  if (guesses.guesses === 0 || !isRefuted(0)) return 0;
  let low = 0;
  let high = 1;
  while (isRefuted(high)) {
    low = high;
    high *= 2;
  }
  for (let step = 0; step < HALVINGS; step++) {
    const middle = (low + high) / 2;
    if (isRefuted(middle)) low = middle;
    else high = middle;
  }
  return low;
}

/**
 * Bound of the probability that at least so many guesses are right where the training is (epsilon, delta)-differentially private:
 * the tail of as many answers by randomized response, and what delta adds to it.
 */
export function chanceOfGuesses({ canaries, guesses, right }: Guesses, epsilon: number, delta: number): number {
  const chances = binomialChances(guesses, epsilon);
  let tail = 0;
  for (let k = guesses; k >= right; k--) tail += chances[k]!;
  if (delta === 0) return Math.min(1, tail);
  let below = 0;
  let steepest = 0;
  for (let i = 1; i <= right; i++) {
    below += chances[right - i]!;
    steepest = Math.max(steepest, below / i);
  }
  return Math.min(1, tail + 2 * canaries * delta * steepest);
}

/** P(k of `trials` right), each with probability e^epsilon / (1 + e^epsilon). [trials + 1] */
function binomialChances(trials: number, epsilon: number): Float64Array {
  const logRight = -Math.log1p(Math.exp(-epsilon));
  const logWrong = logRight - epsilon;
  const chances = new Float64Array(trials + 1);
  let logWays = 0;
  for (let k = 0; k <= trials; k++) {
    chances[k] = Math.exp(logWays + k * logRight + (trials - k) * logWrong);
    logWays += Math.log(trials - k) - Math.log(k + 1);
  }
  return chances;
}
