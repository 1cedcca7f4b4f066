/** A round of joint counts: all sets of so many fields, or those that were estimated worst. */
export interface JointRound {
  /** Fields of a set, the target left out. */
  readonly size: 2 | 3;
  /** Sets there are. */
  readonly candidates: number;
  /** Sets that are measured; fewer than there are: chosen by scores that are paid for. */
  readonly measured: number;
  /** Of the budget of all joint counts. */
  readonly share: number;
  readonly scoreShare: number;
}

/** More pairs are chosen from, for noise that is spread over so many tables drowns them. */
const MOST_PAIRS = 300;
/** Pairs that are chosen, by field. */
const PAIRS_A_FIELD = 3;
const PAIR_SCORES = 0.1;
/** A smaller epsilon is better spent on pairs. */
const TRIPLES_FROM = 3;
const TRIPLES = 40;
/** More sets of three are not looked through. */
const MOST_TRIPLES = 3000;
const TRIPLE_SHARE = 0.38;
const TRIPLE_SCORES = 0.02;

/** The rounds of joint counts of so many fields (the target left out), by public facts alone. */
export function planRounds(fields: number, epsilon: number): JointRound[] {
  const pairs = (fields * (fields - 1)) / 2;
  const triples = (pairs * (fields - 2)) / 3;
  if (pairs === 0) return [];
  const hasTriples = epsilon >= TRIPLES_FROM && triples > 0 && triples <= MOST_TRIPLES;
  const rest = hasTriples ? 1 - TRIPLE_SHARE - TRIPLE_SCORES : 1;
  const measured = pairs <= MOST_PAIRS ? pairs : PAIRS_A_FIELD * fields;
  const scoreShare = pairs === measured ? 0 : PAIR_SCORES;
  const rounds: JointRound[] = [{ size: 2, candidates: pairs, measured, share: rest - scoreShare, scoreShare }];
  if (!hasTriples) return rounds;
  const chosen = Math.min(TRIPLES, triples);
  return [
    ...rounds,
    { size: 3, candidates: triples, measured: chosen, share: TRIPLE_SHARE, scoreShare: TRIPLE_SCORES },
  ];
}
