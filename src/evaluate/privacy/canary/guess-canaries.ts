import { epsilonLowerBound, type Guesses } from "./epsilon-bound.js";

/** One score of every canary in one training: high where the release looks as if it had been planted. */
export interface CanaryScores {
  /** Which score. */
  readonly name: string;
  /** Which training: 0, 1 ... */
  readonly run: number;
  /** [canaries] */
  readonly scores: Float64Array;
  /** [canaries] 1 = planted in this training. */
  readonly planted: Uint8Array;
}

/** The strongest bound on epsilon that a set of audits gives. */
export interface EpsilonBound extends Guesses {
  /** 0 = nothing was refuted. */
  readonly epsilon: number;
  /** What the same audit would have given had every guess been right: a weak audit cannot find a large epsilon. */
  readonly largest: number;
  readonly score: string;
  readonly run: number;
}

/** Shares of the canaries that are called planted and not planted. */
export interface GuessingPlan {
  readonly planted: number;
  readonly absent: number;
}

/**
 * Shares of the canaries that are called planted (those with the highest scores) and not planted (the lowest). Not halves: of
 * canaries that are all recognised a few guesses in the middle would be wrong, for not exactly half of them were planted.
 */
const PLANS: readonly GuessingPlan[] = [
  { planted: 0.45, absent: 0.45 },
  { planted: 1 / 4, absent: 1 / 4 },
  { planted: 1 / 8, absent: 0 },
  { planted: 1 / 32, absent: 0 },
];

/**
 * A lower bound on epsilon that holds with the given confidence: each score of each training is read in four ways, fixed
 * beforehand (nine tenths of the canaries guessed, half of them, the eighth and the thirty-second with the highest scores), and the best of
 * all bounds is paid for by dividing 1 - confidence by their number (Bonferroni). Equal scores keep the canaries' order, which
 * knows nothing of what was planted.
 *
 * @param plans other ways of reading a score, fixed beforehand
 */
export function boundEpsilon(
  audits: readonly CanaryScores[],
  options: { readonly confidence: number; readonly delta: number },
  plans = PLANS,
): EpsilonBound {
  const significance = (1 - options.confidence) / (audits.length * plans.length);
  const bound = (guesses: Guesses) => epsilonLowerBound(guesses, options.delta, significance);
  const found = audits.flatMap((audit) =>
    countRight(audit, plans).map((guesses) => ({
      ...guesses,
      score: audit.name,
      run: audit.run,
      epsilon: bound(guesses),
    })),
  );
  const best = found.reduce((a, b) => (b.epsilon > a.epsilon ? b : a));
  const largest = Math.max(...found.map((guesses) => bound({ ...guesses, right: guesses.guesses })));
  return { ...best, largest };
}

/** The guesses of every plan. */
function countRight({ scores, planted }: CanaryScores, plans: readonly GuessingPlan[]): Guesses[] {
  const canaries = scores.length;
  const order = Uint32Array.from(scores, (_, row) => row).sort((a, b) => scores[b]! - scores[a]! || a - b);
  return plans.map((plan) => {
    const first = Math.floor(plan.planted * canaries);
    const last = Math.floor(plan.absent * canaries);
    let right = 0;
    for (let at = 0; at < first; at++) right += planted[order[at]!]!;
    for (let at = canaries - last; at < canaries; at++) right += 1 - planted[order[at]!]!;
    return { canaries, guesses: first + last, right };
  });
}
