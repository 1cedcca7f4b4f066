import { setImmediate as nextTurn } from "node:timers/promises";
import { throwIfAborted } from "../../core/errors.js";
import type { RandomStream } from "../../core/random.js";
import type { AttackCounts } from "./attack-risk.js";
import type { AttributeTable } from "./attribute-table.js";
import { multivariatePredicates, PREDICATE_COLUMNS } from "./multivariate-predicates.js";
import { indexPredicates, type Predicate, type SinglesOut } from "./predicate.js";
import { randomPredicate } from "./random-predicate.js";
import { univariatePredicates } from "./univariate-predicates.js";

/** The tables that an attack works on; training and held-out rows are equally many. */
export interface AttackTables {
  readonly train: AttributeTable;
  readonly synthetic: AttributeTable;
  readonly holdout: AttributeTable;
}

/** Predicates between two turns of the event loop. */
const CHUNK = 100;

/**
 * The singling-out attacks (Giomi et al. 2023, doi:10.56553/popets-2023-0055): predicates true of exactly one synthetic
 * row succeed where they are true of exactly one training row (attack) or held-out row (control). Baseline: as many random
 * predicates that need not hold for any synthetic row. Fewer attempts than `attacks` where fewer predicates are found; a kind
 * without any is left out. Throws E_INTERRUPTED.
 */
export async function attackSinglingOut(
  tables: AttackTables,
  attacks: number,
  random: RandomStream,
  signal?: AbortSignal,
): Promise<AttackCounts[]> {
  const univariate = univariatePredicates(tables.synthetic, attacks, random.fork("univariate"));
  const multivariate = await multivariatePredicates(tables.synthetic, attacks, random.fork("multivariate"), signal);
  const inTrain = indexPredicates(tables.train);
  const inHoldout = indexPredicates(tables.holdout);
  const counts: AttackCounts[] = [];
  for (const [name, predicates, width] of [
    ["univariate", univariate, 1],
    ["multivariate", multivariate, PREDICATE_COLUMNS],
  ] as const) {
    if (predicates.length === 0) continue;
    const guessing = random.fork(`guess ${name}`);
    const guesses = predicates.map(() => randomPredicate(tables.synthetic, width, guessing));
    counts.push({
      name,
      attack: await countSingledOut(predicates, inTrain, signal),
      control: await countSingledOut(predicates, inHoldout, signal),
      baseline: await countSingledOut(guesses, inTrain, signal),
      requested: attacks,
    });
  }
  return counts;
}

async function countSingledOut(predicates: readonly Predicate[], singlesOut: SinglesOut, signal?: AbortSignal) {
  let successes = 0;
  for (let i = 0; i < predicates.length; i++) {
    if (i % CHUNK === 0) {
      await nextTurn();
      throwIfAborted(signal);
    }
    if (singlesOut(predicates[i]!)) successes++;
  }
  return { attempts: predicates.length, successes };
}
