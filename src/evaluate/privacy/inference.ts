import type { RandomStream } from "../../core/random.js";
import type { AttackCount, AttackCounts } from "./attack-risk.js";
import type { AttackedSides, AttackTargets } from "./attack-targets.js";
import { isRightGuess } from "./is-right-guess.js";
import { nearestLeavingOut, nearestRows } from "./nearest-leaving-out.js";

/**
 * The inference attack (Giomi et al. 2023, doi:10.56553/popets-2023-0055) on every column as the secret: the attacker knows all
 * other columns of a target and guesses what its nearest synthetic row holds. Where `quasiIdentifiers` (positions) are given,
 * once more by an attacker who knows only these, on every other column. Baseline: the secret of a random synthetic row. All
 * secrets are guessed for the same targets. Empty with fewer than two columns. Throws E_INTERRUPTED.
 */
export async function attackInference(
  sides: AttackedSides,
  targets: AttackTargets,
  quasiIdentifiers: readonly number[],
  random: RandomStream,
  signal?: AbortSignal,
): Promise<AttackCounts[]> {
  const { sample, attributes } = sides.synthetic;
  const { width, rowCount } = sample;
  if (width < 2 || rowCount === 0) return [];
  const guess = makeGuesses(sides, targets, random);
  const secrets = attributes.columns.map((_, secret) => secret);
  const leavingOut = await nearestLeavingOut(sample, targets.coded, signal);
  const counts = secrets.map((secret) => guess(secret, (target) => leavingOut[target * width + secret]!));
  const others = secrets.filter((secret) => !quasiIdentifiers.includes(secret));
  if (quasiIdentifiers.length === 0 || others.length === 0) return counts;
  const nearest = await nearestRows(sample, targets.coded, quasiIdentifiers, signal);
  const known = quasiIdentifiers.map((column) => attributes.columns[column]!.name);
  return [...counts, ...others.map((secret) => ({ ...guess(secret, (target) => nearest[target]!), known }))];
}

type Guess = (secret: number, guessedBy: (target: number) => number) => AttackCounts;

/** Counts the right guesses of a secret, given the synthetic row that each target's guess is taken from. */
function makeGuesses(
  { train, synthetic, holdout }: AttackedSides,
  targets: AttackTargets,
  random: RandomStream,
): Guess {
  const atRandom = Int32Array.from(targets.train, () => random.integer(synthetic.sample.rowCount));
  const held = targets.train.length;
  return (secret, guessedBy) => {
    const guesses = synthetic.attributes.columns[secret]!;
    const count = (side: typeof train, rows: Uint32Array, rowOf: (target: number) => number): AttackCount => {
      const secrets = side.attributes.columns[secret]!;
      let successes = 0;
      for (let target = 0; target < rows.length; target++) {
        const guess = guesses.values[rowOf(target)]!;
        if (isRightGuess(guess, secrets.values[rows[target]!]!, secrets)) successes++;
      }
      return { attempts: rows.length, successes };
    };
    return {
      name: guesses.name,
      attack: count(train, targets.train, guessedBy),
      control: count(holdout, targets.holdout, (target) => guessedBy(held + target)),
      baseline: count(train, targets.train, (target) => atRandom[target]!),
      requested: targets.requested,
    };
  };
}
