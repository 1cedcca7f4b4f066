export type JointKind = "pairs" | "triple scores" | "triples";

/** A release of joint counts, or of scores that choose them. */
export interface JointPart {
  readonly kind: JointKind;
  /** Of the budget of all joint counts. */
  readonly share: number;
  /** Tables: numbers that one row changes. */
  readonly changes: number;
}

/** A round of joint counts: all sets of so many fields, or those that were estimated worst. */
export interface JointRound {
  /** Fields of a set; in pairs the target is left out, for each is measured with it. */
  readonly size: 2 | 3;
  /** Absent: all sets are measured. */
  readonly scores?: JointPart;
  readonly counts: JointPart;
}

/** A smaller epsilon is better spent on pairs. */
const TRIPLES_FROM = 3;
const TRIPLES = 40;
/** More sets of three are not looked through. */
const MOST_TRIPLES = 3000;
const TRIPLE_SHARE = 0.38;
const TRIPLE_SCORES = 0.02;

/**
 * The rounds of joint counts of so many fields (the target left out), by public facts alone: all pairs, for a mixture ties fields
 * by chance that it knows nothing of together; from epsilon 3 on the triples that pairs explain worst.
 */
export function planRounds(fields: number, epsilon: number): JointRound[] {
  const pairs = (fields * (fields - 1)) / 2;
  const triples = (pairs * (fields - 2)) / 3;
  if (pairs === 0) return [];
  const hasTriples = epsilon >= TRIPLES_FROM && triples > 0 && triples <= MOST_TRIPLES;
  const scoreShare = hasTriples && triples > TRIPLES ? TRIPLE_SCORES : 0;
  const pairShare = hasTriples ? 1 - TRIPLE_SHARE - scoreShare : 1;
  const rounds: JointRound[] = [{ size: 2, counts: { kind: "pairs", share: pairShare, changes: pairs } }];
  if (!hasTriples) return rounds;
  const scores = { kind: "triple scores", share: scoreShare, changes: triples } as const;
  const counts = { kind: "triples", share: TRIPLE_SHARE, changes: Math.min(TRIPLES, triples) } as const;
  return [...rounds, { size: 3, counts, ...(scoreShare > 0 && { scores }) }];
}

/** What the rounds release, in order. */
export function partsOfRounds(rounds: readonly JointRound[]): readonly JointPart[] {
  return rounds.flatMap(({ scores, counts }) => (scores === undefined ? [counts] : [scores, counts]));
}
